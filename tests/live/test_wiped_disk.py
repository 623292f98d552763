"""Nothing of a deleted session stays in any file of the server, nor after a crash in the middle."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from pytest_django import DjangoDbBlocker

from sessions.domain.deletion import tables
from sessions.domain.receipt import issue_receipt
from sessions.enums import Audience
from sessions.kinds import Keys as StepKind
from sessions.live import deletion_job
from sessions.live.deletion_job import AT_ONCE_BYTES, QUIET_LOOK_S
from sessions.models import Contribution, Event, Participant, Session, purge
from sessions.models.ids import token_hash

from ..conversation import PLAIN, press
from ..server import RunningServer
from .ending import EndingSession, left_in, told_on, until
from .growing import grow, rows


def needles_of(evening: EndingSession) -> set[str]:
    """Return the session's texts and ids."""
    session = evening.session
    found = {session.title_nl, session.title_en, session.code, session.public_id}
    for model, ways in tables():
        for way in ways:
            for row in model._base_manager.filter(**{way: session.pk}):
                for name in ("public_id", "token_hash", "receipt_hash", "text", "title_nl", "title_en"):
                    found |= {value for value in (getattr(row, name, None),) if value}
    return found


@pytest.mark.parametrize("others", [False, True], ids=["nobody-else", "another-room"])
def test_no_file_of_the_server_holds_anything_of_it(
    others: bool, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    """Also while another room is at work: nothing waits for that to end."""
    with RunningServer(data_dir=tmp_path) as server, django_db_blocker.unblock():
        neighbour, found = EndingSession(server), EndingSession(server)
        secret = f"Bel mevrouw Jansen {uuid4().hex}"
        with server.database():
            Session.objects.filter(pk=found.session.pk).update(
                title_nl=f"Geheime avond {uuid4().hex}", title_en=f"Secret evening {uuid4().hex}"
            )
            found.session.refresh_from_db()
            for step in found.session.steps.all():
                step.title_nl, step.title_en = f"Geheime stap {uuid4().hex}", f"Secret step {uuid4().hex}"
                step.save()
            found.room.scribe(found.session.steps.get(kind=StepKind.COLLECT), "onderwijs", text=secret)
            needles = needles_of(found)
            kept = neighbour.session.public_id
        assert secret in needles and len(needles) > 30

        async def run() -> None:
            stay = await neighbour.enter() if others else {}
            talks = await found.enter()
            await found.press("delete", title=found.session.title_nl)
            for talk in talks.values():
                await told_on(talk)
            await until(lambda: not left_in(tmp_path, needles), 20)
            for talk in stay.values():
                assert talk.closed is None
                await talk.close()

        assert {secret, found.session.title_nl, found.session.public_id} <= left_in(tmp_path, needles)
        asyncio.run(run())
        assert left_in(tmp_path, {kept}) == {kept}
        assert [needle for needle in needles - {found.code} if needle in server.log] == []


def test_no_file_of_the_server_holds_anything_of_a_person_who_was_erased(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    """They do it themselves, by the receipt code, while others are connected; whoever is there goes on."""
    with RunningServer(data_dir=tmp_path) as server, django_db_blocker.unblock():
        found = EndingSession(server)
        secret = f"Bel mevrouw Jansen {uuid4().hex}"
        with server.database():
            person, stays = (Participant.objects.get(pk=who.id) for who in found.people[:2])
            collect = found.session.steps.get(kind=StepKind.COLLECT)
            Contribution.objects.create(
                session=found.session, step=collect, participant=person, sector=person.sector, text=secret,
                pillar=found.room.pillars[0], language="nl", created_at=person.joined_at,
            )  # fmt: skip
            code = issue_receipt(person=person, token=found.token)
            needles = {secret, person.public_id, str(person.token_hash), token_hash(code)}
        assert left_in(tmp_path, needles) == needles

        async def run() -> None:
            talks = await found.enter()
            await press(server.base, {}, "/receipt/erase/", code=code, sure="1")
            assert (await told_on(talks["phone"])).endswith("auth.not_joined")
            await until(lambda: not left_in(tmp_path, needles), 20)
            for role in ("console", "stage"):
                await talks[role].close()

        asyncio.run(run())
        assert left_in(tmp_path, {stays.public_id}) == {stays.public_id}
        assert [needle for needle in needles if needle in server.log] == []


def test_a_large_file_is_written_anew_once_nobody_is_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    sockets, size, written = {Audience.STAGE: 1}, AT_ONCE_BYTES + 1, []
    monkeypatch.setattr(deletion_job, "count_sockets", lambda: (1, 0, sockets))
    monkeypatch.setattr(purge, "count_bytes", lambda: size)
    monkeypatch.setattr(purge, "rewrite", lambda: written.append(size) or True)
    assert (deletion_job._rewrite(), written) == (QUIET_LOOK_S, [])
    sockets[Audience.STAGE] = 0
    assert (deletion_job._rewrite(), written) == (None, [size])


def test_a_crash_in_the_middle_is_made_good_at_the_next_start(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    with RunningServer(data_dir=tmp_path) as server, django_db_blocker.unblock():
        found = EndingSession(server)
        with server.database():
            grow(found.room, people=200, lines=60_000)

        async def begin() -> None:
            pressed = asyncio.create_task(found.press("delete", title=found.session.title_nl))
            await until(lambda: rows(found, "AND deleting_at IS NOT NULL"), 10)
            server.kill()
            await asyncio.gather(pressed, return_exceptions=True)

        asyncio.run(begin())
        with server.database():
            assert Session.every.filter(pk=found.session.pk).exists(), "the crash came too late to show anything"
            assert Event.objects.filter(session=found.session).exists()
        server.start()
        assert httpx.get(f"{server.base}/join/{found.code}/", verify=PLAIN).status_code == 404
        asyncio.run(until(lambda: not rows(found), 60))
        with server.database():
            assert not Event.objects.filter(session=found.session.pk).exists()
