from __future__ import annotations

import asyncio

import pytest
from django.core.handlers.asgi import ASGIRequest
from django.test import AsyncRequestFactory, Client

from sessions.enums import Role
from sessions.exchange.files import FILES, read_file
from sessions.exchange.spool import read_pieces
from sessions.models import Member
from sessions.views.downloads import download, session_downloads

from .scene import Scene, make_evening, make_scene

pytestmark = pytest.mark.django_db

ROLES = {
    "session.zip": {Role.CORE, Role.FACILITATOR, Role.STEERING},
    "contributions.csv": {Role.CORE, Role.FACILITATOR},
    "results.csv": {Role.CORE, Role.FACILITATOR, Role.STEERING},
    "votes.csv": {Role.CORE},
    "participants.csv": {Role.CORE},
    "events.jsonl": {Role.CORE},
    "session.json": {Role.CORE, Role.FACILITATOR},
}


@pytest.fixture
def evening() -> Scene:
    return make_evening()


def export(scene: Scene, name: str, role: Role) -> bytes:
    return b"".join(read_pieces(lambda: read_file(found=FILES[name], session_id=scene.session.pk, role=role)))


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.mark.parametrize("role", list(Role))
def test_each_role_gets_its_files_and_no_other(evening: Scene, role: Role) -> None:
    client = signed_in(evening.member(role))
    assert set(ROLES) == set(FILES)
    for name, roles in ROLES.items():
        answer = client.get(f"/s/KP73MX/export/{name}")
        assert (name, answer.status_code) == (name, 200 if role in roles else 403)
        if role in roles:
            sent = b"".join(answer.streaming_content)
            assert sent == export(evening, name, role)
            assert answer.headers["Content-Disposition"] == f'attachment; filename="KP73MX-{name}"'
            assert answer.headers["Cache-Control"] == "no-store"
    offered = {found["name"]: found["href"] for found in session_downloads(evening.session, role)}
    assert offered == {name: f"/s/KP73MX/export/{name}" for name, roles in ROLES.items() if role in roles}


def test_strangers_and_members_of_another_programme_get_nothing(evening: Scene) -> None:
    elsewhere = make_scene(slug="elders", code="QQQQQQ").member(Role.CORE, "other")
    person = evening.people["onderwijs"][0]
    phone = Client()
    phone.cookies[f"p_{evening.session.public_id}"] = str(person.token_hash)
    for name in FILES:
        address = f"/s/KP73MX/export/{name}"
        for stranger in (Client(), phone):
            answer = stranger.get(address)
            assert (answer.status_code, answer.headers["Location"]) == (302, f"/signin/?next={address}")
        assert signed_in(elsewhere).get(address).status_code == 403


def test_what_does_not_exist_is_a_page_that_says_so(evening: Scene) -> None:
    client = signed_in(evening.member(Role.CORE))
    assert client.get("/s/KP73MX/export/secrets.csv").status_code == 404
    assert client.get("/s/NOPE22/export/votes.csv").status_code == 403
    assert client.post("/s/KP73MX/export/votes.csv").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_a_real_server_streams_the_same_bytes() -> None:
    evening = make_evening()
    member = evening.member(Role.CORE)
    request: ASGIRequest = AsyncRequestFactory().get("/s/KP73MX/export/session.zip")
    request.user = member
    answer = download(request, code="KP73MX", file="session.zip")
    assert answer.is_async

    async def receive() -> bytes:
        return b"".join([piece async for piece in answer.streaming_content])

    assert asyncio.run(receive()) == export(evening, "session.zip", Role.CORE)
