"""What must stay as it is: log lines of every version, generated types, tables."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from sessions.domain.log import VERSIONS, LogKind, read_entries
from sessions.domain.own_rendering import render_own
from sessions.domain.rendering import render_shared
from sessions.domain.span import span_of
from sessions.domain.state import State
from sessions.enums import Audience
from sessions.kinds import Keys as StepKind
from sessions.live.typescript import render
from sessions.models import Contribution, Event, Session
from sessions.models.ids import new_id

from ..factory import make_room
from ..server import ROOT

KEPT = Path(__file__).parent / "kept_lines.json"
"""One line of every version of every kind, as it was first written. Add to it; never change what stands there."""


def kept() -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = json.loads(KEPT.read_text())
    return lines


def test_a_line_of_every_version_of_every_kind_is_kept() -> None:
    stands = {(line["kind"], line["version"]) for line in kept()}
    assert stands == {(kind.value, version) for kind in LogKind for version in range(1, VERSIONS[kind] + 1)}


@pytest.mark.usefixtures("database")
def test_every_kept_line_can_still_be_read_and_shown() -> None:
    room = make_room()
    (person,) = room.join("onderwijs")
    round_, (item, *_) = room.open_vote()
    names = {
        "CARD": Contribution.objects.filter(session=room.session)[0].public_id,
        "ITEM": item,
        "ROUND": round_.public_id,
        "STEP": round_.step.public_id,
        "OTHER": room.session.steps.get(kind=StepKind.COLLECT).public_id,
        "PERSON": room.person(person).public_id,
        "SECTOR": room.sectors["onderwijs"].public_id,
        "GONE": new_id(),
    }
    session = Session.objects.get(pk=room.session.pk)
    for number, line in enumerate(kept(), start=session.seq + 1):
        text = json.dumps(line["data"])
        for name, value in names.items():
            text = text.replace(f'"{name}"', f'"{value}"')
        Event.objects.create(
            session=session,
            seq=number,
            kind=line["kind"],
            version=line["version"],
            actor_kind="participant" if line["kind"] == "vote.cast" else "member",
            actor_id=person.id,
            at=timezone.now(),
            data=json.loads(text),
        )
    state = State.load(session.pk)
    entries = read_entries(session_id=session.pk, after=session.seq, up_to=session.seq + len(kept()))
    assert len(entries) == len(kept())
    state.apply(entries)
    for entry in entries:
        for audience in Audience:
            for event in render_shared(state, entry, audience, span_of(entries)):
                assert event.seq == entry.seq
        for _, own in render_own(state, entry):
            assert own.seq == entry.seq


def test_types_are_not_stale() -> None:
    assert (ROOT / "frontend" / "src" / "lib" / "wire.gen.ts").read_text() == render()


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    told = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=told)
    assert "No changes detected" in told.getvalue()


def test_no_error_lacks_a_sentence() -> None:
    from sessions.errors import SENTENCES, Code

    assert set(SENTENCES) == set(Code)
