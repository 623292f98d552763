"""People: whether they are still with us, and may change their O."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from ...errors import Code, Refused
from ...models import Step
from ..kind import kind_of

T = TypeVar("T")


class HasLeft(Protocol):
    """Somebody of whom it is known whether they were retired."""

    @property
    def retired_at(self) -> object | None: ...


def require_person(found: T | None, *, went_on: Callable[[], bool]) -> T:
    """Return who a browser is. `went_on`: whether it was somebody who is in another one now; asked only of nobody."""
    if found is None:
        raise Refused(Code.WENT_ON if went_on() else Code.NOT_JOINED)
    return found


def check_not_retired(person: HasLeft) -> None:
    """Whom the facilitator signed off gives nothing, and goes on in no other browser."""
    if person.retired_at is not None:
        raise Refused(Code.RETIRED)


def fixes_sector(step: Step) -> bool:
    """Whether a vote in a step fixes its giver's O: where it is counted in a result. Support of a question is in none,
    and practice is thrown away.
    """
    return kind_of(step).has_result(step)


def check_sector_open(*, is_fixed: bool) -> None:
    """A person may change their O until their first vote that counts."""
    if is_fixed:
        raise Refused(Code.SECTOR_FIXED)
