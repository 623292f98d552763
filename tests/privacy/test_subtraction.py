"""All numbers that one session's outlets tell, at several moments, added to and subtracted from each other: nothing
that comes out is a small O's, or one person's.

A number by itself says little: a 2 is like every other 2. So each place where a number stands is read for many items
at once, and so is what is hidden. A sum or difference of up to three places that is equal for all of them is no
accident. Further sums are left to the attack over histories (test_histories.py), which knows what the numbers mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from sessions.domain.publication import candidates
from sessions.models.vote import Vote
from sessions.views import studio_data

from ..depth import usually
from .leaks import Leak, a_file_holds_the_parts_of_a_pool
from .leaks_of_prints import a_picture_holds_the_parts_of_a_pool, the_report_counts_what_stands_now
from .told_evening import BALLOTS, FEWEST, ITEMS, MOST, PEOPLE, SMALL, Column, Evening

pytestmark = pytest.mark.django_db(transaction=True)

Numbers = tuple[float | None, ...]
"""As they were told, for each item; None where it was not."""


def read_places(evening: Evening) -> dict[Numbers, str]:
    """Return what was told, and where: what several outlets tell alike once."""
    told: dict[Numbers, str] = {}
    for moment, found in evening.told.items():
        for place, numbers in found.items():
            row = tuple(numbers.get(item) for item in evening.kept)
            if len(row) - row.count(None) >= FEWEST and max(numbers.values()) <= MOST:
                told.setdefault(row, f"{place} {moment}")
    return told


def count_people(numbers: Sequence[float]) -> Iterator[Column]:
    """Yield whole numbers as they are; of shares and percentages, how many people of so many they may be."""
    exact = np.array(numbers)
    is_whole = bool((exact == np.rint(exact)).all())
    for times, part in [(1, 1), *((n, 100 if is_whole else 1) for n in PEOPLE[2:])]:
        whole = np.rint(exact * times / part)
        # A percentage was rounded to a whole one, a share in a file to six digits.
        lost = 0.005 * times if part == 100 else 1e-6 * times
        if (np.abs(exact * times / part - whole) <= lost).all() and whole.any():
            yield tuple(whole.astype(int).tolist())


def columns_of(evening: Evening) -> dict[Column, str]:
    """Return the whole numbers that were told of all items, and where; and of how many people anything may be."""
    columns = {tuple([n] * ITEMS): f"{n} people" for n in PEOPLE}
    for numbers, place in read_places(evening).items():
        if None not in numbers:
            for column in count_people([number for number in numbers if number is not None]):
                columns.setdefault(column, place)
    return columns


def subtract(evening: Evening) -> Iterator[str]:
    """Yield what is hidden and comes out: as a number told, also of some of the items only; or as a sum or difference
    of two or three that are told of all.
    """
    for numbers, place in read_places(evening).items():
        there = [number for number, value in enumerate(numbers) if value is not None]
        told = set(count_people([value for value in numbers if value is not None]))
        for hidden, what in evening.hidden.items():
            own = tuple(hidden[number] for number in there)
            if len(set(own)) > 1 and own in told:
                yield f"{what} = {place}"
    yield from _add_up(columns_of(evening), evening.hidden)


def _add_up(columns: Mapping[Column, str], hidden: Mapping[Column, str]) -> Iterator[str]:
    rows = np.array(list(columns), dtype=np.int64)
    signed = np.concatenate([rows, -rows, np.zeros((1, ITEMS), dtype=np.int64)])
    names = [*columns.values(), *(f"-({name})" for name in columns.values()), "0"]
    # One number in place of thirty: sums of columns are sums of these, and what is equal is then looked at whole.
    weights = np.random.default_rng(1).integers(-(2**40), 2**40, ITEMS, dtype=np.int64)
    short = signed @ weights
    pairs = np.sort((short[:, None] + short[None, :]).ravel())
    for wanted, what in hidden.items():
        rest = int(np.array(wanted, dtype=np.int64) @ weights) - short
        at = np.minimum(np.searchsorted(pairs, rest), len(pairs) - 1)
        for third in np.flatnonzero(pairs[at] == rest)[:1]:
            first, second = (int(place[0]) for place in np.nonzero(short[:, None] + short[None, :] == rest[third]))
            if (signed[first] + signed[second] + signed[third] == wanted).all():
                yield f"{what} = {names[first]} + {names[second]} + {names[third]}"


@pytest.mark.parametrize("ballot", list(BALLOTS)[: usually(1, 3)])
def test_no_sum_or_difference_of_what_is_told_is_a_small_os(ballot: str) -> None:
    evening = Evening(ballot, seed=3)
    evening.play()
    outlets = {place[0] for told in evening.told.values() for place in told}
    assert outlets >= {"phone", "stage", "shell", "studio", "read", "csv", "xlsx", "report", "picture", "docx"}
    assert len(evening.hidden) > 50
    if ballot != "opinion":  # of which each item is answered by people of its own
        assert evening.round.publications.count() == 2, "the papers of five people joined the result"
    assert len(columns_of(evening)) > 60, "what is told, less what is told twice"
    assert list(subtract(evening)) == []


def a_late_paper_joins_at_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(candidates, "may_follow", lambda **given: True)


def a_filter_leaves_a_complement(patch: pytest.MonkeyPatch) -> None:
    """The studio's page tells also what those say who are of no small O but one: as a filter of places would."""
    real = studio_data._tell_item

    def tell(told: Any, item: Any) -> dict[str, Any]:
        votes = Vote.objects.filter(round_item__item__public_id=item.item, round_item__round=told.round, value=1)
        return real(told, item) | {"elsewhere": votes.exclude(participant__sector__key=SMALL[0]).count()}

    patch.setattr(studio_data, "_tell_item", tell)


PLANTED: list[tuple[Leak, str]] = [
    (a_late_paper_joins_at_once, "dots"),
    (a_filter_leaves_a_complement, "opinion"),
    (a_picture_holds_the_parts_of_a_pool, "opinion"),
    (a_file_holds_the_parts_of_a_pool, "opinion"),
    (the_report_counts_what_stands_now, "opinion"),
]


@pytest.mark.parametrize(
    ("leak", "ballot"), PLANTED[: usually(2, 5)], ids=lambda value: getattr(value, "__name__", value)
)
def test_what_is_planted_comes_out(leak: Leak, ballot: str, monkeypatch: pytest.MonkeyPatch) -> None:
    leak(monkeypatch)
    evening = Evening(ballot, seed=3)
    evening.play()
    assert any(subtract(evening)), f"{leak.__name__} was not found"
