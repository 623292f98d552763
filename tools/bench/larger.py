"""Beyond one room on one server: thousands who stay, rooms that come and go, two servers, a year's programme."""

from __future__ import annotations

import os
import time
import urllib.request
from pathlib import Path
from typing import Any

import psycopg
from redis import Redis

from tests.services import create_database, redis

from .audit import check_burst, compare, read_votes
from .processes import Generator, Process, cpu_of, prepare, run_module, serve
from .sizes import KILL_AT, SIZE, say


def churn(server: Process, generator: Generator) -> dict[str, Any]:
    """Everybody goes and comes back, over and over; the memory after each time."""
    say(f"{SIZE.churns} times everybody goes and comes back")
    rounds = []
    for _ in range(SIZE.churns):
        generator.ask("come_back", address=server.address)
        time.sleep(2.5)  # daphne forgets closed connections once a second
        rounds.append(server.memory())
    return {
        "rounds": SIZE.churns,
        "phones": SIZE.phones,
        "mb": [round(size / 1e6, 1) for size in rounds],
        "growth": rounds[-1] / rounds[0],
    }


def hold(folder: Path, generator: Generator) -> dict[str, Any]:
    """As many sockets as are aimed at in one process, and a tally every second to all of them."""
    say(f"{SIZE.held} phones stay in one process, with a tally every second")
    folder.mkdir()
    vote = prepare(folder, items=SIZE.items, budget=SIZE.budget)
    crowd = run_module("crowd", vote["code"], str(SIZE.held), data=folder)
    server = serve(folder)
    try:
        server.warm_up(vote["code"])
        idle = server.memory()
        came = generator.ask(
            "enter", address=server.address, code=vote["code"], cookie=crowd["cookie"], tokens=crowd["tokens"]
        )
        found = generator.ask("tick", round=vote["round"], items=list(vote["items"]), ticks=SIZE.ticks)
        kb = (server.memory() - idle) / SIZE.held / 1000
        return found | {"enter_s": came["seconds"], "kb_per_socket": kb}
    finally:
        server.end()


def over_http(folder: Path, generator: Generator) -> dict[str, Any]:
    """A room in a network that lets no socket through: everybody votes over HTTP, with live results."""
    say(f"{SIZE.over_http} phones vote over HTTP")
    folder.mkdir()
    vote = prepare(folder, items=SIZE.items, budget=SIZE.budget)
    crowd = run_module("crowd", vote["code"], str(SIZE.over_http), data=folder)
    server = serve(folder)
    try:
        server.warm_up(vote["code"])
        before = cpu_of(server.pid)
        found = generator.ask(
            "vote_over_http", address=server.address, code=vote["code"], cookie=crowd["cookie"], tokens=crowd["tokens"],
            round=vote["round"], items=list(vote["items"]), budget=SIZE.budget, votes=SIZE.votes_over_http,
        )  # fmt: skip
        found["server_us_per_vote"] = (cpu_of(server.pid) - before) / max(1, found["votes"]) * 1e6
    finally:
        server.end()
    told = {"acked": found.pop("acked")}
    stored = read_votes(target=str(folder / "cocreation.sqlite3"), session=vote["session"])
    lost, doubled = compare(told, stored)
    return found | {"lost_or_doubled": lost + doubled}


