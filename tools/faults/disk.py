"""The row in which the disk is full: a file system of a few megabytes, and something else that fills it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.utils import translation

from sessions.errors import SENTENCES, Code
from tests.small_disk import CannotMount, fill, make_room, small_disk

from .audit import Row
from .client import now
from .crowd import Crowd, Size
from .servers import BACK_S, hold, keep_joining
from .stand import Skip, Stand, by_hand, on_sqlite

FULL_S = 6.0
UNDER_WAY_S = 0.3
"""What was on disk at the last free moment may be told so long after it."""


def disk_full(row: Row, folder: Path, size: Size) -> None:
    """For 6 s not a page more can be written: nothing is acknowledged, people are told, all arrives afterwards."""

    async def act(row: Row, crowd: Crowd) -> None:
        data = crowd.stand.first.data_dir
        await crowd.until_sent(0.25)
        await by_hand(lambda: fill(data))
        full = now()
        joining = asyncio.create_task(keep_joining(crowd))
        # Never shorter: the writer gives up the first batch after two seconds, and those behind it after two more.
        await asyncio.sleep(FULL_S)
        make_room(data)
        back = now()
        row.recovery_s = await crowd.recovery(back)
        row.must(row.recovery_s <= BACK_S, f"answers took {row.recovery_s:.1f} s after there was room again")
        told = [answer.acknowledged_at for _, answer in crowd.given() if answer.seq is not None]
        row.must(not any(full + UNDER_WAY_S < at < back for at in told), "something was acknowledged while full")
        given = sum(full < answer.given_at < back for _, answer in crowd.given())
        row.must(given > 0.2 * crowd.planned, "nothing was given while the disk was full")
        with translation.override("nl"):
            wanted = {str(SENTENCES[Code.UNAVAILABLE])}
        said = [client.sentences for client in crowd.writers]
        row.must(all(sentences == wanted for sentences in said), f"phones were told {said}")
        tries, statuses = await joining
        row.notes.append(f"{given} answers given while full; a newcomer came in at try {tries}, before that {statuses}")
        row.must(set(statuses) <= {503}, f"a newcomer met {sorted(set(statuses))}")
        row.must("Traceback" not in crowd.stand.first.log, "the server's log has a traceback")

    hold(row, _on_small_disk(folder), size, seconds=14, act=act)
    row.must(row.sockets_closed == 0, f"{row.sockets_closed} sockets were closed")


@contextmanager
def _on_small_disk(folder: Path) -> Iterator[Stand]:
    with ExitStack() as stack:
        try:
            stack.enter_context(small_disk(folder / "data"))
        except CannotMount as error:
            raise Skip(str(error)) from error
        yield stack.enter_context(on_sqlite(folder))
