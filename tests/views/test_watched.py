"""What a phone shows, looked at from the console: what every phone gets alike, and nobody is in the room by it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from sessions.domain.commands import EditStep, PutMessage
from sessions.models import Event, JoinRequest, Participant, Session

from ..domain.evening import PHONE, Evening

pytestmark = pytest.mark.django_db(transaction=True)


def look(evening: Evening) -> dict[str, Any]:
    browser = Client()
    browser.force_login(evening.room.member)
    page = f"/s/{evening.room.session.code}/console/phone/"
    assert browser.get(page).status_code == 200
    told: dict[str, Any] = json.loads(browser.get(page + "now/").content)
    return told


def test_it_is_what_every_phone_gets_and_nothing_of_the_console() -> None:
    evening = Evening()
    evening.write()
    step = evening.collect.public_id
    evening.does(EditStep(step=step, notes="Anna bewaakt de tijd"), PutMessage(text_nl="Pauze"))
    told = look(evening)
    snapshot = told["snapshot"] | {"now": {}}
    assert snapshot == evening.watch.snapshots[PHONE] | {"now": {}}
    assert (snapshot["cards"], snapshot["participants"], snapshot["session"]["undo"]) == ([], [], None)
    assert "Anna" not in json.dumps(told) and snapshot["session"]["message"]["text"]["nl"] == "Pauze"


def test_whoever_looks_joins_nothing() -> None:
    evening = Evening()
    session = evening.room.session
    counts = [
        lambda: Participant.objects.filter(session=session).count(),
        lambda: JoinRequest.objects.filter(session=session).count(),
        lambda: Event.objects.filter(session=session).count(),
        lambda: Session.objects.get(pk=session.pk).seq,
    ]
    before = [count() for count in counts]
    look(evening)
    assert [count() for count in counts] == before
