"""The table of faults, in its order of importance."""

from __future__ import annotations

import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import disk, reach, rush, screens, servers, sockets, upgrade
from .audit import Row
from .crowd import FULL, SHORT, Size
from .stand import Skip

Play = Callable[[Row, Path, Size], None]


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    play: Play


FAULTS = [
    Fault("server killed three times", servers.server_killed),
    Fault("server killed three times, PostgreSQL", servers.server_killed_postgres),
    Fault("Redis killed, 2 s", servers.redis_2_s),
    Fault("Redis killed, 20 s", servers.redis_20_s),
    Fault("Redis frozen, 6 s", servers.redis_frozen),
    Fault("PostgreSQL restarted", servers.postgres_restarted),
    Fault("PostgreSQL away 4 s", servers.postgres_4_s),
    Fault("SQLite disk full, 6 s", disk.disk_full),
    Fault("network cut, 8 s", reach.network_cut),
    Fault("a proxy refuses sockets", reach.sockets_refused),
    Fault("a proxy lets sockets hang", reach.sockets_hang),
    Fault("plain HTTP at another machine's address", reach.plain_http),
    Fault("phone asleep, 60 s", screens.asleep),
    Fault("two tabs of one person", screens.two_tabs),
    Fault("clocks of phones wrong by an hour", screens.wrong_clocks),
    Fault("deploy", servers.deploy),
    Fault("migration while a session runs", upgrade.upgrade),
    Fault("two processes", servers.two_processes),
    Fault("the same key from 20 sockets", sockets.same_key),
    Fault("1,000 phones come back at once", rush.cut_off),
    Fault("server killed, 1,000 phones", rush.killed),
    Fault("deploy, 1,000 phones", rush.deploy),
    Fault("a client that never reads", sockets.never_reads),
    Fault("idle 15 s", servers.idle),
]


def play(fault: Fault, run: int, *, short: bool = False) -> Row:
    """Let it happen once; return its row. What breaks down is a row that missed."""
    row = Row(fault.name, run)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        try:
            fault.play(row, Path(folder), SHORT if short else FULL)
        except Skip as reason:
            row.skipped = str(reason)
        except Exception as error:
            row.missed.append(f"broke down: {type(error).__name__}: {error}")
            row.notes.append(traceback.format_exc()[-3000:])
    row.seconds = time.monotonic() - begun
    return row
