"""Nothing of an O that is too small to be shown can be told from what `results --json` prints; and planted leaks are
found: in small rooms by every way to vote, in larger ones by people of one group changing places.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

import numpy as np
import pytest

from sessions.ballots.approve import ApproveRules
from sessions.ballots.dots import DotsRules
from sessions.ballots.opinion import OpinionRules
from sessions.domain.publication import whole_ballots
from sessions.domain.publication.raw_extras import Grouping, group_by_sector
from sessions.domain.publication.whole_ballots import Counted, Size

from ..depth import usually
from .told_rooms import Choice, Room, every_vote, tell

SMALL = {"onderwijs": 1, "onderzoek": 2, "overheden": 3}
"""With a threshold of three the first two are shown as one."""
APPROVE = Room(ApproveRules(), SMALL, ("a", "b"), threshold=3)
DOTS = Room(DotsRules(budget=2, most=2), SMALL, ("a", "b"), threshold=3)
OPINION = Room(OpinionRules(), SMALL, ("a", "b"), threshold=3)
CHOICES: dict[str, Sequence[Choice]] = {
    "approve": [{}, {"a": 1}, {"b": 1}, {"a": 1, "b": 1}],
    "dots": [{}, {"a": 1}, {"a": 2}, {"b": 2}, {"a": 1, "b": 1}],
    "opinion": [{"a": 1, "b": 1}, {"a": -1, "b": 1}, {"a": 0}, {"a": -1, "b": -1}],
}
ROOMS = {"approve": APPROVE, "dots": DOTS, "opinion": OPINION}


def find_exposed(name: str) -> set[str]:
    """Return what of an O in a pool is the same in all votes that are told alike, unless the pool stands at nobody or
    at all."""
    room, alike = ROOMS[name], defaultdict[str, list[list[Choice]]](list)
    for votes in every_vote(room, CHOICES[name]):
        alike[tell(room, votes)].append(votes)
    return {
        f"{cell} of {sector} in {first}"
        for found in alike.values()
        for first in [found[0]]
        for sector in room.pooled
        for cell in _cells(name)
        if len({_count(room, votes, [sector], cell) for votes in found}) == 1
        and 0 < _count(room, first, room.pooled, cell) < sum(room.sizes[pooled] for pooled in room.pooled)
    }


def _cells(name: str) -> Iterator[Choice]:
    """Yield each answer to each item."""
    found = {(item, value) for choice in CHOICES[name] for item, value in choice.items()}
    for item, value in sorted(found):
        yield {item: value}


def _count(room: Room, votes: Sequence[Choice], sectors: Sequence[str], cell: Choice) -> int:
    return sum(
        sector in sectors and cell.items() <= choice.items() for sector, choice in zip(room.people, votes, strict=True)
    )


@pytest.mark.parametrize("name", ROOMS)
def test_every_way_to_vote_leaves_the_parts_of_a_pool_open(name: str) -> None:
    assert find_exposed(name) == set()


def a_steering_file_holds_the_parts_of_a_pool(patch: pytest.MonkeyPatch) -> None:
    """Figures of whole ballots are told by O, as in the shell."""
    patch.setattr(Counted, "grouping", property(lambda counted: group_by_sector(counted.arrays)))


def the_payers_of_a_shortlist_have_six_digits(patch: pytest.MonkeyPatch) -> None:
    """Each O's money is divided over its own people: what the pool paid, exactly, is a sum of different parts."""
    real = whole_ballots.tell_shortlists

    def exact(arrays: Any, *, grouping: Grouping, **given: Any) -> Any:
        own = group_by_sector(arrays)
        told = real(arrays, grouping=own, **given)
        for list_ in told.values():
            for item in list_["items"]:
                if "paid" in item:
                    paid = item["paid"]
                    item["paid"] = {
                        name: sum(paid.get(part, 0.0) for part in name.split("+")) for name in grouping.names
                    }
        return told

    patch.setattr(whole_ballots, "tell_shortlists", exact)
    patch.setattr(whole_ballots, "DIGITS", 6)


def a_filter_leaves_a_complement(patch: pytest.MonkeyPatch) -> None:
    """Beside everyone, those who voted by phone are told: the others are the people of one small O."""
    real = whole_ballots._measure_position

    def by_phone(counted: Counted, size: Size) -> Any:
        by_phone = counted.arrays.labels > 0
        sums = np.nansum(counted.arrays.values[by_phone], axis=0)
        return {"by_phone": sums.tolist()} if by_phone.any() else real(counted, size)

    patch.setitem(whole_ballots._FIGURES, "position_effect", by_phone)  # type: ignore[arg-type]


