"""A burst by each ballot, in one session on one server: the same phones, a round of each after the other.

Dots come at the beginning, in the middle and at the end, and the median of the three is what the others are held
against: the database grows meanwhile, and the machine is not the same from minute to minute.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from .processes import Generator, Process, run_module, serve
from .recount import read_rounds, recount
from .results import Findings
from .sizes import SIZE, say


def measure_ballots(folder: Path, generator: Generator) -> Findings:
    """Tell of each ballot its rates; then, from what is stored, what was lost and doubled."""
    folder.mkdir()
    made = run_module("ballots", str(SIZE.items), str(SIZE.budget), data=folder)
    server = serve(folder)
    try:
        server.warm_up(made["code"])
        say(f"{SIZE.phones} phones join, for a round of each ballot")
        generator.ask("join", address=server.address, code=made["code"], sectors=made["sectors"], phones=SIZE.phones)
        turns: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for vote in made["votes"]:
            same = turns[vote["ballot"]]
            same.append(_cast(server, generator, made, vote, folder))
            rates = [round(turn["commands_per_s"]) for turn in same]
            yield f"burst.{vote['ballot']}", _median(same) | {"turns": rates}
    finally:
        server.end()
    rounds = read_rounds(target=str(folder / "cocreation.sqlite3"), session=made["session"])
    amiss: dict[str, Counter[str]] = defaultdict(Counter)
    for vote in made["votes"]:
        acked = json.loads(_store(folder, vote).read_text())
        lost, doubled = recount(vote, acked=acked, stored=rounds[vote["round"]])
        amiss[vote["ballot"]] += Counter(lost=lost, doubled=doubled)
    for ballot, found in amiss.items():
        refused = sum(turn["refused"] for turn in turns[ballot])
        yield (
            f"burst.{ballot}",
            {"lost": found["lost"], "doubled": found["doubled"], "amiss": found.total() + refused},
        )


def _median(turns: list[dict[str, Any]]) -> dict[str, Any]:
    return sorted(turns, key=lambda turn: turn["commands_per_s"])[len(turns) // 2]


def _cast(
    server: Process, generator: Generator, made: dict[str, Any], vote: dict[str, Any], folder: Path
) -> dict[str, Any]:
    say(f"the burst by {vote['ballot']}: {SIZE.phones} phones × {SIZE.commands} commands")
    generator.ask(
        "open_vote",
        address=server.address,
        code=made["code"],
        cookies=made["cookies"],
        step=vote["step"],
        rest=SIZE.rest_s,
    )
    return generator.ask("cast_all", pid=server.pid, vote=vote, commands=SIZE.commands, store=str(_store(folder, vote)))


def _store(folder: Path, vote: dict[str, Any]) -> Path:
    return folder / f"{vote['ballot']}-{vote['round']}.json"
