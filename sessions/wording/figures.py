"""The figures of an item in words, in the language of the page: people, the mean of numbers, or a share."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain.documents import ResultItemDoc
from ..domain.voting import Voting
from .words import in_words, say


def say_everyone(voting: Voting, figures: ResultItemDoc) -> str:
    means = [mean.mean for mean in figures.means]
    return _say_part(voting, heads=figures.heads, of=figures.of, share=figures.share, means=means)


def say_balanced(voting: Voting, figures: ResultItemDoc) -> str:
    """Every O the same weight; "" where no groups can be shown."""
    if figures.balanced is None:
        return ""
    return _say_figure(voting, figures.balanced, [mean.balanced for mean in figures.means if mean.balanced is not None])


def say_groups(voting: Voting, figures: ResultItemDoc) -> list[str]:
    """In the order of the groups; none where too few of one answered."""
    return [
        _say_part(
            voting,
            heads=figures.group_heads[place] if figures.group_heads else None,
            of=of,
            share=share,
            means=[mean.groups[place] for mean in figures.means if mean.groups],
        )
        for place, (of, share) in enumerate(zip(figures.group_of, figures.shares, strict=True))
    ]


def _say_part(voting: Voting, *, heads: int | None, of: int, share: float, means: Sequence[float]) -> str:
    if voting.kind.is_yes_or_no:
        return _("%(heads)s of %(n)s (%(share)s)") % {"heads": heads, "n": of, "share": say_percent(share)}
    figure = _say_figure(voting, share, means)
    return ngettext("%(figure)s (%(n)s person)", "%(figure)s (%(n)s people)", of) % {"figure": figure, "n": of}


def _say_figure(voting: Voting, share: float, means: Sequence[float]) -> str:
    """Return what the figure is by itself: the one mean, else the share, with the named means of several criteria."""
    if len(means) == 1 and voting.criteria == 1:
        return say_number(means[0])
    named = [f"{say(name)} {say_number(mean)}" for name, mean in zip(voting.name_criteria(), means, strict=False)]
    return "; ".join([say_percent(share)] * voting.kind.is_ranked + named)


def say_percent(share: float) -> str:
    """Rounded as the screens do it, half up; Django's number_format would cut it off."""
    points = (Decimal(repr(share)) * 100).to_integral_value(ROUND_HALF_UP)
    return f"{points}\u202f%"


def say_number(value: float) -> str:
    """Return a mean with one digit, rounded half up."""
    return in_words(Decimal(repr(value)).quantize(Decimal("0.1"), ROUND_HALF_UP))
