"""A running server publishes at the reveal, compares with chance by itself, and makes up for what was left undone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from sessions.domain.commands import OpenStep, RevealStep
from sessions.kinds import Keys as StepKind
from sessions.live.chance_job import REVEAL_WAITS_S, find_revealed
from sessions.models import Publication, Round

from ..conversation import Frame, Talk, events_of
from ..factory import SessionHarness, make_room
from ..server import RunningServer
from .client import member_cookies
from .slow_server import serve_slowly


def fill_vote() -> tuple[SessionHarness, Round, dict[str, str]]:
    room = make_room()
    round_, items = room.open_vote(items=4, budget=1)
    for sector, item in (("onderwijs", items[0]), ("overheden", items[1])):
        for tap, person in enumerate(room.join(sector, n=12)):
            room.vote(person, round_, item, tap=tap)
    assert round_.step.public_id  # read here: no test reads the database from its event loop
    return room, round_, member_cookies(room.member)


@pytest.fixture
def vote(server: RunningServer, django_db_blocker: DjangoDbBlocker) -> tuple[SessionHarness, Round, dict[str, str]]:
    """Twelve of onderwijs choose the first item, twelve of overheden the second; the vote is open."""
    with django_db_blocker.unblock(), server.database():
        return fill_vote()


def told(frame: Frame, kind: str) -> list[Frame]:
    return [event for event in events_of(frame) if event["type"] == kind]


def differing(result: dict[str, Any]) -> int:
    return sum(item["differs"] is True for item in result["items"])


def test_a_reveal_shows_what_differs_by_more_than_chance(
    server: RunningServer, vote: tuple[SessionHarness, Round, dict[str, str]]
) -> None:
    async def story() -> None:
        room, round_, cookies = vote
        console = await Talk(base=server.base, code=room.session.code, role="console", cookies=cookies).connect()
        stage = await Talk(base=server.base, code=room.session.code, role="stage", cookies=cookies).connect()
        await console.call("step.reveal", {"step": round_.step.public_id})
        for screen in (console, stage):
            result = (await screen.event("step.revealed"))["result"]
            if result["chance"] is None:  # a machine that needs more than a second
                frame = await screen.until(lambda frame: bool(told(frame, "result.put")), within=30)
                result = told(frame, "result.put")[0]["result"]
            assert result["chance"]["runs"] == 1000
            assert differing(result) == 2
            await screen.close()

    asyncio.run(story())


@pytest.fixture
def slow_server(tmp_path: Path) -> Iterator[RunningServer]:
    """A server whose comparison with chance goes on until `tmp_path / "go"` is there."""
    with serve_slowly(folder=tmp_path / "served", go=tmp_path / "go") as running:
        yield running


@pytest.mark.parametrize("by", ["step.reveal", "step.open"])
def test_a_reveal_waits_a_second_for_a_slow_comparison_and_no_longer(
    slow_server: RunningServer, tmp_path: Path, django_db_blocker: DjangoDbBlocker, by: str
) -> None:
    """The console's next act opens a reveal step: that is a reveal as well. The mark follows by itself."""
    with django_db_blocker.unblock(), slow_server.database():
        room, round_, cookies = fill_vote()
        name = round_.step.public_id
        if by == "step.open":
            name = room.step(StepKind.REVEAL, subject=round_.step).public_id

    async def story() -> None:
        console = await Talk(base=slow_server.base, code=room.session.code, role="console", cookies=cookies).connect()
        began = time.monotonic()
        await console.call(by, {"step": name})
        assert time.monotonic() - began >= REVEAL_WAITS_S
        result = (await console.event("step.revealed"))["result"]
        assert (result["n"], result["chance"], differing(result)) == (24, None, 0)
        (tmp_path / "go").touch()
        frame = await console.until(lambda frame: bool(told(frame, "result.put")), within=30)
        result = told(frame, "result.put")[0]["result"]
        assert (result["chance"]["runs"], differing(result)) == (1000, 2)
        await console.close()

    asyncio.run(story())


@pytest.mark.usefixtures("database")
def test_only_what_is_about_to_be_revealed_is_waited_for() -> None:
    room = make_room()
    round_, _ = room.open_vote()
    vote = round_.step
    reveal, other, pause = (
        room.step(StepKind.REVEAL, subject=vote),
        room.step(StepKind.REVEAL, subject=room.session.steps.get(kind=StepKind.COLLECT)),
        room.step(StepKind.BREAK),
    )

    def found(command: OpenStep | RevealStep) -> int | None:
        revealed = find_revealed(session_id=room.session.pk, command=command)
        return revealed.pk if revealed is not None else None

    assert found(RevealStep(step=vote.public_id)) == found(OpenStep(step=reveal.public_id)) == round_.pk
    for step in (vote, other, pause):
        assert found(OpenStep(step=step.public_id)) is None
    room.lead(OpenStep(step=reveal.public_id))
    assert found(RevealStep(step=vote.public_id)) is found(OpenStep(step=reveal.public_id)) is None


def leave_undone(
    server: RunningServer,
    blocker: DjangoDbBlocker,
    room: SessionHarness,
    round_: Round,
    change: Callable[[Publication], None],
) -> None:
    with blocker.unblock(), server.database():
        room.lead(RevealStep(step=round_.step.public_id))
        change(Publication.objects.get(round=round_))


def without_comparison(publication: Publication) -> None:
    """As when the process ended between the reveal and the comparison."""
    assert publication.untested


def without_publication(publication: Publication) -> None:
    """As when a process with the code of before revealed it."""
    publication.delete()
    Round.objects.filter(pk=publication.round_id).update(threshold=None)


@pytest.mark.parametrize("change", [without_comparison, without_publication], ids=lambda change: change.__name__)
def test_what_was_left_undone_is_done_when_somebody_comes(
    server: RunningServer,
    django_db_blocker: DjangoDbBlocker,
    vote: tuple[SessionHarness, Round, dict[str, str]],
    change: Callable[[Publication], None],
) -> None:
    room, round_, cookies = vote
    leave_undone(server, django_db_blocker, room, round_, change)

    async def story() -> None:
        stage = await Talk(base=server.base, code=room.session.code, role="stage", cookies=cookies).connect()
        frame = await stage.until(lambda frame: bool(told(frame, "result.put")), within=30)
        result = told(frame, "result.put")[0]["result"]
        assert (result["round"], result["n"]) == (round_.public_id, 24)
        assert differing(result) == (2 if change is without_comparison else 0)
        await stage.close()

    asyncio.run(story())
