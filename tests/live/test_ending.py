"""What ends for those who are in a session that is deleted, wiped or archived: with a real server and real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from ..conversation import Talk
from ..server import RunningServer
from .ending import WITHIN_S, EndingSession, told_at_the_door, told_on, told_once_wiped, until


@pytest.fixture
def evening(server: RunningServer, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[..., EndingSession]]:
    with django_db_blocker.unblock():
        yield lambda **more: EndingSession(server, **more)


def test_a_deletion_sends_everybody_away_for_good(evening: Callable[..., EndingSession]) -> None:
    found = evening()

    async def run() -> dict[str, str]:
        talks = await found.enter()
        assert (await found.press("delete", title=found.session.title_en)).endswith("?done=deleted")
        told = {role: await told_on(talk) for role, talk in talks.items()}
        return told | {"again": await told_at_the_door(found)}

    assert asyncio.run(run()) == dict.fromkeys(("phone", "console", "stage"), "4500 session.deleted") | {
        "again": "4500 session.unknown"
    }


def test_an_archived_session_holds_nobody_and_lets_nobody_in(evening: Callable[..., EndingSession]) -> None:
    found = evening()

    async def run() -> dict[str, str]:
        talks = await found.enter()
        await found.press("archive", on="1")
        told = {role: await told_on(talk) for role, talk in talks.items()}
        told["again"] = await told_at_the_door(found)
        await found.press("archive", on="0")
        await (await Talk(base=found.server.base, code=found.code, role="phone", cookies=found.phone).connect()).close()
        return told

    assert asyncio.run(run()) == dict.fromkeys(("phone", "console", "stage", "again"), "4500 session.archived")


def test_a_wiped_rehearsal_begins_anew_for_everybody(evening: Callable[..., EndingSession]) -> None:
    found = evening(rehearsal=True)

    async def run() -> dict[str, Any]:
        talks = await found.enter()
        before = talks["console"].snapshot
        assert (await found.press("wipe")).endswith("?done=wiped")
        for talk in talks.values():
            await until(lambda talk=talk: talk.closed is not None, WITHIN_S)
            assert talk.closed == 4000 and any("bye" in frame for frame in talk.frames)
        assert await told_once_wiped(found) == "4500 auth.not_joined"
        console = await Talk(base=found.server.base, code=found.code, role="console", cookies=found.lead).connect()
        await console.close()
        assert len(before["participants"]) == 3 and len(before["cards"]) == 6
        return console.snapshot

    snapshot = asyncio.run(run())
    assert (snapshot["participants"], snapshot["cards"], snapshot["session"]["now"]) == ([], [], None)
    assert [step["state"] for step in snapshot["steps"]] == ["planned", "planned"]
    assert snapshot["session"]["rehearsal"] is True
