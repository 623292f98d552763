"""What grows with an agenda and with groups: many finished rounds behind a vote, and changes told to one group."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from .processes import Generator, Process, run_module, serve
from .sizes import KILL_AT, SIZE, say


def measure_groups(folder: Path, generator: Generator, *, us_per_frame: float | None) -> dict[str, Any]:
    """Everybody sits in a group; a card goes to the phones of its group alone.

    `us_per_frame`: what a frame that everybody is sent costs per phone, to compare with.
    """
    say(f"{SIZE.phones} phones in {SIZE.groups} groups: a card to the phones of its group")
    folder.mkdir()
    made = run_module("circles", str(SIZE.phones), str(SIZE.groups), data=folder)
    server = _serve_circles(folder)
    try:
        server.warm_up(made["code"])
        generator.ask("enter", address=server.address, code=made["code"], cookie=made["cookie"], tokens=made["tokens"])
        found = generator.ask(
            "write_in_groups", pid=server.pid, seconds=SIZE.watch_s, groups=SIZE.groups, step=made["step"],
            pillar=made["pillar"], cards=made["cards"],
        )  # fmt: skip
    finally:
        server.end()
    if us_per_frame is not None:
        found["us_per_shared"] = us_per_frame * SIZE.phones
        found["ratio_to_shared"] = found["us_per_change"] / found["us_per_shared"]
    return found


def _serve_circles(data: Path) -> Process:
    command = [
        sys.executable, "-m", "tools.bench.circles_server", "serve", "--host", "127.0.0.1", "--port", "{port}",
        "--data-dir", str(data),
    ]  # fmt: skip
    env = {"DATA_DIR": str(data)}
    return Process(command=command, env=env, log=data / "server.log", probe="/health/ready").start()


def measure_agenda(folder: Path, generator: Generator) -> dict[str, Any]:
    """The same joins, votes and returns in a session without a past and in one with finished rounds."""
    folder.mkdir()
    found: dict[str, Any] = {}
    for name, rounds in (("none", 0), ("finished", SIZE.finished)):
        found[name] = _measure_after(folder / name, generator, rounds=rounds)
    none, finished = found["none"], found["finished"]
    return found | {
        "rounds": SIZE.finished,
        "snapshot_kb": finished["snapshot_kb"],
        "join_ratio": finished["join_s"] / none["join_s"],
        "return_ratio": finished["return_s"] / none["return_s"],
        "votes_ratio": finished["votes_per_s"] / none["votes_per_s"],
    }


def _measure_after(folder: Path, generator: Generator, *, rounds: int) -> dict[str, Any]:
    """As many people voted before as join now, and these are new people: both measurements join the same way."""
    say(f"{SIZE.phones} phones after {rounds} finished rounds of {SIZE.agenda_items} items")
    folder.mkdir()
    made = run_module("agenda", str(rounds), str(SIZE.agenda_items), str(SIZE.phones), str(SIZE.budget), data=folder)
    server = serve(folder)
    try:
        server.warm_up(made["code"])
        # Somebody who voted in all of them: what is theirs is in the snapshot too.
        seen = generator.ask(
            "look", address=server.address, code=made["code"], cookie=made["cookie"], token=made["tokens"][0]
        )
        joined = generator.ask(
            "join", address=server.address, code=made["code"], sectors=made["sectors"], phones=SIZE.phones
        )
        burst = generator.ask(
            "burst", pids=[server.pid], round=made["round"], items=made["items"], votes=SIZE.votes, budget=SIZE.budget,
            kill_at=KILL_AT, store=str(folder / "burst.json"),
        )  # fmt: skip
    finally:
        server.end()
    server = serve(folder)
    try:
        server.warm_up(made["code"])
        back = generator.ask("come_back", address=server.address)
    finally:
        server.end()
    return {
        "snapshot_kb": seen["bytes"] / 1000,
        "hello_ms": seen["hello_ms"],
        "join_s": joined["seconds"],
        "return_s": back["seconds"],
        "votes_per_s": burst["votes_per_s"],
        "ack_p99_ms": burst["ack_p99_ms"],
    }
