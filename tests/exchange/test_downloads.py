from __future__ import annotations

import asyncio
import csv
import io
import re
import zipfile
from functools import partial

import pytest
from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.test import AsyncRequestFactory, Client
from django.test.utils import CaptureQueriesContext

from sessions.domain.commands import OpenStep, WriteCard
from sessions.enums import Aspect, Role, Source
from sessions.exchange.files import FILES, read_file, read_programme
from sessions.exchange.spool import read_pieces
from sessions.kinds import Keys as StepKind
from sessions.models import Contribution, Member
from sessions.views.downloads import download, session_downloads

from ..factory import make_member, make_room
from .scene import Scene, later, make_evening, make_scene, make_session

pytestmark = pytest.mark.django_db

ROLES = {
    "session.zip": {Role.CORE, Role.FACILITATOR, Role.STEERING},
    "session.xlsx": {Role.CORE, Role.FACILITATOR, Role.STEERING},
    "contributions.csv": {Role.CORE, Role.FACILITATOR},
    "results.csv": {Role.CORE, Role.FACILITATOR, Role.STEERING},
    "words.csv": {Role.CORE, Role.FACILITATOR, Role.STEERING},
    "votes.csv": {Role.CORE},
    "participants.csv": {Role.CORE},
    "events.jsonl": {Role.CORE},
    "session.json": {Role.CORE, Role.FACILITATOR},
    "contributions-spreadsheet.csv": {Role.CORE, Role.FACILITATOR},
    "results-spreadsheet.csv": {Role.CORE, Role.FACILITATOR, Role.STEERING},
    "words-spreadsheet.csv": {Role.CORE, Role.FACILITATOR, Role.STEERING},
    "votes-spreadsheet.csv": {Role.CORE},
    "participants-spreadsheet.csv": {Role.CORE},
}


@pytest.fixture
def evening() -> Scene:
    return make_evening()


def export(scene: Scene, name: str, role: Role) -> bytes:
    return b"".join(read_pieces(lambda: read_file(found=FILES[name], session_id=scene.session.pk, role=role)))


def read_zip(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


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
    downloads = session_downloads(evening.session, role)
    offered = {found["name"]: found["href"] for found in downloads}
    offered |= {found["spreadsheet"].rpartition("/")[2]: found["spreadsheet"] for found in downloads}
    del offered[""]  # what is no table has no such form
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


def test_no_file_and_no_page_of_the_steering_group_shows_that_somebody_writes_or_votes() -> None:
    room = make_room()
    people = room.join("onderwijs", n=5)
    steering = signed_in(make_member(room.session.programme, Role.STEERING))
    programme = room.session.programme
    pages = [f"/programmes/{programme.slug}/", f"/programmes/{programme.slug}/sessions/{room.session.code}/"]

    def look() -> list[object]:
        shown: list[object] = [
            re.sub(rb'csrfmiddlewaretoken" value="[^"]*"|nonce-[^"]*', b"", steering.get(page).content)
            for page in pages
        ]
        for name, roles in ROLES.items():
            if Role.STEERING in roles:
                found = FILES[name]
                read = partial(read_file, found=found, session_id=room.session.pk, role=Role.STEERING)
                shown.append((name, b"".join(read_pieces(read))))
        whole = partial(read_programme, programme_id=programme.pk, role=Role.STEERING)
        return [*shown, b"".join(read_pieces(whole))]

    round_, items = room.open_vote(items=3)
    seen = look()
    room.vote(people[0], round_, items[0], tap=1)
    assert look() == seen
    writing = room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=writing.public_id))
    seen = look()
    card = WriteCard(step=writing.public_id, text="x", aspect=Aspect.BOTH, lang="nl", pillar=room.pillars[0].public_id)
    room.ask(people[0], card)
    assert look() == seen


@pytest.mark.parametrize("role", list(Role))
def test_a_programme_in_one_zip_holds_what_each_sessions_zip_holds(evening: Scene, role: Role) -> None:
    later_on, collect = make_session(evening.programme, code="AAAAA2")
    Contribution.objects.create(
        session=later_on, step=collect, text="Een kaart", language="nl", source=Source.SCRIBED,
        pillar=evening.pillars[0], sector=evening.sectors["onderwijs"], aspect=Aspect.BOTH, created_at=later(0),
    )  # fmt: skip
    make_scene(slug="elders", code="QQQQQQ")
    answer = signed_in(evening.member(role)).get("/programmes/kennispark/export/programme.zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kennispark.zip"'
    assert answer.headers["Cache-Control"] == "no-store"
    whole = read_zip(b"".join(answer.streaming_content))
    parts = {
        f"{session.code}/{name}": content
        for session in (later_on, evening.session)
        for name, content in read_zip(
            b"".join(read_file(found=FILES["session.zip"], session_id=session.pk, role=role))
        ).items()
    }
    beside = {name: whole.pop(name) for name in ("README.txt", "sessions.csv", "sessions-spreadsheet.csv")}
    assert list(whole) == list(parts)
    assert whole == parts
    index = list(csv.DictReader(io.StringIO(beside["sessions.csv"].decode(), newline=""), strict=True))
    assert [(row["session_code"], row["session"], row["kind"], row["session_date"]) for row in index] == [
        ("AAAAA2", later_on.public_id, "workshop", "2026-03-12"),
        ("KP73MX", evening.session.public_id, "workshop", "2026-03-12"),
    ]
    assert index[1]["session_title_nl"] == "Avond 3: hart van het gebied"
    again = csv.DictReader(
        io.StringIO(beside["sessions-spreadsheet.csv"].decode("utf-8-sig"), newline=""), delimiter=";"
    )
    assert list(again) == index
    assert all(beside["README.txt"].decode().count(f"\n    {key} ") == 2 for key in index[0])


def test_a_programme_is_closed_to_whoever_is_not_of_it(evening: Scene) -> None:
    elsewhere = make_scene(slug="elders", code="QQQQQQ").member(Role.CORE, "other")
    address = "/programmes/kennispark/export/programme.zip"
    assert Client().get(address).headers["Location"] == f"/signin/?next={address}"
    assert signed_in(elsewhere).get(address).status_code == 403
    assert signed_in(elsewhere).get("/programmes/nergens/export/programme.zip").status_code == 403


def test_what_is_of_the_programme_is_read_once(evening: Scene) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            read_zip(b"".join(read_programme(programme_id=evening.programme.pk, role=Role.CORE)))
        return len(queries)

    counts = [count()]
    for number in (2, 3):
        make_session(evening.programme, code=f"AAAAA{number}")
        counts.append(count())
    assert 0 < counts[2] - counts[1] == counts[1] - counts[0] < counts[0]


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
