"""Snapshot plus all later events is a fresh snapshot, for every audience and person, after every batch."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from sessions.domain.verbs import OpenStep
from sessions.enums import Audience, StepKind
from sessions.errors import Refused

from ..factory import Room, make_room
from .client import Watch
from .course import Course, Draw, batches, describe

pytestmark = pytest.mark.usefixtures("database")


def ready_room() -> tuple[Room, Watch]:
    """Two O's of which one passes the threshold, a collect step that is open, a vote, a reveal."""
    room = make_room(sectors=("onderwijs", "overheden"), threshold=3)
    people = [*room.join("onderwijs", n=3), *room.join("overheden", n=2)]
    collect = room.step(StepKind.COLLECT)
    vote = room.step(StepKind.VOTE, live=True)
    room.step(StepKind.REVEAL, subject=vote)
    room.lead(OpenStep(step=collect.public_id))
    room.scribe(collect, "onderwijs", "overheden", "onderwijs")
    return room, Watch(room, people=people)


@settings(max_examples=500)
@given(drawn=batches, back=st.data())
def test_everybody_converges(drawn: list[list[Draw]], back: st.DataObject) -> None:
    room, watch = ready_room()
    course = Course(room, watch.people)
    known: list[tuple[int, dict[Audience, Any]]] = [(watch.seq, _copy(watch.snapshots))]
    for batch in drawn:
        asks = course.asks(batch)
        results = room.batch(*asks)
        for ask, result in zip(asks, results, strict=True):
            note(f"{describe(ask)} -> {result.code if isinstance(result, Refused) else result.seq}")
            assert not (isinstance(result, Refused) and result.code.value in ("server.internal", "message.bad"))
        watch.take_turn()
        watch.check()
        known.append((watch.seq, _copy(watch.snapshots)))
    seq, snapshots = back.draw(st.sampled_from(known))
    watch.check_resume(snapshots, seq=seq)


def _copy(snapshots: dict[Audience, Any]) -> dict[Audience, Any]:
    copied: dict[Audience, Any] = json.loads(json.dumps(snapshots))
    return {Audience(name): snapshot for name, snapshot in copied.items()}
