"""The HTTP API: what it answers, and that its description says the same."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from jsonschema import Draft202012Validator

from sessions.domain.commands import OpenStep, WriteCard
from sessions.enums import Aspect
from sessions.kinds import Keys as StepKind
from sessions.models import Session
from sessions.views import join_cache
from sessions.views.openapi import ERRORS, description

from ..factory import make_room


def check(document: Any, schema: str) -> None:
    """Hold a real answer against the description."""
    wanted = {"$ref": f"#/components/schemas/{schema}", "components": description()["components"]}
    Draft202012Validator(wanted).validate(document)


def post(client: Client, session: Session, body: Any, content_type: str = "application/json", **extra: Any) -> Any:
    return client.post(f"/api/v1/sessions/{session.code}/participants", body, content_type=content_type, **extra)


def test_the_session_as_it_is_now(session: Session, client: Client) -> None:
    before = client.get(f"/api/v1/sessions/{session.code.lower()}")
    assert before.status_code == 200
    told = before.json()
    check(told, "Session")
    assert (told["code"], told["now"], told["locked"], told["kind"]) == (session.code, None, False, "workshop")
    assert [sector["key"] for sector in told["sectors"]] == ["onderwijs", "onderzoek", "ondernemers", "overheden"]
    assert [pillar["name"]["nl"] for pillar in told["pillars"]] == [
        "Versterken van het internationaal profiel en merk",
        "Bouwen aan een dynamische toplocatie",
    ]


def test_a_step_is_told_once_it_was_opened(session: Session, client: Client) -> None:
    step = session.steps.get(position=2)
    Session.objects.filter(pk=session.pk).update(now=step)
    assert client.get(f"/api/v1/sessions/{session.code}").json()["now"] is None
    step.state, step.opened_at, step.deadline = "open", timezone.now(), timezone.now()
    step.save()
    told = client.get(f"/api/v1/sessions/{session.code}").json()
    check(told, "Session")
    assert (told["now"]["id"], told["now"]["kind"], told["now"]["state"]) == (step.public_id, "collect", "open")
    assert told["now"]["deadline"] == round(step.deadline.timestamp() * 1000)


@pytest.mark.django_db(transaction=True)
def test_nothing_that_anybody_may_read_tells_when_somebody_writes() -> None:
    """Who asks before and after every card learns nothing: not from the answer, its length or its headers."""
    room = make_room()
    step = room.step(StepKind.COLLECT)
    (person,), (other,) = room.join("onderwijs"), room.join("onderzoek")
    room.lead(OpenStep(step=step.public_id))
    code = room.session.code
    stranger, phone = Client(), Client()
    phone.cookies[f"p_{room.session.public_id}"] = room.tokens[other.id]
    paths = [
        f"/api/v1/sessions/{code}", "/api/v1/openapi.json", f"/join/{code}/", f"/s/{code}/", f"/s/{code}/stage/",
        f"/s/{code}/manifest.webmanifest", "/health/live",
    ]  # fmt: skip

    def ask() -> list[tuple[str, Any, bytes]]:
        keep_session_no_longer()
        return [told(browser.get(path)) for browser in (stranger, phone) for path in paths]

    before = ask()
    seq = Session.objects.get(pk=room.session.pk).seq
    pillar = room.pillars[0].public_id
    room.ask(person, WriteCard(step=step.public_id, text="geheim", aspect=Aspect.BOTH, lang="nl", pillar=pillar))
    assert Session.objects.get(pk=room.session.pk).seq > seq
    assert ask() == before


def told(answer: Any) -> tuple[int, dict[str, str], bytes]:
    """Return all that an answer says, but what differs at every asking: its number, its form tokens, the clock."""
    volatile = {"X-Request-ID", "Set-Cookie", "Expires", "Date"}
    headers = {name: value for name, value in answer.headers.items() if name not in volatile}
    return answer.status_code, headers, re.sub(rb"[A-Za-z0-9]{64}", b"", answer.content)


def keep_session_no_longer() -> None:
    """As after a second, without waiting for it."""
    join_cache._kept.clear()


@pytest.mark.parametrize("by", ["id", "key"])
def test_joining(session: Session, client: Client, by: str) -> None:
    sector = session.programme.sectors.get(key="ondernemers")
    answer = post(client, session, {"sector": sector.public_id if by == "id" else sector.key})
    assert answer.status_code == 201
    joined = answer.json()
    check(joined, "Joined")
    person = session.participants.get()
    assert (joined["tag"], joined["sector"]["key"]) == (person.tag, "ondernemers")
    assert person.public_id not in answer.text
    cookie = client.cookies[f"p_{session.public_id}"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/", True, "Lax")
    assert client.get(joined["page"]).status_code == 200
    again = post(client, session, {"sector": "overheden"})
    assert (again.status_code, again.json()) == (200, joined)
    assert session.participants.count() == 1


BAD_BODIES = [
    (" ", 400),
    ("{", 400),
    ("[]", 400),
    ("null", 400),
    ("{}", 400),
    ('{"sector": 1}', 400),
    ('{"sector": null}', 400),
    ('{"sector": ["onderwijs"]}', 400),
    ('{"sector": ""}', 400),
    ('{"sector": "nothing"}', 400),
    ('{"sector": "\\u0000"}', 400),
    ('{"sector": "\\ud800"}', 400),
    ('{"sector": "onderwijs", "name": "x"}', 400),
    ('{"sector": NaN}', 400),
    (b"\xff\xfe", 400),
    ("[" * 4000, 400),
    ('{"sector": "' + "x" * 4000 + '"}', 400),
    ('{"sector": "' + "x" * 2_000_000 + '"}', 413),
]


@pytest.mark.parametrize(("body", "status"), BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_bad_bodies_get_a_typed_error(session: Session, client: Client, body: Any, status: int) -> None:
    answer = post(client, session, body)
    assert answer.status_code == status
    check(answer.json(), "Error")
    assert not session.participants.exists()


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_taken(session: Session, client: Client, content_type: str) -> None:
    answer = client.generic("POST", f"/api/v1/sessions/{session.code}/participants", b"{}", content_type=content_type)
    assert answer.status_code == 415
    check(answer.json(), "Error")


def test_another_site_is_refused(session: Session, client: Client) -> None:
    for origin in ("https://evil.example", "http://testserver:81", "null"):
        answer = post(client, session, {"sector": "onderwijs"}, headers={"Origin": origin})
        assert answer.status_code == 403
        check(answer.json(), "Error")
    assert post(client, session, {"sector": "onderwijs"}, headers={"Origin": "http://testserver"}).status_code == 201


def test_a_locked_session(session: Session, client: Client) -> None:
    Session.objects.filter(pk=session.pk).update(locked=True)
    answer = post(client, session, {"sector": "onderwijs"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "session.locked")


def test_unknown_codes_addresses_and_methods(session: Session, client: Client) -> None:
    for answer, status in (
        (client.get("/api/v1/sessions/ZZZZZZ"), 404),
        (client.get("/api/v1/sessions/%00"), 404),
        (client.post("/api/v1/sessions/ZZZZZZ/participants", {"sector": "x"}, content_type="application/json"), 404),
        (client.get("/api/v1/nothing"), 404),
        (client.delete(f"/api/v1/sessions/{session.code}"), 405),
        (client.get(f"/api/v1/sessions/{session.code}/participants"), 405),
    ):
        assert answer.status_code == status
        check(answer.json(), "Error")


def test_errors_speak_the_language(session: Session, client: Client) -> None:
    english = client.get("/api/v1/sessions/ZZZZZZ", headers={"Accept-Language": "en"}).json()["error"]
    dutch = client.get("/api/v1/sessions/ZZZZZZ", headers={"Accept-Language": "nl"}).json()["error"]
    assert english == {"code": "session.unknown", "message": "There is no session with this code.", "fields": {}}
    assert dutch["code"] == english["code"] and dutch["message"] != english["message"]


def test_the_description_is_served_and_whole(client: Client, db: None) -> None:
    served = client.get("/api/v1/openapi.json").json()
    assert served == description()
    assert served["openapi"] == "3.1.0"
    for schema in served["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for path in served["paths"].values():
        for operation in path.values():
            assert set(operation["responses"]) <= {"200", "201", "202", "304", *ERRORS}


@pytest.mark.parametrize("state", [{}, {"archived_at": timezone.now()}, {"locked": True}, {"approval": True}, None])
def test_every_answer_has_a_status_that_the_description_names(
    session: Session, client: Client, state: dict[str, Any] | None
) -> None:
    """`None`: no session has the code."""
    Session.objects.filter(pk=session.pk).update(**(state or {}))
    code = session.code if state is not None else "ZZZZZZ"
    for path, operations in description()["paths"].items():
        for method, operation in operations.items():
            body = {"data": {"sector": "onderwijs"}, "content_type": "application/json"} if method == "post" else {}
            answer = getattr(client, method)(path.format(code=code), **body)
            assert str(answer.status_code) in operation["responses"], (method, path)


def test_nobody_chooses_the_secret_that_they_come_in_with(session: Session) -> None:
    browser = Client()
    browser.cookies[f"w_{session.public_id}"] = "abc"
    made = post(browser, session, {"sector": "onderwijs"})
    assert made.status_code == 201
    assert len(browser.cookies[f"p_{session.public_id}"].value) >= 22
    # Nor do two who bring the same one become one person.
    other = Client()
    other.cookies[f"w_{session.public_id}"] = "abc"
    assert post(other, session, {"sector": "onderwijs"}).status_code == 201
    assert session.participants.count() == 2


def test_what_was_waited_with_leads_to_nobody_once_they_went_on_elsewhere(session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(approval=True)
    keep_session_no_longer()
    old = Client()
    asked = post(old, session, {"sector": "onderwijs"})
    assert asked.status_code == 202
    waited = old.cookies[f"w_{session.public_id}"].value
    Session.objects.filter(pk=session.pk).update(approval=False)
    keep_session_no_longer()
    assert post(old, session, {"sector": "onderwijs"}).status_code == 201
    code = old.post(f"/api/v1/sessions/{session.code}/move-code").json()["code"]
    assert Client().post(f"/s/{session.code}/here/", {"code": code}).status_code == 302
    late = Client()
    late.cookies[f"w_{session.public_id}"] = waited
    again = post(late, session, {"sector": "onderwijs"})
    assert again.status_code == 201
    assert session.participants.count() == 2


def test_who_joins_reads_no_sectors_once_the_session_is_known(session: Session) -> None:
    """A room comes in within seconds: each statement per person is a thousand."""
    post(Client(), session, {"sector": "onderwijs"})
    with CaptureQueriesContext(connection) as queries:
        for sector in ("onderwijs", "onderzoek", "ondernemers", "overheden"):
            assert post(Client(), session, {"sector": sector}).status_code == 201
    asked = [query["sql"] for query in queries]
    assert not [sql for sql in asked if 'FROM "workshop_sector"' in sql]
    assert len([sql for sql in asked if "workshop_participant" in sql]) >= 4