def who_disagrees_is_told_by_o(patch: pytest.MonkeyPatch) -> None:
    """Also where few of it do."""

    def against(counted: Counted, size: Size) -> Any:
        arrays = counted.arrays
        return {"against": [(arrays.values[arrays.labels == place] < 0).sum(axis=0).tolist() for place in range(3)]}

    patch.setitem(whole_ballots._FIGURES, "position_effect", against)  # type: ignore[arg-type]


Leak = Callable[[pytest.MonkeyPatch], None]
LEAKS: list[tuple[Leak, str]] = [
    (a_steering_file_holds_the_parts_of_a_pool, "approve"),
    (the_payers_of_a_shortlist_have_six_digits, "approve"),
    (a_filter_leaves_a_complement, "dots"),
    (who_disagrees_is_told_by_o, "opinion"),
]


@pytest.mark.parametrize(("leak", "name"), LEAKS, ids=lambda value: getattr(value, "__name__", value))
def test_a_planted_leak_is_found(leak: Leak, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    leak(monkeypatch)
    assert find_exposed(name), f"{leak.__name__} was not found"


# -- larger rooms ------------------------------------------------------------------------------------------------

LARGE = {"onderwijs": 20, "onderzoek": 3, "ondernemers": 15, "overheden": 4}
OPINIONS = Room(OpinionRules(), LARGE, tuple("abcdefgh"), threshold=5, k=3)
STACKED = Room(DotsRules(budget=6, most=3), LARGE, tuple("abcdefgh"), threshold=5, k=3)


def draw(room: Room, chance: Random) -> list[Choice]:
    """Let two camps vote: so that there are opinion groups, as a rule."""
    votes: list[Choice] = []
    for _ in room.people:
        camp = chance.random() < 0.5
        answers = (1, 1, 1, 0, -1) if isinstance(room.rules, OpinionRules) else (1, 2, 3)
        own = {
            item: chance.choice(answers) * (1 if (place < 4) == camp else -1) for place, item in enumerate(room.items)
        }
        if isinstance(room.rules, DotsRules):
            own = {item: value for item, value in own.items() if value > 0 and chance.random() < 0.5}
        votes.append(own)
    return votes


def change_places(room: Room, votes: Sequence[Choice], chance: Random) -> list[Choice]:
    """Return the votes where people of one shown group gave each other's."""
    group_of = [tuple(room.pooled) if sector in room.pooled else (sector,) for sector in room.people]
    found = list(votes)
    for group in set(group_of):
        places = [place for place, own in enumerate(group_of) if own == group]
        for place, other in zip(places, chance.sample(places, len(places)), strict=True):
            found[place] = votes[other]
    return found


@pytest.mark.parametrize("room", [OPINIONS, STACKED], ids=["opinion", "dots"])
def test_people_of_a_group_may_change_places(room: Room) -> None:
    were_groups = False
    for seed in range(usually(3, 25)):
        chance = Random(seed)
        votes = draw(room, chance)
        told = tell(room, votes)
        assert tell(room, change_places(room, votes, chance)) == told
        found = json.loads(told)
        were_groups |= bool(found["groups"] and found["groups"]["found"])
        assert [group["sectors"] for group in found["groups_shown"]] == [
            ["onderwijs"],
            ["onderzoek", "overheden"],
            ["ondernemers"],
        ]
        assert all(len(rule["items"]) == 3 for rule in found["shortlist"].values() if isinstance(rule, dict))
    assert were_groups or room is STACKED


def test_figures_of_whole_ballots_have_two_digits() -> None:
    told = json.loads(tell(OPINIONS, draw(OPINIONS, Random(1))))
    numbers = list(_walk([told["shortlist"], told["groups"], told["strengths"], told["position_effect"]]))
    assert len(numbers) > 10 and all(round(number, 2) == number for number in numbers)


def _walk(told: Any) -> Iterator[float]:
    if isinstance(told, float):
        yield told
    elif isinstance(told, dict):
        for part in told.values():
            yield from _walk(part)
    elif isinstance(told, list):
        for part in told:
            yield from _walk(part)
