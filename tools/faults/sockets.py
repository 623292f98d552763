"""Rows about sockets alone: one key many times, one that never reads."""

from __future__ import annotations

import asyncio
import json
import resource
import socket
import uuid
from pathlib import Path

from tests.conversation import CommandRefused, Talk

from .audit import Row, audit, read_stored
from .client import now
from .crowd import Crowd, Size
from .dial import connect_with
from .stand import by_hand, on_postgres, on_sqlite

SOCKETS = 20
MEMORY_BYTES = 25_000_000
"""What a client that never reads may cost: its cap, the frames under way, and what Python keeps for itself."""


def same_key(row: Row, folder: Path, size: Size) -> None:
    """One person on 20 sockets sends one card, and one dot, with one key at the same moment, to two processes."""

    async def story(crowd: Crowd) -> None:
        await crowd.come()
        await crowd.work(1)
        writer = crowd.writers[0]
        bases = crowd.stand.bases
        talks = [
            Talk(base=bases[number % len(bases)], code=crowd.code, role="phone", cookies=writer.cookies)
            for number in range(SOCKETS)
        ]
        await asyncio.gather(*(talk.connect() for talk in talks))
        card = {"step": crowd.collect, "text": "Twintig keer dezelfde kaart", "aspect": "both", "lang": "nl"}
        dot = {"round": crowd.round, "item": crowd.items()[0], "value": 3, "tap": 10_000}
        for do, content in (("card.write", card), ("vote.cast", dot)):
            key = str(uuid.uuid4())
            told = await asyncio.gather(*(talk.call(do, content, key=key) for talk in talks))
            row.must(all(answer == told[0] for answer in told), f"{do}: one key got several answers")
            other = content | ({"text": "Een andere"} if do == "card.write" else {"value": 1})
            row.must(await _refusal(talks[3], do, other, key) == "key.reused", f"{do}: the key took another content")
            answer = writer.give(do, content, key=key)
            await asyncio.wait_for(answer.done.wait(), 20)
            row.must(answer.seq == told[0]["seq"], f"{do}: the first answer was forgotten")
        await asyncio.gather(*(talk.close() for talk in talks))
        stored = await by_hand(lambda: read_stored(crowd.stand.first, crowd.code))
        times = list(stored.cards.values()).count(card["text"])
        row.must(times == 1, f"the card is there {times} times")
        await crowd.settle()
        await audit(row, crowd)
        await crowd.go()

    with on_postgres(folder, processes=2, with_bell=True) as stand:
        asyncio.run(story(Crowd(stand, size)))
    row.must(row.sockets_closed == 0, f"{row.sockets_closed} sockets were closed")


async def _refusal(talk: Talk, do: str, content: dict[str, object], key: str) -> str:
    try:
        await talk.call(do, content, key=key)
    except CommandRefused as refused:
        return refused.code
    return "none"


def never_reads(row: Row, folder: Path, size: Size) -> None:
    """Clients with the smallest receive buffer ask and ask and read nothing; the others notice nothing."""

    async def story(crowd: Crowd) -> None:
        await crowd.come()
        server = crowd.stand.first
        pid = server.pid
        assert pid is not None
        await crowd.until(lambda: all(client.live.is_set() for client in crowd.everybody))
        before = memory(pid)
        deaf = asyncio.create_task(_be_deaf(crowd, pid))
        await crowd.work(8)
        found = await deaf
        row.notes.append(
            f"closed after {found['closed_s']:.1f} s and {found['sent']} hellos; the server's memory grew at most "
            f"{(found['most'] - before) / 1e6:.1f} MB, from {before / 1e6:.0f} MB"
        )
        row.must(found["closed"], "a client that never reads was not closed")
        row.must(found["most"] - before <= MEMORY_BYTES, f"the server grew by {(found['most'] - before) / 1e6:.0f} MB")
        await crowd.settle()
        await audit(row, crowd)
        await crowd.go()

    with on_sqlite(folder) as stand:
        asyncio.run(story(Crowd(stand, size)))
    row.must(row.sockets_closed == 0, f"{row.sockets_closed} sockets of others were closed")
    row.must(row.lag_s <= 2, f"others' screens were {row.lag_s:.1f} s late")


async def _be_deaf(crowd: Crowd, pid: int) -> dict[str, float]:
    """Say hello on and on without a word read, until the server hangs up; return what happened."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    cookies = crowd.writers[0].cookies
    address = f"{crowd.stand.first.base}/ws/s/{crowd.code}/?as=phone"
    opened = await connect_with(line, address, cookies)
    closed = asyncio.Event()
    opened.on_close = lambda _: closed.set()
    opened.transport.pause_reading()  # type: ignore[attr-defined]
    begun, sent, most = now(), 0, 0
    hello = {"do": "hello", "with": {"protocol": 2, "lang": "nl"}}
    while now() - begun < 20 and not closed.is_set():
        for _ in range(25):
            sent += 1
            opened.send_text(json.dumps({"id": sent, **hello}).encode())
        most = max(most, memory(pid))
        await asyncio.sleep(0.1)
    for _ in range(20):
        most = max(most, memory(pid))
        await asyncio.sleep(0.1)
    found = {"closed": closed.is_set(), "closed_s": now() - begun, "sent": sent, "most": most}
    opened.abort()
    return found


def memory(pid: int) -> int:
    """Return the bytes of a process in memory now."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
