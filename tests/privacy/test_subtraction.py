"""All numbers that one session's outlets tell, at several moments, added to and subtracted from each other: nothing
that comes out is a small O's, or one person's.

A number by itself says little: a 2 is like every other 2. So each place where a number stands is read for many items
at once, and so is what is hidden. A sum or difference of up to three places that is equal for all of them is no
accident. Further sums are left to the attack over histories (test_histories.py), which knows what the numbers mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from numpy.typing import NDArray

from sessions.ballots.ballot import Rules
from sessions.ballots.dots import DotsRules
from sessions.ballots.opinion import OpinionRules
from sessions.ballots.rating import RatingRules
from sessions.domain.actor import Actor
from sessions.domain.commands import (
    AddBallot,
    AddRound,
    CastVote,
    CloseStep,
    MarkGiven,
    MoveParticipant,
    OpenStep,
    PublishRound,
    RedactCard,
    RetireParticipant,
    RevealStep,
)
from sessions.domain.erasure import erase_person
from sessions.domain.publication import candidates
from sessions.domain.world import CommandRequest, CommandResult
from sessions.errors import Refused
from sessions.models import Participant, Round
from sessions.models.vote import Ballot, Vote
from sessions.views import studio_data

from ..depth import usually
from ..factory import SessionHarness, make_room
from .leaks import Leak, a_file_holds_the_parts_of_a_pool
from .leaks_of_prints import a_picture_holds_the_parts_of_a_pool, the_report_counts_what_stands_now
from .told_numbers import Outlets, Told

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = {"onderwijs": 8, "onderzoek": 3, "ondernemers": 7, "overheden": 3}
SMALL = ("onderzoek", "overheden")
"""They are shown as one."""
ITEMS = 30
"""So many that no sum of what is told is equal for all of them by accident."""
FEWEST = 12
"""Of these, where not all are told: a picture has no room for all."""
BALLOTS: dict[str, tuple[Rules, tuple[int, ...]]] = {
    "dots": (DotsRules(budget=50, most=2), (0, 0, 1, 2)),
    "opinion": (OpinionRules(), (1, 1, 0, -1, -1)),
    "rating": (RatingRules(points=4), (1, 2, 3, 4)),
}
"""With what people give: everybody answers everything."""
PEOPLE = range(1, 30)
MOST = 1000
"""What is larger counts no people: a seed, a random order."""
Column = tuple[int, ...]
"""A number for each item."""


@dataclass
class Evening:
    ballot: str
    seed: int
    room: SessionHarness = field(default_factory=make_room)
    told: dict[str, Told] = field(default_factory=dict)
    """Moment → what was told then."""
    hidden: dict[Column, str] = field(default_factory=dict)
    """What nobody may come to know, and what it is."""
    taps: int = 0

    def play(self) -> None:
        self.chance = Random(self.seed)
        rules, self.answers = BALLOTS[self.ballot]
        people = {key: self.room.join(key, n=n) for key, n in SIZES.items()}
        self.round, self.items = self.room.open_vote(items=ITEMS + 1, rules=rules)
        self.step = self.round.step.public_id
        self.kept = self.items[:ITEMS]
        self.outlets = Outlets(self.room)
        everybody = [person for own in people.values() for person in own]
        self._vote(everybody)
        self.room.lead(CloseStep(step=self.step))
        self._look("closed")
        self.room.lead(RevealStep(step=self.step))
        self._look("revealed")
        self._add_paper("overheden")
        self._look("a late paper ballot")
        gone = people["onderzoek"].pop()
        erase_person(session_id=self.room.session.pk, person_id=gone.id)
        self._publish()
        self._look("an erasure")
        moved = people["onderwijs"].pop()
        name, sector = self.room.person(moved).public_id, self.room.sectors["overheden"].public_id
        self.room.lead(MoveParticipant(participant=name, sector=sector))
        self._publish()
        self._look("a person of another O")
        card = self.round.round_items.get(item__public_id=self.items[ITEMS]).item.contribution
        self.room.lead(RedactCard(card=card.public_id, reason="rude"))
        self._look("a redaction")
        self._add_round(everybody, gone)
        for key in ("overheden", "onderzoek", "overheden", "onderzoek", "overheden"):
            self._add_paper(key)
        self._look("papers after the second")
        self.room.lead(RetireParticipant(participant=self.room.person(people["onderzoek"][0]).public_id))
        self._publish()
        self._look("somebody left")
        self.told["on paper"] = self.outlets.read_word_report()

    def _add_round(self, everybody: list[Actor], gone: Actor) -> None:
        """All but one of a small O vote again; some of them otherwise."""
        self.room.lead(AddRound(step=self.step))
        self.room.lead(OpenStep(step=self.step))
        self.round = Round.objects.get(step=self.round.step, number=2)
        again = [person for person in everybody if person != gone][:-1]
        self._vote(again)
        self.room.lead(CloseStep(step=self.step))
        self._look("another round")
        self.room.lead(RevealStep(step=self.step))
        self._look("before and after")

    def _vote(self, people: list[Actor]) -> None:
        requests = []
        for person in people:
            for item in self.items:
                self.taps += 1
                value = self.chance.choice(self.answers)
                command = CastVote(round=self.round.public_id, item=item, value=value, tap=self.taps)
                requests.append(CommandRequest(person, command, uuid4()))
        placed = set(self.round.round_items.values_list("item__public_id", flat=True))
        requests = [request for request in requests if request.command.item in placed]  # type: ignore[attr-defined]
        assert all(isinstance(result, CommandResult) for result in self.room.batch(*requests))

    def _add_paper(self, sector: str) -> None:
        """Type it in for the newest round, and let it be published if it may be."""
        items = self.round.round_items.filter(item__public_id__in=self.kept)
        marks = [
            MarkGiven(item=item, value=self.chance.choice(self.answers))
            for item in items.values_list("item__public_id", flat=True)
        ]
        sector = self.room.sectors[sector].public_id
        self.room.lead(AddBallot(round=self.round.public_id, sector=sector, marks=marks))
        self._publish()

    def _publish(self) -> None:
        """Ask for it whenever it may be: mostly it may not."""
        for round_ in Round.objects.filter(step=self.round.step, revealed_at__isnull=False):
            with suppress(Refused):
                self.room.lead(PublishRound(round=round_.public_id))

    def _look(self, moment: str) -> None:
        self.told[moment] = self.outlets.read()
        for round_ in Round.objects.filter(step=self.round.step):
            self._hide(round_, moment)

    def _hide(self, round_: Round, moment: str) -> None:
        """Keep what a small O's people and each person gave to the items at this moment: each answer, and their sum."""
        votes = Vote.objects.filter(round_item__round=round_).values_list(
            "participant_id", "round_item__item__public_id", "value"
        )
        place = {item: number for number, item in enumerate(self.kept)}
        given: dict[int, NDArray[np.int64]] = {}
        for person, item, value in votes:
            if item in place:
                given.setdefault(person, np.zeros(ITEMS, dtype=np.int64))[place[item]] = value
        of = dict(Ballot.objects.filter(round=round_).values_list("participant_id", "sector__key"))
        names = dict(Participant.objects.values_list("pk", "public_id"))
        blocks = {f"{of[person]} {names[person]}": [own] for person, own in given.items()}
        blocks |= {key: [own for person, own in given.items() if of[person] == key] for key in SMALL}
        for name, rows in blocks.items():
            if 0 < len(rows) < self.room.session.programme.threshold:
                sums = [
                    np.sum(rows, axis=0),
                    *(np.sum([row == value for row in rows], axis=0) for value in self.answers),
                ]
                for numbers, what in zip(sums, ("sum", *self.answers), strict=True):
                    if len(set(numbers.tolist())) > 1:
                        self.hidden.setdefault(
                            tuple(numbers.tolist()), f"{what} of {name}, round {round_.number}, {moment}"
                        )


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
