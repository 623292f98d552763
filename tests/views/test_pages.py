"""Who gets which page, and what is in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from cocreation.redis_address import parse_redis
from sessions.models import Session
from sessions.views import health

STAGE_START = {"code", "session", "lang", "programme", "ws", "join_url", "host", "qr", "signin"}
PAGES = ["/", "/signin/", "/join/{code}/", "/s/{code}/", "/s/{code}/console/", "/s/{code}/stage/", "/nothing/"]


def start_of(page: str) -> dict[str, object]:
    """Return what a screen's page carries for its start."""
    found = re.search(r'<script id="start" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    started: dict[str, object] = json.loads(found.group(1))
    return started


TABLE = [
    # address, nobody, phone, stage, facilitator, core, steering
    ("/s/{code}/", "join", 200, "join", "join", "join", "join"),
    ("/s/{code}/console/", "signin", "signin", "signin", 200, 200, 403),
    ("/s/{code}/stage/", "signin", "signin", 200, 200, 200, 403),
]


@pytest.mark.parametrize(("address", "nobody", "person", "projector", "runs", "core_team", "reads"), TABLE)
def test_who_gets_which_screen(
    session: Session,
    client: Client,
    phone: Client,
    facilitator: Client,
    core: Client,
    steering: Client,
    address: str,
    nobody: object,
    person: object,
    projector: object,
    runs: object,
    core_team: object,
    reads: object,
) -> None:
    path = address.format(code=session.code)
    stage = Client()
    stage.get(facilitator.post(f"/s/{session.code}/stage/link/").json()["url"])
    expected = [nobody, person, projector, runs, core_team, reads]
    seen: list[object] = []
    for browser in (client, phone, stage, facilitator, core, steering):
        answer = browser.get(path)
        place = answer.headers.get("Location", "")
        seen.append(place.strip("/").split("/")[0] if answer.status_code == 302 else answer.status_code)
    assert seen == expected or [str(one).split("?")[0] for one in seen] == [str(one) for one in expected]


def test_a_member_of_another_programme_gets_nothing(session: Session, elsewhere: Session, facilitator: Client) -> None:
    for path in (f"/s/{elsewhere.code}/console/", f"/s/{elsewhere.code}/stage/", "/s/NOSUCH/console/"):
        assert facilitator.get(path).status_code in (403, 404)
    assert facilitator.post(f"/s/{elsewhere.code}/stage/link/").status_code == 403


def test_the_phone_is_an_app_of_its_session(session: Session, client: Client) -> None:
    manifest = client.get(f"/s/{session.code}/manifest.webmanifest")
    assert manifest.headers["Content-Type"] == "application/manifest+json"
    described = manifest.json()
    assert described["start_url"] == described["scope"] == f"/s/{session.code}/"
    assert client.get("/s/QQQQQQ/manifest.webmanifest").status_code == 404
    worker = client.get("/s/worker.js")
    assert worker.headers["Content-Type"] == "text/javascript"
    assert worker.headers["Cache-Control"] == "no-cache"


def test_the_phone_loads_the_bundle_of_its_language(session: Session, phone: Client) -> None:
    for language in ("nl", "en", "nl"):
        page = phone.get(f"/s/{session.code}/", headers={"Accept-Language": language}).text
        assert re.findall(r"assets/phone-(nl|en)-[^\"]+[.]js", page) == [language]


def test_the_phone_names_what_it_loads_later_for_its_worker(session: Session, phone: Client) -> None:
    page = phone.get(f"/s/{session.code}/").text
    (names,) = re.findall(r' data-later="([^"]+)"', page)
    assert {name.rpartition(".")[2] for name in names.split(" ")} == {"js", "css"}
    assert [name for name in names.split(" ") if "phone-screens" in name], "the screens of a kind"
    assert [name for name in names.split(" ") if "long-poll" in name], "where a network lets no socket through"
    assert not any(f'"{name}"' in page for name in names.split(" "))
    dist = Path(settings.FRONTEND_DIST)
    assert all((dist / name.removeprefix(settings.STATIC_URL)).is_file() for name in names.split(" "))


def test_what_the_screens_start_with(session: Session, phone: Client, facilitator: Client) -> None:
    started = start_of(phone.get(f"/s/{session.code}/").text)
    assert re.fullmatch(r"\w{4}(-\w{4}){3}", str(started.pop("receipt")))
    assert started == {
        "code": session.code,
        "session": session.public_id,
        "lang": "nl",
        "programme": {"name": "Kennispark Twente", "slug": "kennispark"},
        "ws": f"/ws/s/{session.code}/",
        "join": f"/join/{session.code}/",
        "person": session.participants.get().order_seed,
    }
    console = start_of(facilitator.get(f"/s/{session.code}/console/").text)
    assert set(console) == {
        *STAGE_START,
        "stage_url",
        "own_url",
        "crowd_url",
        "downloads",
        "studio",
        "guide",
        "csrf",
        "member",
        "earlier_url",
        "watch_url",
        "page",
        "console_url",
        "agenda_url",
        "print_url",
        "check_url",
        "templates_url",
    }
    assert console["member"] == {"name": "Begeleider", "role": "facilitator"}
    assert str(console["join_url"]).endswith(f"/join/{session.code}/")
    qr = console["qr"]
    assert isinstance(qr, dict) and sorted(qr) == ["path", "size"]
    stage = start_of(facilitator.get(f"/s/{session.code}/stage/").text)
    assert set(stage) == STAGE_START
    for start, name in ((console, "console"), (stage, "stage")):
        assert start["signin"] == f"/signin/?next=/s/{session.code}/{name}/"


def test_the_console_makes_projector_links_and_takes_them_back(session: Session, facilitator: Client) -> None:
    url = facilitator.post(f"/s/{session.code}/stage/link/").json()["url"]
    path = "/" + url.split("/", 3)[3]
    projector = Client()
    answer = projector.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/s/{session.code}/stage/")
    cookie = projector.cookies[f"stage_{session.public_id}"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/", True, "Lax")
    assert projector.get(answer.headers["Location"]).status_code == 200
    assert projector.get(f"/s/{session.code}/console/").status_code == 302
    assert facilitator.post(f"/s/{session.code}/stage/revoke/").json() == {"revoked": 1}
    assert projector.get(f"/s/{session.code}/stage/").status_code == 403
    assert Client().get(path).status_code == 403


def test_a_projector_link_of_one_session_is_nothing_in_another(
    session: Session, second_session: Session, facilitator: Client
) -> None:
    url = facilitator.post(f"/s/{session.code}/stage/link/").json()["url"]
    token = url.split("link=")[1]
    assert Client().get(f"/s/{second_session.code}/stage/?link={token}").status_code == 403


def test_making_a_projector_link_needs_the_form_token(session: Session, facilitator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = facilitator.cookies
    assert strict.post(f"/s/{session.code}/stage/link/").status_code == 403
    console = start_of(strict.get(f"/s/{session.code}/console/").text)
    made = strict.post(f"/s/{session.code}/stage/link/", headers={"X-CSRFToken": str(console["csrf"])})
    assert made.status_code == 200
    assert facilitator.get(f"/s/{session.code}/stage/link/").status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_pages_carry_a_strict_policy_and_nothing_of_others(
    session: Session, phone: Client, facilitator: Client, path: str
) -> None:
    for browser in (phone, facilitator):
        answer = browser.get(path.format(code=session.code), follow=True)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", answer.text)
        assert not re.search(r"<script(?![^>]*(?:src=|application/json))|<style|\son\w+=|\sstyle=", answer.text)


def test_an_unknown_address_is_a_page_in_the_language(client: Client, db: None) -> None:
    dutch, english = client.get("/nothing/"), client.get("/nothing/", headers={"Accept-Language": "en"})
    assert (dutch.status_code, english.status_code) == (404, 404)
    assert "<h1>Deze pagina bestaat niet</h1>" in dutch.text
    assert "<h1>This page does not exist</h1>" in english.text


def test_health(client: Client, db: None) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()["database"]) == (200, "ok")


def test_a_redis_that_is_away_is_told_and_is_no_failure(client: Client, db: None, settings: object) -> None:
    settings.REDIS = parse_redis("redis://127.0.0.1:1/0")  # type: ignore[attr-defined]
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok", "redis": "unavailable"})


def test_tables_that_are_not_there_yet_make_it_not_ready(client: Client, db: None) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    newest = MigrationRecorder.Migration.objects.filter(app="workshop").latest("pk")
    newest.delete()
    health.schema.forget()
    try:
        answer = client.get("/health/ready")
        assert (answer.status_code, answer.json()["database"]) == (503, "migrations pending")
        assert client.get("/health/live").status_code == 200
    finally:
        newest.save(force_insert=True)
        health.schema.forget()
    assert client.get("/health/ready").status_code == 200


def test_who_only_lives_asks_nothing_of_the_database(client: Client) -> None:
    """Without the fixture that opens the database: pytest-django would refuse a query."""
    assert client.get("/health/live").status_code == 200


def test_a_missing_build_is_explained(client: Client, db: None, settings: object, tmp_path: object) -> None:
    from sessions.views.checks import check_bundle

    settings.FRONTEND_DIST = tmp_path  # type: ignore[attr-defined]
    assert [found.id for found in check_bundle()] == ["workshop.E001"]
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "npm run build" in answer.text
