"""`make bench`: measures, prints what must be and what is, writes build/bench.json. Exits 1 when a must is missed."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.services import create_database, postgres

from .audit import check_burst, open_database
from .bundle import weigh_ballots, weigh_phone
from .every_ballot import measure_ballots
from .growing import measure_agenda, measure_groups
from .larger import churn, grow, hold, over_http, read_programme, two_processes
from .machine import describe_machine
from .processes import ROOT, Generator, Process, daphne, prepare, serve
from .report import print_report
from .results import Findings, Results
from .servers import OTHERS, measure_server, summarise
from .sizes import KILL_AT, QUICK, SIZE, say

TARGET = ROOT / "build" / "bench.json"


class Run:
    """One database under the product: everything that is measured on it. `suffix`: of its keys in build/bench.json."""

    def __init__(self, folder: Path, *, database: str | None = None, suffix: str = "") -> None:
        self.data = folder
        self.database = database
        self.target = database or str(folder / "cocreation.sqlite3")
        self.suffix = suffix
        self.people: list[int] = []
        self.sample = ""
        """A tally frame as it went out."""
        folder.mkdir()
        say("making a session with an open vote")
        self.vote = prepare(folder, items=SIZE.items, budget=SIZE.budget, database=database)

    def measure(self, generator: Generator) -> Findings:
        """Join, watch (on SQLite), vote and be killed, come back; on SQLite over and over."""
        yield f"machine.{'postgres' if self.database else 'sqlite'}", self.vote["durability"]
        store = self.data / "burst.json"
        server = self._serve()
        try:
            yield from self._join(server, generator)
            if self.database is None:
                yield from self._watch(server, generator)
            burst = self._burst(server, generator, store)
        finally:
            server.end()
        burst |= check_burst(target=self.target, session=self.vote["session"], store=store)
        yield f"burst{self.suffix}", burst
        yield from self._return(generator)

    def _join(self, server: Process, generator: Generator) -> Findings:
        server.warm_up(self.vote["code"])
        idle = server.memory()
        say(f"{SIZE.phones} phones join: page, O, phone's page, socket, snapshot")
        yield (
            f"join{self.suffix}",
            generator.ask(
                "join", address=server.address, code=self.vote["code"], sectors=self.vote["sectors"], phones=SIZE.phones
            ),
        )
        yield f"memory{self.suffix}.kb_per_join", (server.memory() - idle) / SIZE.phones / 1000

    def _watch(self, server: Process, generator: Generator) -> Findings:
        say("the fan-out of tallies")
        items = list(self.vote["items"])
        watch = generator.ask("watch", pid=server.pid, seconds=SIZE.watch_s, round=self.vote["round"], items=items)
        self.sample = watch["sample"]
        self._keep_copy()
        yield "fanout.phones", SIZE.phones
        yield "fanout.product", kept(watch)

    def _burst(self, server: Process, generator: Generator, store: Path) -> dict[str, Any]:
        say(f"the burst: {SIZE.phones} phones × {SIZE.votes} votes, then kill -9")
        return generator.ask(
            "burst", pids=[server.pid], round=self.vote["round"], items=list(self.vote["items"]), votes=SIZE.votes,
            budget=SIZE.budget, kill_at=KILL_AT, store=str(store),
        )  # fmt: skip

    def _return(self, generator: Generator) -> Findings:
        say("everybody comes back after the restart")
        killed = time.monotonic()
        server = self._serve()
        started = time.monotonic() - killed
        try:
            server.warm_up(self.vote["code"])
            generator.ask("look_in", address=server.address)
            idle = server.memory()
            back = generator.ask("come_back", address=server.address)
            kb = (server.memory() - idle) / SIZE.phones / 1000
            yield f"return{self.suffix}", back
            yield f"rejoin{self.suffix}", back | {"start_s": started, "from_kill_s": started + back["seconds"]}
            yield f"memory{self.suffix}", {"kb_per_phone": kb, "kb_per_socket": kb}
            if self.database is None:
                yield "churn", churn(server, generator)
        finally:
            server.end()

    def _serve(self) -> Process:
        return serve(self.data, database=self.database)

    def _keep_copy(self) -> None:
        """The same people and items for the stock way, before the burst."""
        with open_database(self.target) as read:
            rows = read("SELECT id FROM workshop_participant WHERE session_id = ? ORDER BY id", self.vote["session"])
        self.people = [pk for (pk,) in rows]
        (self.data / "stock").mkdir()
        with closing(sqlite3.connect(self.target)) as source, closing(sqlite3.connect(self.stock_file)) as copy:
            source.backup(copy)

    @property
    def stock_file(self) -> Path:
        return self.data / "stock" / "cocreation.sqlite3"


def kept(watch: dict[str, Any]) -> dict[str, Any]:
    return {name: watch[name] for name in ("frames", "us_per_frame", "bytes_per_frame")}


def compare(run: Run, generator: Generator, *, us_per_frame: float) -> Findings:
    """The bare loop and the stock way, with the bytes that the product sent. `us_per_frame`: what they cost it."""
    say("the same bytes from a bare ASGI loop")
    server = daphne("tools.bench.bare", run.data)
    try:
        generator.ask("connect", address=server.address, phones=SIZE.phones)
        bare = generator.ask("watch_given", pid=server.pid, seconds=SIZE.watch_s, start=run.sample)
    finally:
        server.end()
    yield "fanout.bare", kept(bare)
    yield "fanout.ratio_to_bare", us_per_frame / bare["us_per_frame"]
    say("the same tally the stock way: group_send to a JSON consumer per socket")
    settings = "tools.bench.stock_settings"
    server = daphne("tools.bench.stock", run.stock_file.parent, settings=settings)
    try:
        generator.ask("connect", address=server.address, phones=SIZE.phones)
        start = {"repeat": json.loads(run.sample)}
        stock = generator.ask("watch_given", pid=server.pid, seconds=SIZE.watch_s, start=start)
    finally:
        server.end()
    yield "fanout.stock", kept(stock)
    yield "fanout.stock_to_bare", stock["us_per_frame"] / bare["us_per_frame"]
    say(f"votes the stock way for {SIZE.stock_s:.0f} s: one update_or_create each")
    server = daphne("tools.bench.stock", run.stock_file.parent, settings=settings)
    try:
        generator.ask("connect", address=server.address, phones=SIZE.phones)
        votes = generator.ask(
            "stock_burst", people=run.people, places=list(run.vote["items"].values()), seconds=SIZE.stock_s
        )
    finally:
        server.end()
    yield "burst", {"stock_votes_per_s": votes["votes_per_s"], "stock_ack_p99_ms": votes["ack_p99_ms"]}


def on_sqlite(results: Results, folder: Path) -> None:
    """Everything on SQLite; then the bare loop and the stock way beside it."""
    lite: list[Run] = []

    def measure(generator: Generator) -> Findings:
        lite.append(Run(folder / "sqlite"))
        yield from lite[0].measure(generator)

    results.measure("sqlite", measure)
    if lite and lite[0].sample:
        cost = results.found["fanout"]["product"]["us_per_frame"]
        results.measure("compared", lambda generator: compare(lite[0], generator, us_per_frame=cost))


def on_postgres(generator: Generator, folder: Path) -> Findings:
    say("PostgreSQL")
    with postgres(durable=True) as server:
        run = Run(folder, database=create_database(server.url, f"bench_{os.getpid()}"), suffix="_postgres")
        yield from run.measure(generator)


def on_two(generator: Generator, folder: Path) -> Findings:
    with postgres(durable=True) as server:
        yield "processes_2", two_processes(folder, generator, postgres_url=server.url)


def on_servers(results: Results, folder: Path) -> None:
    """The program on other servers; daphne's column is what was measured on SQLite."""
    found = results.found
    if "memory" in found and "kb_per_phone" in found["memory"]:
        results.put(
            "servers.daphne",
            summarise(
                join=found["join"], watch=found["fanout"]["product"], burst=found["burst"], back=found["return"],
                kb=found["memory"]["kb_per_phone"],
            ),
        )  # fmt: skip
    for name in OTHERS:
        results.measure(
            name, lambda load, name=name: iter([(f"servers.{name}", measure_server(name, folder / name, load))])
        )


