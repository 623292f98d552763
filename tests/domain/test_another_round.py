"""Another round of a vote; and rounds that were revealed before there were publications."""

from __future__ import annotations

import pytest

from sessions.domain.commands import AddRound, CloseStep, OpenStep, RemoveRound, RevealStep, SealStep, UndoStep
from sessions.domain.publication import adopt, read_published
from sessions.errors import Code
from sessions.models import Publication, Round

from .reveals import H, N, Vote, W, Z, refused


def test_another_round_has_items_and_ballots_of_its_own(vote: Vote) -> None:
    room = vote.room
    assert refused(room, AddRound(step=vote.step)) is Code.ROUND_NOT_REVEALED
    first = vote.reveal()
    made = room.lead(AddRound(step=vote.step, items=[vote.items[0]])).id
    second = Round.objects.get(public_id=made)
    assert (second.number, list(second.round_items.values_list("item__public_id", flat=True))) == (2, [vote.items[0]])
    room.lead(OpenStep(step=vote.step))
    for tap, person in enumerate(vote.people[W] + vote.people[N], start=100):
        room.vote(person, second, vote.items[0], tap=tap)
    room.lead(RevealStep(step=vote.step))
    told = read_published(room.session.pk).results
    assert vote.shown() == first
    assert (told[second.public_id].n, told[second.public_id].items[0].heads) == (11, 11)
    assert told[second.public_id].both is None, "three of onderwijs + overheden were left out"


def test_both_is_told_when_those_left_out_are_none_or_enough(database: str) -> None:
    vote = Vote()
    vote.cast(W, yes=6, no=6)
    vote.cast(N, yes=3, no=3)
    vote.reveal()
    made = vote.room.lead(AddRound(step=vote.step)).id
    second = Round.objects.get(public_id=made)
    vote.room.lead(OpenStep(step=vote.step))
    for tap, person in enumerate(vote.people[W][:6] + vote.people[N], start=100):
        vote.room.vote(person, second, vote.items[0], tap=tap)
    vote.room.lead(RevealStep(step=vote.step))
    assert read_published(vote.room.session.pk).results[second.public_id].both == 12


def test_a_step_that_was_closed_for_good_can_have_another_round(vote: Vote) -> None:
    vote.reveal()
    vote.room.lead(SealStep(step=vote.step, confirmed=3, of=4))
    assert refused(vote.room, OpenStep(step=vote.step)) is Code.STEP_SEALED
    made = vote.room.lead(AddRound(step=vote.step)).id or ""
    assert refused(vote.room, SealStep(step=vote.step)) is Code.STEP_NOT_OPEN
    round_ = Round.objects.get(pk=vote.round.pk)
    assert (round_.sealed_confirmed, round_.sealed_of) == (3, 4)
    vote.room.lead(RemoveRound(round=made))
    vote.round.step.refresh_from_db()
    assert (vote.round.step.sealed_confirmed, vote.round.step.sealed_of) == (3, 4)
    assert refused(vote.room, RemoveRound(round=vote.round.public_id)) is Code.ROUND_STARTED


def test_opening_another_round_can_be_undone(vote: Vote) -> None:
    first = vote.reveal()
    vote.room.lead(AddRound(step=vote.step))
    vote.room.lead(OpenStep(step=vote.step))
    vote.room.lead(UndoStep())
    vote.round.step.refresh_from_db()
    assert (vote.round.step.state, vote.shown()) == ("closed", first)
    vote.room.lead(OpenStep(step=vote.step))
    vote.room.lead(CloseStep(step=vote.step))


# -- rounds of before --------------------------------------------------------------------------------------------


def test_a_round_revealed_by_code_of_before_becomes_a_publication_as_it_was_shown(database: str) -> None:
    """With the pool it had: onderwijs, of which nobody took part, weighed in it."""
    vote = Vote()
    vote.cast(Z, yes=9, no=0)
    vote.cast(N, yes=0, no=9)
    vote.cast(H, yes=0, no=9)
    told = vote.reveal()
    assert vote.table(told)[Z] == (9, 9)
    Publication.objects.filter(round=vote.round).delete()
    Round.objects.filter(pk=vote.round.pk).update(threshold=None)
    assert [found.pk for found in adopt(session_id=vote.room.session.pk)] == [vote.round.pk]
    shown = vote.shown()
    assert vote.table(shown) == {f"{W}+{Z}": (9, 9), N: (0, 9), H: (0, 9)}
    first = next(found for found in shown.items if found.item == vote.items[0])
    assert (first.balanced, shown.absent, first.differs) == (pytest.approx(1 / 2), [], None)
    assert adopt(session_id=vote.room.session.pk) == []