def two_processes(folder: Path, generator: Generator, *, postgres_url: str) -> dict[str, Any]:
    """The burst once more: two servers, one PostgreSQL, one Redis, phones on both."""
    say(f"two servers on one PostgreSQL and one Redis, {SIZE.phones} phones on both")
    database = create_database(postgres_url, f"bench_two_{os.getpid()}")
    for name in ("one", "two"):
        (folder / name).mkdir(parents=True)
    vote = prepare(folder / "one", items=SIZE.items, budget=SIZE.budget, database=database)
    with redis() as bell:
        servers = [serve(folder / name, database=database, REDIS_URL=bell.url) for name in ("one", "two")]
        try:
            for server in servers:
                server.warm_up(vote["code"])
            first, second = servers
            joined = generator.ask(
                "join", address=first.address, others=[second.address], code=vote["code"], sectors=vote["sectors"],
                phones=SIZE.phones,
            )  # fmt: skip
            store = folder / "burst.json"
            before = _carried(database, bell.url)
            found = generator.ask(
                "burst", pids=[server.pid for server in servers], round=vote["round"], items=list(vote["items"]),
                votes=SIZE.votes, budget=SIZE.budget, kill_at=KILL_AT, store=str(store),
            )  # fmt: skip
            after = _carried(database, bell.url)
        finally:
            for server in servers:
                server.end()
        names = ("postgres_transactions_per_s", "redis_commands_per_s", "redis_bytes_per_s")
        for name, now, then in zip(names, after, before, strict=True):
            found[name] = (now - then) / found["seconds"]
        found |= check_burst(target=database, session=vote["session"], store=store)
        return found | {"join_s": joined["seconds"]}


def _carried(database: str, bell: str) -> tuple[int, int, int]:
    """Return PostgreSQL's transactions, Redis' commands and the bytes it sent and got, since they were started."""
    time.sleep(1)  # PostgreSQL counts a little later
    with psycopg.connect(database) as connection:
        found = connection.execute("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")
        row = found.fetchone()
        assert row is not None
    with Redis.from_url(bell) as client:
        stats = client.info("stats")
    return row[0], stats["total_commands_processed"], stats["total_net_input_bytes"] + stats["total_net_output_bytes"]


def read_programme(folder: Path) -> dict[str, Any]:
    """A year's programme: the studio's pages, the zip of every session one after the other, the one zip of all, and the
    workbook of all.
    """
    sessions, cards, votes = SIZE.programme
    say(f"a programme of {sessions} sessions, {cards:,} cards, {votes:,} votes")
    folder.mkdir()
    made = run_module("programme", *map(str, SIZE.programme), data=folder)
    server = serve(folder)
    try:
        here = f"/programmes/{made['slug']}"
        pages = [_fetch(server, f"{here}/", made["cookie"]) for _ in range(5)]
        results = [_fetch(server, f"{here}/sessions/{code}/", made["cookie"]) for code in made["codes"][:5]]
        idle = server.memory()
        files = [_fetch(server, f"/s/{code}/export/session.zip", made["cookie"]) for code in made["codes"]]
        whole_s, whole_size = _fetch(server, f"{here}/export/programme.zip", made["cookie"])
        zipped = server.peak_memory()
        workbook_s, workbook_size = _fetch(server, f"{here}/export/programme.xlsx", made["cookie"])
        return {
            "sessions": sessions,
            "cards": cards,
            "votes": votes,
            "page_s": sorted(took for took, _ in pages)[2],
            "first_page_s": pages[0][0],
            "export_s": sum(took for took, _ in files),
            "export_mb": sum(size for _, size in files) / 1e6,
            "whole_s": whole_s,
            "whole_mb": whole_size / 1e6,
            "results_s": sorted(took for took, _ in results)[2],
            "export_growth_mb": (zipped - idle) / 1e6,
            "workbook_s": workbook_s,
            "workbook_mb": workbook_size / 1e6,
            "workbook_growth_mb": (server.peak_memory() - idle) / 1e6,
        }
    finally:
        server.end()


def _fetch(server: Process, path: str, cookie: str) -> tuple[float, int]:
    """Return seconds and bytes of a download, read to its end."""
    begin, size = time.perf_counter(), 0
    request = urllib.request.Request(server.address + path, headers={"Cookie": cookie})  # noqa: S310 - our own
    with urllib.request.urlopen(request, timeout=300) as answer:  # noqa: S310
        while piece := answer.read(1 << 16):
            size += len(piece)
    return time.perf_counter() - begin, size


def grow(folder: Path) -> dict[str, Any]:
    say(f"the cost of a vote and of a tally at {SIZE.times} times the cards, votes and people")
    folder.mkdir()
    return run_module("growth", str(SIZE.times), data=folder)