def on_groups(results: Results, folder: Path, generator: Generator) -> dict[str, Any]:
    """Beside the frame to everybody, where that was measured."""
    shared = results.found.get("fanout", {}).get("product", {}).get("us_per_frame")
    return measure_groups(folder, generator, us_per_frame=shared)


def main() -> int:
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="cocreation-bench-"))
    results = Results(target=TARGET, folder=folder)
    try:
        say(f"SQLite{', quick: fewer phones, shorter' if QUICK else ''}")
        results.put("quick", QUICK)
        results.put("machine", describe_machine())
        results.put("phone", weigh_phone() | weigh_ballots())
        on_sqlite(results, folder)
        results.measure("ballots", lambda load: measure_ballots(folder / "ballots", load))
        results.measure("postgres", lambda load: on_postgres(load, folder / "postgres"))
        results.measure("two", lambda load: on_two(load, folder / "two"))
        results.measure("held", lambda load: iter([("held", hold(folder / "held", load))]))
        results.measure("http", lambda load: iter([("http", over_http(folder / "http", load))]))
        results.measure("groups", lambda load: iter([("groups", on_groups(results, folder / "groups", load))]))
        results.measure("agenda", lambda load: iter([("agenda", measure_agenda(folder / "agenda", load))]))
        results.measure("growth", lambda _: iter([("growth", grow(folder / "growth"))]))
        results.measure("programme", lambda _: iter([("programme", read_programme(folder / "programme"))]))
        on_servers(results, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        results.put("seconds", round(time.monotonic() - began, 1))
    return print_report(results.found)


if __name__ == "__main__":
    sys.exit(main())
