"""Whoever comes back is told the very tail they missed, however many came with them, or is given a snapshot."""

from __future__ import annotations

import json

import pytest

from sessions.domain.commands import EditStep
from sessions.domain.log import read_entries
from sessions.domain.rendering import render_shared
from sessions.domain.span import span_of
from sessions.domain.state import State
from sessions.enums import Audience
from sessions.kinds import Keys as StepKind
from sessions.live.protocol import Hello, encode
from sessions.live.replay import RESUME_EVENTS, Replay
from sessions.models import Session

from ..factory import make_room

pytestmark = pytest.mark.usefixtures("database")


def hello(session: Session, seq: int | None) -> Hello:
    return Hello(protocol=2, lang="nl", epoch=session.epoch, seq=seq)


def test_everybody_gets_their_own_tail() -> None:
    room = make_room()
    round_, items = room.open_vote(items=3, live=True)
    for person in room.join("onderzoek", n=3):
        room.vote(person, round_, items[0], tap=1)
    step = room.step(StepKind.COLLECT)
    for number in range(RESUME_EVENTS):
        room.lead(EditStep(step=step.public_id, title_nl=f"Titel {number}"))
    session = Session.objects.get(pk=room.session.pk)
    state = State.load(session.pk)
    everybody = [hello(session, seq) for seq in range(session.seq + 1)]
    missed = Replay(state, seq=session.seq, hellos=everybody)
    entries = read_entries(session_id=session.pk, after=0, up_to=session.seq)
    snapshots = dict.fromkeys(Audience, 0)
    span = span_of(entries)
    for audience in Audience:
        told = [(entry.seq, list(render_shared(state, entry, audience, span))) for entry in entries]
        for one in everybody:
            assert one.seq is not None
            events = [event for seq, rendered in told if seq > one.seq for event in rendered]
            found = missed.since(one, audience)
            if len(events) > RESUME_EVENTS:
                assert found is None
                snapshots[audience] += 1
            else:
                assert found is not None
                assert json.loads(bytes(found)) == json.loads(encode(events))
    # Edits of a planned step are the console's alone: only there is the tail too long for the oldest.
    assert snapshots[Audience.CONSOLE] > 0 == snapshots[Audience.PHONE]


def test_a_number_of_another_life_gets_a_snapshot() -> None:
    room = make_room()
    room.open_vote(items=1)
    session = Session.objects.get(pk=room.session.pk)
    strange = [
        hello(session, None),
        hello(session, session.seq + 1),
        Hello(protocol=2, lang="nl", epoch="elsewhere", seq=1),
    ]
    missed = Replay(State.load(session.pk), seq=session.seq, hellos=strange)
    assert [missed.since(one, Audience.PHONE) for one in strange] == [None, None, None]
