"""Simulated people by a button: with a real server, real people of the simulation, and their process."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from sessions.enums import Pace, StepState
from sessions.errors import Code, Refused
from sessions.limits import MOST_CROWDS
from sessions.live import crowds
from sessions.live.crowds import LEASE
from sessions.models import Crowd, Participant, Session, Step, Vote

from ..conversation import PLAIN
from ..factory import SessionHarness, make_room, make_session
from ..server import RunningServer
from .ending import EndingSession, until

PATIENCE_S = 90
STORED_BEFORE = 3
"""Of the session: people without a hand in this."""


@pytest.fixture
def server_of_its_own(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[RunningServer]:
    with django_db_blocker.unblock(), RunningServer(data_dir=tmp_path) as server:
        yield server


class Panel:
    """The facilitator's panel on the console of a session."""

    def __init__(self, found: EndingSession) -> None:
        self._found = found

    async def ask(self, method: str, act: str = "", **typed: str) -> httpx.Response:
        base, address = self._found.server.base, f"/s/{self._found.code}/console/simulated/{act}"
        async with httpx.AsyncClient(verify=PLAIN, base_url=base, cookies=self._found.lead, timeout=60) as client:
            if method == "GET":
                return await client.get(address)
            page = await client.get("/programmes/", follow_redirects=True)
            token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
            headers = {"Origin": base, "X-CSRFToken": token, "Accept-Language": "nl"}
            return await client.post(address, data=typed, headers=headers)

    async def until(self, reached: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE_S):
            told: dict[str, Any] = (await self.ask("GET")).json()
            while not reached(told):
                await asyncio.sleep(0.2)
                told = (await self.ask("GET")).json()
        return told

    def processes(self) -> list[str]:
        """Return the processes of this session's simulated people."""
        wanted = b"\0simulate\0" + self._found.code.encode() + b"\0"
        found = []
        for process in Path("/proc").iterdir():
            try:
                if process.name.isdigit() and wanted in (process / "cmdline").read_bytes():
                    found.append(process.name)
            except OSError:
                continue
        return found


def test_people_come_in_vote_and_are_gone_when_it_is_wiped(server_of_its_own: RunningServer) -> None:
    found = EndingSession(server_of_its_own, rehearsal=True)
    panel = Panel(found)

    async def run() -> None:
        begun = await panel.ask("POST", people="12", pace="fast")
        assert begun.json()["running"], begun.text
        assert (await panel.ask("POST", people="50", pace="fast")).json()["people"] == 12, "one start at a time"
        assert len(panel.processes()) == 1
        told = await panel.until(lambda told: told["joined"] == 12 and told["voted"] >= 3)
        assert told == {"running": True, "failed": False, "people": 12, "wrote": 0} | {
            name: told[name] for name in ("joined", "voted")
        }
        assert (await found.press("wipe")).endswith("?done=wiped")
        assert panel.processes() == []
        assert (await panel.ask("GET")).json() == dict.fromkeys(("people", "joined", "wrote", "voted"), 0) | {
            "running": False,
            "failed": False,
        }

    asyncio.run(run())
    with found.server.database():
        assert not Participant.objects.filter(session=found.session).exists()
        assert not Vote.objects.filter(participant__session=found.session).exists()


def test_they_go_by_stop_and_with_a_server_that_is_killed(server_of_its_own: RunningServer) -> None:
    server = server_of_its_own
    found = EndingSession(server, rehearsal=True)
    panel = Panel(found)

    async def run() -> None:
        await panel.ask("POST", people="2", pace="slow")
        await panel.until(lambda told: told["joined"] == 2)
        stopped = (await panel.ask("POST", "stop/")).json()
        assert (stopped["running"], stopped["failed"], stopped["joined"]) == (False, False, 2)
        assert panel.processes() == []

        await panel.ask("POST", people="3", pace="slow")
        await panel.until(lambda told: told["joined"] == 3)
        server.kill()
        await until(lambda: panel.processes() == [], 10)
        server.start()
        # As long as the one that was killed might still be there, nobody else starts them.
        assert (await panel.ask("POST", people="1", pace="slow")).json()["people"] == 3
        await panel.until(lambda told: not told["running"])
        await panel.ask("POST", people="1", pace="slow")
        await panel.until(lambda told: told["joined"] == 1)
        server.stop()
        await until(lambda: panel.processes() == [], 5)
        server.start()
        assert not (await panel.ask("GET")).json()["running"]

    asyncio.run(run())
    with server.database():
        assert Participant.objects.filter(session=found.session).count() == STORED_BEFORE + 2 + 3 + 1


