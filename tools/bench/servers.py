"""The program itself on other ASGI servers, in the same run: what daphne costs, and what another would give."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from .audit import check_burst
from .processes import Generator, Process, prepare
from .sizes import KILL_AT, SIZE, say

OTHERS = ("uvicorn", "granian")


def measure_server(name: str, folder: Path, generator: Generator) -> dict[str, Any]:
    """Join, watch, vote, be killed and come back, as on daphne, on SQLite."""
    say(f"the same on {name}")
    folder.mkdir()
    vote = prepare(folder, items=SIZE.items, budget=SIZE.budget)
    items, store = list(vote["items"]), folder / "burst.json"
    server = _start(name, folder)
    try:
        server.warm_up(vote["code"])
        joined = generator.ask(
            "join", address=server.address, code=vote["code"], sectors=vote["sectors"], phones=SIZE.phones
        )
        watch = generator.ask("watch", pid=server.pid, seconds=SIZE.watch_s / 2, round=vote["round"], items=items)
        burst = generator.ask(
            "burst", pids=[server.pid], round=vote["round"], items=items, votes=SIZE.votes, budget=SIZE.budget,
            kill_at=KILL_AT, store=str(store),
        )  # fmt: skip
    finally:
        server.end()
    burst |= check_burst(target=str(folder / "cocreation.sqlite3"), session=vote["session"], store=store)
    server = _start(name, folder)
    try:
        server.warm_up(vote["code"])
        idle = server.memory()
        back = generator.ask("come_back", address=server.address)
        kb = (server.memory() - idle) / SIZE.phones / 1000
    finally:
        server.end()
    return summarise(join=joined, watch=watch, burst=burst, back=back, kb=kb)


def summarise(
    *, join: dict[str, Any], watch: dict[str, Any], burst: dict[str, Any], back: dict[str, Any], kb: float
) -> dict[str, Any]:
    """Return the figures that servers are compared by."""
    return {
        "votes_per_s": burst["votes_per_s"],
        "us_per_vote": burst["server_us_per_vote"],
        "ack_p99_ms": burst["ack_p99_ms"],
        "screen_p99_ms": burst["screen_p99_ms"],
        "us_per_frame": watch["us_per_frame"],
        "join_s": join["seconds"],
        "rejoin_s": back["seconds"],
        "kb_per_socket": kb,
        "lost": burst["lost"],
        "doubled": burst["doubled"],
    }


def _start(name: str, folder: Path) -> Process:
    command = [sys.executable, "-m", "tools.bench.other", name, "{port}"]
    env = {"DATA_DIR": str(folder), "MALLOC_ARENA_MAX": "2"}
    return Process(command=command, env=env, log=folder / "server.log", probe="/health/ready").start()
