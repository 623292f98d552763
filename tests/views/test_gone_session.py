"""A session that is deleted while a page of it is being made: the page says so, whatever it was about to do."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sessions.models import Session
from sessions.views import api, studio, studio_end

from .programme_pages import ENGLISH, page_of


def delete_before(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, session: Session) -> None:
    """The session is gone at the moment when a view is about to call this."""
    call = getattr(module, name)

    def delete_first(*args: Any, **more: Any) -> Any:
        Session.every.filter(pk=session.pk).delete()
        return call(*args, **more)

    monkeypatch.setattr(module, name, delete_first)


@pytest.mark.parametrize(
    ("module", "name", "page", "sent"),
    [
        (studio, "list_sessions", "", None),
        (studio_end, "archive_session", "archive", {"on": "1"}),
        (studio_end, "note_act", "archive", {"on": "1"}),  # no row for the act to point at
    ],
)
def test_the_studio_says_it(
    monkeypatch: pytest.MonkeyPatch, session: Session, core: Client, module: Any, name: str, page: str, sent: Any
) -> None:
    delete_before(monkeypatch, module, name, session)
    address = page_of(session, page) if page else page_of(session)
    answer = core.get(address, headers=ENGLISH) if sent is None else core.post(address, sent, headers=ENGLISH)
    assert answer.status_code == 404
    assert "deleted" in answer.text


def test_the_api_says_it_in_json(monkeypatch: pytest.MonkeyPatch, session: Session) -> None:
    delete_before(monkeypatch, api, "admit", session)
    body = {"sector": "onderwijs"}
    answer = Client().post(
        f"/api/v1/sessions/{session.code}/participants", body, content_type="application/json", headers=ENGLISH
    )
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] in {"session.deleted", "session.unknown"}


def test_a_fault_in_a_session_that_is_there_stays_a_fault(
    monkeypatch: pytest.MonkeyPatch, session: Session, core: Client
) -> None:
    monkeypatch.setattr(studio, "tell_session", lambda **_: {}["nothing"])
    with pytest.raises(KeyError):
        core.get(page_of(session), headers=ENGLISH)
