"""Rows in which a thousand phones come back at once: cut off, after the server was killed, after a deploy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.server import RunningServer

from ..bench.audit import compare, read_votes
from ..bench.processes import Generator, prepare
from .audit import Row
from .crowd import SHORT, Size

BACK_S = 8.0
ITEMS, BUDGET = 20, 5
VOTES, VOTING_S = 4, 8.0
"""What each phone gives in the row, and within how long."""
MOST_IN_A_SECOND = 0.4
"""Share of all phones that may come back within the same second after a deploy."""


@dataclass(frozen=True, slots=True)
class ManyPhones:
    """A server, a session with an open vote, and phones in it, in a process of their own."""

    server: RunningServer
    made: dict[str, Any]
    load: Generator
    phones: int

    def stay(self) -> None:
        """Let everybody stay and begin to vote."""
        self.load.ask(
            "stay", address=self.server.base, round=self.made["round"], items=list(self.made["items"]),
            votes=VOTES, budget=BUDGET, seconds=VOTING_S,
        )  # fmt: skip

    def settle(self, row: Row) -> dict[str, Any]:
        """Wait until all is well again; fill in the row and return what happened to the phones."""
        found = self.load.ask("settle", planned=VOTES, within=60)
        stored = read_votes(target=str(self.server.data_dir / "cocreation.sqlite3"), session=int(self.made["session"]))
        given, kept = set(found["sent"]), [str(line[0]) for line in stored.lines]
        row.sent, row.acknowledged = len(given), len(found["acked"])
        row.stored = len({key.replace("-", "") for key in given} & {key.replace("-", "") for key in kept})
        row.lost, row.doubled = compare(found, stored)
        row.sockets_closed, row.refused = len(found["codes"]), found["refused"]
        row.must(row.sent == row.acknowledged == row.stored == VOTES * self.phones, "not every vote arrived")
        row.must("Traceback" not in self.server.log, "the server's log has a traceback")
        return found


@contextmanager
def many_phones(row: Row, folder: Path, size: Size) -> Iterator[ManyPhones]:
    """Yield a room of a thousand (a hundred in the short form) that is let in already."""
    phones = 100 if size == SHORT else 1000
    made = prepare(folder, items=ITEMS, budget=BUDGET)
    with RunningServer(data_dir=folder) as server, (folder / "load.log").open("wb") as log:
        load = Generator(log, module="tools.faults.herd")
        try:
            joined = load.ask("join", address=server.base, code=made["code"], sectors=made["sectors"], phones=phones)
            row.notes.append(f"{phones} phones joined in {joined['seconds']:.1f} s")
            yield ManyPhones(server, made, load, phones)
        finally:
            load.end()


def cut_off(row: Row, folder: Path, size: Size) -> None:
    """All sockets are aborted at once, and all come back at the very same moment to be caught up."""
    with many_phones(row, folder, size) as found:
        # A second of votes, so that there is something to catch up with.
        load, made = found.load, found.made
        load.ask("watch", pid=found.server.pid, seconds=1, round=made["round"], items=list(made["items"]))
        back = load.ask("come_back", address=found.server.base)
        row.must("Traceback" not in found.server.log, "the server's log has a traceback")
    row.sockets_closed, row.recovery_s = found.phones, back["seconds"]
    row.notes.append(f"{back['resumed']} of {back['phones']} resumed with the events they missed, the others anew")
    row.must(back["phones"] == found.phones, "not all came back")
    row.must(row.recovery_s <= BACK_S, f"all were caught up after {row.recovery_s:.1f} s")


def killed(row: Row, folder: Path, size: Size) -> None:
    """`kill -9` while everybody votes; it is started again at once, and phones find it by trying."""
    with many_phones(row, folder, size) as found:
        happened, began, started = _restart(row, found, found.server.kill)
    row.recovery_s = max(happened["back"]) - began
    row.notes.append(
        f"it listened again {started - began:.1f} s after the kill, the last phone was caught up "
        f"{max(happened['back']) - started:.1f} s later; {happened['tries']} tries; every vote stored "
        f"{happened['settled'] - began:.1f} s after the kill"
    )
    row.must(len(happened["back"]) == found.phones, "not everybody came back once")
    row.must(row.recovery_s <= BACK_S, f"all were caught up {row.recovery_s:.1f} s after the kill")


def deploy(row: Row, folder: Path, size: Size) -> None:
    """SIGTERM while everybody votes: all are told when to come back, and the new server is not run over."""
    with many_phones(row, folder, size) as found:
        happened, began, started = _restart(row, found, found.server.stop)
    row.recovery_s = max(happened["back"]) - began
    byes = happened["byes"]
    row.must(len(byes) == found.phones, f"{len(byes)} of {found.phones} were told when to come back")
    row.must(set(happened["codes"]) == {4000}, f"sockets were closed with {sorted(set(happened['codes']))}")
    most = max(_per_second([after / 1000 for after in byes])) / found.phones
    row.notes.append(
        f"told to come back after {min(byes) / 1000:.1f} to {max(byes) / 1000:.1f} s, at most {most:.0%} in one second;"
        f" it listened again {started - began:.1f} s after SIGTERM; {happened['tries']} tries"
    )
    if size != SHORT:
        row.must(most <= MOST_IN_A_SECOND, f"{most:.0%} were told the same second")
    row.must(row.recovery_s <= 2 * BACK_S, f"all were caught up {row.recovery_s:.1f} s after SIGTERM")


def _restart(row: Row, found: ManyPhones, end: Callable[[], None]) -> tuple[dict[str, Any], float, float]:
    """End the server in the middle of the votes and start it again; return what happened, the end, the new start."""
    found.stay()
    time.sleep(VOTING_S / 4)
    began = time.time()
    end()
    found.server.start()
    started = time.time()
    return found.settle(row), began, started


def _per_second(moments: list[float]) -> list[int]:
    """Return how many moments lie in any one second, beginning at each."""
    ordered = sorted(moments)
    return [sum(first <= moment < first + 1 for moment in ordered) for first in ordered[:: max(1, len(ordered) // 50)]]