def test_they_go_some_moments_after_the_last_step_is_closed(server_of_its_own: RunningServer) -> None:
    found = EndingSession(server_of_its_own, rehearsal=True)
    panel = Panel(found)

    with found.server.database():
        step = Session.objects.get(pk=found.session.pk).now
        assert step is not None
        Step.objects.filter(session=found.session).exclude(pk=step.pk).update(state=StepState.SUPERSEDED)
        Step.objects.filter(pk=step.pk).update(state=StepState.CLOSED, closed_at=timezone.now())

    async def run() -> None:
        await panel.ask("POST", people="2", pace="slow")
        told = await panel.until(lambda told: not told["running"])
        assert (told["failed"], told["joined"]) == (False, 2)

    asyncio.run(run())


def test_a_real_session_has_none(server: RunningServer, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        found = EndingSession(server)
    panel = Panel(found)

    async def run() -> None:
        for answer in (
            await panel.ask("POST", people="12", pace="fast"),
            await panel.ask("POST", "stop/"),
        ):
            assert answer.status_code == 409
            assert answer.json()["error"]["message"] == (
                "Nagespeelde mensen doen alleen mee in een repetitie. Maak er een in de studio."
            )
        assert panel.processes() == []

    asyncio.run(run())


@pytest.mark.parametrize(
    "typed",
    [{}, {"people": "0"}, {"people": "201"}, {"people": "-1"}, {"people": "1.5"}, {"people": "²"}, {"pace": "at once"}],
)
def test_more_than_that_is_not_asked(
    server: RunningServer, django_db_blocker: DjangoDbBlocker, typed: dict[str, str]
) -> None:
    with django_db_blocker.unblock():
        found = EndingSession(server, rehearsal=True)
    wanted = ({"people": "12", "pace": "slow"} | typed) if typed else {}
    answer = asyncio.run(Panel(found).ask("POST", **wanted))
    assert (answer.status_code, answer.json()["error"]["message"]) == (
        400,
        "Kies een aantal mensen van 1 tot en met 200, en hoe snel.",
    )


@pytest.fixture
def room(transactional_db: None) -> SessionHarness:
    return make_room()


def test_the_row_decides_who_starts_them(room: SessionHarness) -> None:
    session = room.session
    first = crowds._claim(session.pk, people=1, pace=Pace.SLOW)
    assert first is not None
    assert crowds._claim(session.pk, people=1, pace=Pace.SLOW) is None, "another process"
    Crowd.objects.update(beat_at=timezone.now() - LEASE - dt.timedelta(seconds=1))
    second = crowds._claim(session.pk, people=1, pace=Pace.SLOW)
    assert second not in (None, first), "its server was killed"
    assert not crowds._note(session.pk, first, beat_at=timezone.now()), "and if it was not, it lets go"
    assert crowds._note(session.pk, second, beat_at=timezone.now())
    Crowd.objects.update(is_stopping=True)
    assert not crowds._note(session.pk, second, beat_at=timezone.now()), "another process pressed Stop"


def test_they_are_in_a_few_rehearsals_at_most(room: SessionHarness) -> None:
    sessions = [make_session(room.session.programme) for _ in range(MOST_CROWDS + 1)]
    for session in sessions[:-1]:
        assert crowds._claim(session.pk, people=1, pace=Pace.SLOW) is not None
    with pytest.raises(Refused) as refused:
        crowds._claim(sessions[-1].pk, people=1, pace=Pace.SLOW)
    assert refused.value.code is Code.CROWD_LIMIT
    Crowd.objects.filter(session=sessions[0]).update(ended_at=timezone.now())
    assert crowds._claim(sessions[-1].pk, people=1, pace=Pace.SLOW) is not None
