"""Rows in which a process goes away: the server, Redis, PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from pathlib import Path

import httpx
import redis as redis_client

from tests.conversation import PLAIN

from .audit import Row, audit, lag
from .client import Dial, now
from .crowd import SECTORS, Crowd, Size
from .stand import Stand, by_hand, on_postgres, on_sqlite

SCREENS_S = 2.0
BACK_S = 8.0
Act = Callable[[Row, Crowd], Awaitable[None]]


def hold(
    row: Row,
    stand: AbstractContextManager[Stand],
    size: Size,
    *,
    seconds: float,
    act: Act,
    dial: Dial | None = None,
    between: Callable[[Stand], AbstractAsyncContextManager[Dial]] | None = None,
) -> None:
    """Let a crowd work for some seconds while something is done to the servers, then audit.

    `between`: what stands between the crowd and the servers, with its way to dial.
    """

    async def story(standing: Stand) -> None:
        if between is None:
            await play(Crowd(standing, size, dial=dial))
        else:
            async with between(standing) as through:
                await play(Crowd(standing, size, dial=through))

    async def play(crowd: Crowd) -> None:
        try:
            await crowd.come()
            await asyncio.gather(crowd.work(seconds), act(row, crowd))
            await crowd.settle()
            await audit(row, crowd)
        finally:
            await crowd.go()

    with stand as standing:
        asyncio.run(story(standing))


# -- the server --------------------------------------------------------------------------------------------------


def server_killed(row: Row, folder: Path, size: Size, *, postgres: bool = False) -> None:
    """`kill -9` three times in the burst; each time it is started again at once."""

    async def act(row: Row, crowd: Crowd) -> None:
        server = crowd.stand.first
        for share in (0.2, 0.5, 0.8):
            await crowd.until_sent(share)
            await by_hand(server.kill)
            await by_hand(server.start)
        row.recovery_s = await crowd.recovery(now())
        row.must(row.recovery_s <= BACK_S, f"back after {row.recovery_s:.1f} s")
        row.must(all(len(client.closed) >= 1 for client in crowd.everybody), "somebody did not notice")

    stand = on_postgres(folder) if postgres else on_sqlite(folder)
    hold(row, stand, size, seconds=12, act=act)


def server_killed_postgres(row: Row, folder: Path, size: Size) -> None:
    server_killed(row, folder, size, postgres=True)


def deploy(row: Row, folder: Path, size: Size) -> None:
    """SIGTERM in the burst: everybody is told when to come back, not all at the same moment."""

    async def act(row: Row, crowd: Crowd) -> None:
        server = crowd.stand.first
        await crowd.until_sent(0.4)
        here = [client for client in crowd.everybody if client.live.is_set()]
        await by_hand(server.stop)
        await by_hand(server.start)
        row.recovery_s = await crowd.recovery(now())
        byes = [client.byes for client in here]
        row.must(all(len(found) == 1 for found in byes), "somebody was not told to come back")
        moments = [after for found in byes for after in found]
        row.notes.append(f"told to come back after {min(moments)} to {max(moments)} ms")
        row.must(max(moments) - min(moments) >= 400, "all were told to come back at the same moment")
        row.must(all(client.closed[0] == 4000 for client in here), "a socket was not closed with 4000")
        row.must("Traceback" not in server.log, "the server's log has a traceback")

    hold(row, on_sqlite(folder), size, seconds=8, act=act)


# -- Redis -------------------------------------------------------------------------------------------------------


def two_processes(row: Row, folder: Path, size: Size) -> None:
    """Nothing goes wrong: two processes, one PostgreSQL, one Redis, the same numbers everywhere."""

    async def act(row: Row, crowd: Crowd) -> None:
        await crowd.until_sent(1)

    hold(row, on_postgres(folder, processes=2, with_bell=True), size, seconds=6, act=act)
    _expect_undisturbed(row)


def redis_away(row: Row, folder: Path, size: Size, *, away: float, freeze: bool = False) -> None:
    """Killed, or frozen in the middle of everything; two processes that rang for each other through it."""

    async def act(row: Row, crowd: Crowd) -> None:
        bell = crowd.stand.bell
        assert bell is not None
        await crowd.until_sent(0.3)
        gone = now()
        if freeze:
            assert bell.pid is not None
            os.kill(bell.pid, signal.SIGSTOP)
            await asyncio.sleep(away)
            os.kill(bell.pid, signal.SIGCONT)
        else:
            await by_hand(bell.kill)
            await asyncio.sleep(away)
            await by_hand(bell.start)
        back = now()
        row.must(crowd.sent > 0.35 * crowd.planned, "nothing was given while Redis was away")
        if not freeze:
            await crowd.until(lambda: _listeners(bell.url) >= 2, within=20)
        row.recovery_s = now() - back
        row.notes.append(f"screens {lag(crowd, since=gone, until=back):.2f} s late while Redis was away")
        logged = sum(server.log.count("The bell") for server in crowd.stand.servers)
        row.notes.append(f"{logged} warnings in the logs")

    stand = on_postgres(folder, processes=2, with_bell=True)
    hold(row, stand, size, seconds=away * 1.4 + 5, act=act)
    _expect_undisturbed(row)


def redis_2_s(row: Row, folder: Path, size: Size) -> None:
    redis_away(row, folder, size, away=2)


def redis_20_s(row: Row, folder: Path, size: Size) -> None:
    redis_away(row, folder, size, away=20)


def redis_frozen(row: Row, folder: Path, size: Size) -> None:
    redis_away(row, folder, size, away=6, freeze=True)


def idle(row: Row, folder: Path, size: Size) -> None:
    """Nobody does anything for 15 s: everybody is still connected, and notifications still arrive."""

    async def act(row: Row, crowd: Crowd) -> None:
        await crowd.until_sent(1)
        await crowd.until(lambda: not any(client.outbox for client in crowd.everybody))
        await asyncio.sleep(15)
        row.must(_listeners(crowd.stand.bell.url) == 2, "a process no longer listens for the bell")  # type: ignore[union-attr]
        asked = await crowd.lead.ask("clock.add", {"step": crowd.vote, "seconds": 30})
        await crowd.until(lambda: all(client.seq >= (asked.seq or 0) for client in crowd.everybody), within=10)
        row.notes.append(f"the first word after it was everywhere {now() - asked.acknowledged_at:.2f} s later")

    hold(row, on_postgres(folder, processes=2, with_bell=True), size, seconds=2, act=act)
    _expect_undisturbed(row)


def _listeners(url: str) -> int:
    """Return how many processes subscribe to the notifications of the one session that has people."""
    client = redis_client.Redis.from_url(url)
    try:
        channels = client.pubsub_channels("*group*")
        return max((int(count) for _, count in client.pubsub_numsub(*channels)), default=0) if channels else 0
    except redis_client.RedisError:
        return 0
    finally:
        client.close()


# -- PostgreSQL --------------------------------------------------------------------------------------------------


def postgres_away(row: Row, folder: Path, size: Size, *, away: float) -> None:
    """Answers wait and arrive; no socket is closed for it. Somebody joins meanwhile."""

    async def act(row: Row, crowd: Crowd) -> None:
        database = crowd.stand.database
        assert database is not None
        await crowd.until_sent(0.3)
        joining = asyncio.create_task(keep_joining(crowd))
        await by_hand(lambda: database.restart(away=away))
        row.recovery_s = await crowd.recovery(now())
        row.must(row.recovery_s <= BACK_S, f"answers took {row.recovery_s:.1f} s after it was back")
        tries, statuses = await joining
        row.notes.append(f"a newcomer came in at try {tries}; before that: {statuses or 'nothing'}")
        row.must(set(statuses) <= {503}, f"a newcomer met {sorted(set(statuses))}")
        server = crowd.stand.first
        row.must("Traceback" not in server.log, "the server's log has a traceback")

    hold(row, on_postgres(folder), size, seconds=away + 6, act=act)
    row.must(row.sockets_closed == 0, f"{row.sockets_closed} sockets were closed")
    row.must(row.refused == 0, f"{row.refused} answers were refused")


def postgres_restarted(row: Row, folder: Path, size: Size) -> None:
    postgres_away(row, folder, size, away=0)


def postgres_4_s(row: Row, folder: Path, size: Size) -> None:
    postgres_away(row, folder, size, away=4)


async def keep_joining(crowd: Crowd) -> tuple[int, list[int]]:
    """Join as a page would; return at which try it worked, and the HTTP codes before."""
    statuses: list[int] = []
    await asyncio.sleep(0.2)
    async with httpx.AsyncClient(verify=PLAIN, base_url=crowd.stand.first.base, timeout=40) as client:
        for tries in range(1, 40):
            address = f"/api/v1/sessions/{crowd.code}/participants"
            answer = await client.post(address, json={"sector": SECTORS[0]})
            if answer.status_code == 201:
                return tries, statuses
            statuses.append(answer.status_code)
            await asyncio.sleep(0.5)
    raise RuntimeError(f"nobody could join: {statuses}")


def _expect_undisturbed(row: Row) -> None:
    row.must(row.sockets_closed == 0, f"{row.sockets_closed} sockets were closed")
    row.must(row.refused == 0, f"{row.refused} answers were refused")
    row.must(row.lag_s <= SCREENS_S, f"screens were {row.lag_s:.2f} s late")
