"""What an outlet tells, as facts about ballots: how many of a group gave an answer, a score, or the mean of groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sessions.ballots.ballot import Denominator

from .choices import ANSWERED, LACKS, SCORE, Played, name_figure


class Fact(NamedTuple):
    """`round`: none for a sum over all rounds of the session. `item`: none for a sum over all items. `group`: ids of
    O's, none for everyone. `balanced`: the value is a mean of the O's shares, over these groups, instead of a count.
    `key`: what is counted, where it is not the people with the full score. `within`: how far from it the mean may be.
    """

    round: str | None
    item: str | None
    group: frozenset[str] | None
    value: float
    balanced: tuple[frozenset[str], ...] = ()
    key: str = ""
    within: float = 1e-8

    @property
    def figure(self) -> str:
        return name_figure(self.item, self.key)


def read_item(
    played: Played,
    round_: str,
    item: str,
    group: frozenset[str] | None,
    heads: int | None,
    of: int,
    told: Mapping[str, int],
) -> Iterator[Fact]:
    if heads is not None:
        yield Fact(round_, item, group, heads)
    if played.kind.of is Denominator.ITEM:
        yield Fact(round_, item, group, of, key=ANSWERED)
    for key, number in told.items():
        if key in played.told:
            yield Fact(round_, item, group, number, key=key)


def read_share(
    played: Played, round_: str, item: str, group: frozenset[str] | None, share: float, of: int
) -> Iterator[Fact]:
    """A share and how many it is of are a sum of scores, and what lacks to the full ones."""
    if played.has_parts:
        score = round(share * of * played.parts)
        yield Fact(round_, item, group, score, key=SCORE)
        if played.kind.of is Denominator.ITEM:
            yield Fact(round_, item, group, of * played.parts - score, key=LACKS)


def tell_balanced(played: Played, round_: str, item: str, balanced: float, groups: tuple[frozenset[str], ...]) -> Fact:
    if not played.has_parts:
        return Fact(round_, item, None, round(balanced, 9), groups)
    return Fact(round_, item, None, round(balanced * played.parts, 9), groups, key=SCORE)
