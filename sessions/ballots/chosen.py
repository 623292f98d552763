"""What ballots share in which an item is chosen or not: no mark, none, or one."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import Code, Refused
from .ballot import Statistic
from .mark import Mark
from .words import Label

CHOICES = Statistic("choices", "keren gekozen", "times chosen")
CHOSEN = Label("gekozen", "chosen")


def is_chosen(mark: Mark) -> bool:
    return mark == (1,)


def check_choices(marks: Mapping[str, Mark]) -> None:
    """Raises Refused when one is neither chosen, nor not, nor taken back."""
    if any(mark not in ((None,), (0,), (1,)) for mark in marks.values()):
        raise Refused(Code.BAD_MARK)
