from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sessions.enums import Role
from sessions.models import Membership

from .scene import Scene, make_evening, make_scene, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bundle(settings: Any, tmp_path: Path) -> None:
    """The pages load the screen's files by name; what is in them does not matter here."""
    entry = {"file": "assets/x.js", "css": ["assets/x.css"], "isEntry": True}
    manifest = {
        "src/studio/main.ts": entry,
        "src/join/join.css": {"file": "assets/join.css", "isEntry": True},
        "src/unstarted.js": {"file": "assets/unstarted.js", "isEntry": True},
    }
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite" / "manifest.json").write_text(json.dumps(manifest))
    settings.FRONTEND_DIST = tmp_path


def signed_in(scene: Scene, role: Role) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(scene.member(role))
    return client


def start_of(answer: Any) -> dict[str, Any]:
    head = '<script id="start" type="application/json">'
    text = answer.content.decode()
    return json.loads(text[text.index(head) + len(head) :].partition("</script>")[0])


def test_the_list_works_without_a_script() -> None:
    scene = make_evening()
    text = signed_in(scene, Role.FACILITATOR).get("/programmes/kennispark/").content.decode()
    for part in (
        'href="/programmes/kennispark/sessions/KP73MX/"',
        'href="/s/KP73MX/console/"',
        'href="/s/KP73MX/stage/"',
        'action="/programmes/kennispark/sessions/KP73MX/duplicate/"',
        "Evening 3: heart of the area",
        "12 March 2026, 19:00",
        "A stronger international profile and brand",
        'href="/programmes/kennispark/export/programme.zip"',
    ):
        assert part in text
    assert "<script" not in text


def test_the_downloads_work_without_a_script() -> None:
    scene = make_evening()
    text = signed_in(scene, Role.STEERING).get("/programmes/kennispark/sessions/KP73MX/").content.decode()
    assert 'href="/s/KP73MX/export/results.csv"' in text
    assert "votes.csv" not in text
    assert "/console/" not in text


def test_a_member_of_one_programme_comes_straight_into_it() -> None:
    scene = make_scene()
    client = signed_in(scene, Role.CORE)
    assert client.get("/programmes/").headers["Location"] == "/programmes/kennispark/"
    other = make_scene(slug="spoorzone", code="QQQQQQ")
    Membership.objects.create(
        programme=other.programme, member_id=int(client.session["_auth_user_id"]), role=Role.STEERING
    )
    text = client.get("/programmes/").content.decode()
    assert 'href="/programmes/kennispark/"' in text
    assert 'href="/programmes/spoorzone/"' in text


@pytest.mark.parametrize(
    "address", ["/programmes/", "/programmes/kennispark/", "/programmes/kennispark/sessions/KP73MX/"]
)
def test_strangers_are_asked_to_sign_in(address: str) -> None:
    make_scene()
    assert Client().get(address).headers["Location"] == f"/signin/?next={address}"


def test_another_programme_is_closed_to_a_member() -> None:
    client = signed_in(make_scene(), Role.CORE)
    make_scene(slug="elders", code="QQQQQQ")
    assert client.get("/programmes/elders/").status_code == 403
    assert client.get("/programmes/elders/sessions/QQQQQQ/").status_code == 403
    assert client.get("/programmes/kennispark/sessions/QQQQQQ/").status_code == 403
    for act in ("duplicate", "revoke"):
        assert client.post(f"/programmes/elders/sessions/QQQQQQ/{act}/").status_code == 403


def test_the_steering_group_reads_and_does_nothing() -> None:
    client = signed_in(make_scene(), Role.STEERING)
    for act in ("duplicate", "revoke"):
        assert client.post(f"/programmes/kennispark/sessions/KP73MX/{act}/").status_code == 403


def test_an_address_written_otherwise_leads_to_the_right_one() -> None:
    client = signed_in(make_scene(), Role.CORE)
    right = "/programmes/kennispark/sessions/KP73MX/"
    assert client.get("/programmes/elsewhere/sessions/KP73MX/").headers["Location"] == right
    assert client.get("/programmes/kennispark/sessions/kp73mx/").headers["Location"] == right


def test_what_the_screen_starts_with() -> None:
    scene = make_evening()
    core = start_of(signed_in(scene, Role.CORE).get("/programmes/kennispark/sessions/KP73MX/"))
    first, second = core["rounds"]
    assert (first["n"], first["state"], [group["n"] for group in first["groups"]]) == (15, "revealed", [5, 5, 5])
    assert [group["sectors"] for group in first["groups"]] == [
        ["onderwijs"],
        ["onderzoek", "overheden"],
        ["ondernemers"],
    ]
    top = first["items"][0]
    assert (top["heads"], top["balanced"], top["spread"]) == (10, 0.5, 1.0)
    assert top["shares"][0]["share"] == 1.0
    assert top["shares"][0]["low"] == pytest.approx(0.6489, abs=1e-3)
    assert (second["n"], second["items"], second["state"]) == (None, [], "closed")
    assert [card["sector"] for card in core["cards"] if card["text"].startswith("'s Avonds")] == [None]
    assert len(core["cards"]) == 5
    assert '"participant":' not in json.dumps(core)

    steering = start_of(signed_in(scene, Role.STEERING).get("/programmes/kennispark/sessions/KP73MX/"))
    assert steering["cards"] is None
    assert [found["id"] for found in steering["rounds"]] == [first["id"]]
    assert "Jansen" not in json.dumps(steering)


def test_a_copy_has_the_agenda_and_nothing_else() -> None:
    scene = make_evening()
    answer = signed_in(scene, Role.FACILITATOR).post("/programmes/kennispark/sessions/KP73MX/duplicate/")
    made = scene.programme.sessions.exclude(pk=scene.session.pk).get()
    assert answer.headers["Location"] == f"/s/{made.code}/console/"
    assert [step.kind for step in made.steps.all()] == [step.kind for step in scene.session.steps.all()]
    assert (made.contributions.count(), made.participants.count()) == (0, 0)


def test_few_people_are_not_counted_out_loud() -> None:
    scene = make_scene()
    scene.join("onderwijs", n=3)
    text = signed_in(scene, Role.STEERING).get("/programmes/kennispark/").content.decode()
    assert "a few" in text


def test_the_number_of_queries_does_not_grow_with_the_sessions() -> None:
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    scene = make_evening()
    client = signed_in(scene, Role.CORE)
    pages = ("/programmes/kennispark/", "/programmes/kennispark/sessions/KP73MX/")
    count(pages[0])  # notes that the member was here, once a while
    before = [count(address) for address in pages]
    for number in range(5):
        make_session(scene.programme, code=f"AAAAA{number}")
    cards = [scene.write(person, "Nog een kaart") for person in scene.join("onderzoek", n=10)]
    found = scene.vote_step(position=9, cards=cards)
    for person in scene.people["onderzoek"]:
        scene.vote(found, person, *cards[:2])
    assert [count(address) for address in pages] == before
