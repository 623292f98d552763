"""Snapshot plus all later events is a fresh snapshot, for every audience and person, after every batch."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from sessions.domain.commands import AddRound, OpenStep, RemoveRound, RevealStep, TickCard, UndoStep
from sessions.domain.earlier import pack_earlier
from sessions.domain.state import State
from sessions.enums import Audience
from sessions.errors import Refused
from sessions.kinds import Keys as StepKind

from ..depth import shared
from ..factory import SessionHarness, make_room
from .client import Watch
from .course import Course, Draw, batches, describe

pytestmark = pytest.mark.usefixtures("database")


PHASES = ("writing", "voting", "counted", "revealed")
phases = st.sampled_from(PHASES)


def ready_room(phase: str = "writing") -> tuple[SessionHarness, Watch]:
    """Two O's of which one passes the threshold by one person; cards, a live vote, a reveal. Then on to the phase."""
    room = make_room(sectors=("onderwijs", "overheden"), threshold=3)
    people = [*room.join("onderwijs", n=3), *room.join("overheden", n=2)]
    collect = room.step(StepKind.COLLECT)
    vote = room.step(StepKind.VOTE, live=True, budget=2)
    room.step(StepKind.REVEAL, subject=vote)
    room.lead(OpenStep(step=collect.public_id))
    cards = room.scribe(collect, "onderwijs", "overheden", "onderwijs")
    round_ = vote.rounds.get()
    if phase != "writing":
        ticks = [TickCard(round=round_.public_id, card=card, on=True) for card in cards]
        room.lead_all([*ticks, RevealStep(step=collect.public_id), OpenStep(step=vote.public_id)])
    if phase in ("counted", "revealed"):
        items = sorted(round_.round_items.values_list("item__public_id", flat=True))
        for number, person in enumerate(people):
            room.vote(person, round_, items[number % 3], tap=0)
    if phase == "revealed":
        room.lead(RevealStep(step=vote.public_id))
    return room, Watch(room, people=people)


def test_everybody_converges(database: str) -> None:
    @shared(database, examples=60)
    @given(phase=phases, drawn=batches, back=st.data())
    def evening(phase: str, drawn: list[list[Draw]], back: st.DataObject) -> None:
        room, watch = ready_room(phase)
        course = Course(room, watch.people)
        known: list[tuple[int, dict[Audience, Any]]] = [(watch.seq, _copy(watch.snapshots))]
        for batch in drawn:
            requests = course.requests(batch)
            results = room.batch(*requests)
            for request, result in zip(requests, results, strict=True):
                note(f"{describe(request)} -> {result.code if isinstance(result, Refused) else result.seq}")
                assert not (isinstance(result, Refused) and result.code.value in ("server.internal", "message.bad"))
            watch.take_turn()
            watch.check()
            known.append((watch.seq, _copy(watch.snapshots)))
        seq, snapshots = back.draw(st.sampled_from(known))
        watch.check_resume(snapshots, seq=seq)

    evening()


def test_a_round_whose_opening_is_undone_and_that_is_dropped_in_one_turn_is_forgotten() -> None:
    room, watch = ready_room("revealed")
    vote = room.session.steps.get(kind=StepKind.VOTE)
    another = room.lead(AddRound(step=vote.public_id)).id
    assert another is not None
    room.lead(OpenStep(step=vote.public_id))
    watch.check()
    assert all(another in {found["id"] for found in known["rounds"]} for known in watch.snapshots.values())
    before = watch.seq, _copy(watch.snapshots)
    room.lead_all([UndoStep(), RemoveRound(round=another)])
    watch.check()
    assert not any(another in {found["id"] for found in known["rounds"]} for known in watch.snapshots.values())
    watch.check_resume(before[1], seq=before[0])


@pytest.mark.parametrize("is_revealed_again", [False, True])
def test_who_missed_a_reveal_is_told_its_result_though_another_round_was_opened_since(is_revealed_again: bool) -> None:
    room, watch = ready_room("counted")
    vote = room.session.steps.get(kind=StepKind.VOTE)
    first = vote.rounds.get().public_id
    before = watch.seq, _copy(watch.snapshots)
    room.lead(RevealStep(step=vote.public_id))
    room.lead(AddRound(step=vote.public_id))
    room.lead(OpenStep(step=vote.public_id))
    if is_revealed_again:
        room.lead(RevealStep(step=vote.public_id))
    watch.take_turn()
    watch.check()
    for audience in (Audience.STAGE, Audience.CONSOLE):
        assert first in {found["round"] for found in watch.snapshots[audience]["results"]}
    # A phone holds the newest round; it may ask for the one before.
    pages = pack_earlier(State.load(room.session.pk), seq=watch.seq)
    assert first in {found["round"] for page in pages for found in json.loads(page)["results"]}
    watch.check_resume(before[1], seq=before[0])


def _copy(snapshots: dict[Audience, Any]) -> dict[Audience, Any]:
    copied: dict[Audience, Any] = json.loads(json.dumps(snapshots))
    return {Audience(name): snapshot for name, snapshot in copied.items()}
