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
from .bundle import weigh_phone
from .larger import churn, grow, hold, read_programme, two_processes
from .machine import describe_machine
from .processes import ROOT, Generator, Process, daphne, prepare, serve
from .report import print_report
from .servers import OTHERS, measure_server, summarise
from .sizes import KILL_AT, QUICK, SIZE, say


class Run:
    """One database under the product: everything that is measured on it."""

    def __init__(self, folder: Path, *, database: str | None = None) -> None:
        self.data = folder
        self.database = database
        self.target = database or str(folder / "cocreation.sqlite3")
        self.found: dict[str, Any] = {}
        self.people: list[int] = []
        folder.mkdir()
        say("making a session with an open vote")
        self.vote = prepare(folder, items=SIZE.items, budget=SIZE.budget, database=database)
        self.durability = self.vote["durability"]

    def measure(self, generator: Generator, *, watch: bool) -> None:
        vote = self.vote
        server = self._serve()
        try:
            server.warm_up(vote["code"])
            idle = server.memory()
            say(f"{SIZE.phones} phones join: page, O, phone's page, socket, snapshot")
            self.found["join"] = generator.ask(
                "join", address=server.address, code=vote["code"], sectors=vote["sectors"], phones=SIZE.phones
            )
            self.found["memory"] = {"kb_per_join": (server.memory() - idle) / SIZE.phones / 1000}
            items = list(vote["items"])
            if watch:
                say("the fan-out of tallies")
                self.found["watch"] = generator.ask(
                    "watch", pid=server.pid, seconds=SIZE.watch_s, round=vote["round"], items=items
                )
                self._keep_copy()
            say(f"the burst: {SIZE.phones} phones × {SIZE.votes} votes, then kill -9")
            store = self.data / "burst.json"
            self.found["burst"] = generator.ask(
                "burst", pids=[server.pid], round=vote["round"], items=items, votes=SIZE.votes, budget=SIZE.budget,
                kill_at=KILL_AT, store=str(store),
            )  # fmt: skip
        finally:
            server.end()
        self.found["burst"] |= check_burst(target=self.target, session=vote["session"], store=store)
        say("everybody comes back after the restart")
        killed = time.monotonic()
        server = self._serve()
        started = time.monotonic() - killed
        try:
            server.warm_up(vote["code"])
            idle = server.memory()
            back = generator.ask("come_back", address=server.address)
            self.found["return"] = back
            self.found["rejoin"] = back | {"start_s": started, "from_kill_s": started + back["seconds"]}
            self.found["memory"]["kb_per_phone"] = (server.memory() - idle) / SIZE.phones / 1000
            if watch:
                self.found["churn"] = churn(server, generator)
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


def compare(run: Run, generator: Generator) -> dict[str, Any]:
    """The bare loop and the stock way, with the bytes that the product sent."""
    sample = run.found["watch"]["sample"]
    found: dict[str, Any] = {}
    say("the same bytes from a bare ASGI loop")
    server = daphne("tests.bench.bare", run.data)
    try:
        generator.ask("connect", address=server.address, phones=SIZE.phones)
        found["bare"] = generator.ask("watch_given", pid=server.pid, seconds=SIZE.watch_s, start=sample)
    finally:
        server.end()
    say("the same tally the stock way: group_send to a JSON consumer per socket")
    settings = "tests.bench.stock_settings"
    server = daphne("tests.bench.stock", run.stock_file.parent, settings=settings)
    try:
        generator.ask("connect", address=server.address, phones=SIZE.phones)
        start = {"repeat": json.loads(sample)}
        found["stock"] = generator.ask("watch_given", pid=server.pid, seconds=SIZE.watch_s, start=start)
    finally:
        server.end()
    say(f"votes the stock way for {SIZE.stock_s:.0f} s: one update_or_create each")
    server = daphne("tests.bench.stock", run.stock_file.parent, settings=settings)
    try:
        generator.ask("connect", address=server.address, phones=SIZE.phones)
        found["stock_burst"] = generator.ask(
            "stock_burst", people=run.people, places=list(run.vote["items"].values()), seconds=SIZE.stock_s
        )
    finally:
        server.end()
    return found


def main() -> int:
    began = time.monotonic()
    machine = describe_machine()
    folder = Path(tempfile.mkdtemp(prefix="cocreation-bench-"))
    log = (folder / "generator.log").open("ab")
    generator = Generator(log)
    try:
        say(f"SQLite{', quick: fewer phones, shorter' if QUICK else ''}")
        lite = Run(folder / "sqlite")
        lite.measure(generator, watch=True)
        compared = compare(lite, generator)
        say("PostgreSQL")
        with postgres(durable=True) as server:
            grown = Run(folder / "postgres", database=create_database(server.url, f"bench_{os.getpid()}"))
            grown.measure(generator, watch=False)
            two = two_processes(folder / "two", generator, postgres_url=server.url)
        found = lite.found
        servers = {
            "daphne": summarise(
                join=found["join"], watch=found["watch"], burst=found["burst"], back=found["return"],
                kb=found["memory"]["kb_per_phone"],
            )
        } | {name: measure_server(name, folder / name, generator) for name in OTHERS}  # fmt: skip
        more = {
            "servers": servers,
            "held": hold(folder / "held", generator),
            "growth": grow(folder / "growth"),
            "programme": read_programme(folder / "programme"),
            "processes_2": two,
        }
    except BaseException:
        for path in (*folder.glob("*.log"), *folder.glob("*/*.log")):
            if text := path.read_text(errors="replace").strip():
                print(f"--- {path.name}\n{text[-2000:]}", file=sys.stderr)
        raise
    finally:
        generator.end()
        shutil.rmtree(folder, ignore_errors=True)
    result = _put_together(lite, grown, compared, machine) | more
    result["seconds"] = round(time.monotonic() - began, 1)
    target = ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(result, indent=2) + "\n")
    return print_report(result)


def _put_together(lite: Run, grown: Run, compared: dict[str, Any], machine: dict[str, object]) -> dict[str, Any]:
    watch, bare, stock = lite.found["watch"], compared["bare"], compared["stock"]
    keep = ("frames", "us_per_frame", "bytes_per_frame")
    return {
        "quick": QUICK,
        "machine": machine | {"sqlite": lite.durability, "postgres": grown.durability},
        "fanout": {
            "phones": SIZE.phones,
            "ratio_to_bare": watch["us_per_frame"] / bare["us_per_frame"],
            "stock_to_bare": stock["us_per_frame"] / bare["us_per_frame"],
            "product": {name: watch[name] for name in keep},
            "bare": {name: bare[name] for name in keep},
            "stock": {name: stock[name] for name in keep},
        },
        "burst": lite.found["burst"]
        | {
            "stock_votes_per_s": compared["stock_burst"]["votes_per_s"],
            "stock_ack_p99_ms": compared["stock_burst"]["ack_p99_ms"],
        },
        "burst_postgres": grown.found["burst"],
        "join": lite.found["join"],
        "join_postgres": grown.found["join"],
        "return": lite.found["return"],
        "return_postgres": grown.found["return"],
        "rejoin": lite.found["rejoin"],
        "rejoin_postgres": grown.found["rejoin"],
        "churn": lite.found["churn"],
        "memory": lite.found["memory"] | {"kb_per_socket": lite.found["memory"]["kb_per_phone"]},
        "phone": weigh_phone(),
    }


if __name__ == "__main__":
    sys.exit(main())
