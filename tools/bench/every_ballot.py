"""A burst by each ballot, in one session on one server: the same phones, a round of each after the other."""

from __future__ import annotations

import json
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
        cast = {}
        for vote in made["votes"]:
            cast[vote["ballot"]] = _cast(server, generator, made, vote, folder)
            yield f"burst.{vote['ballot']}", cast[vote["ballot"]]
    finally:
        server.end()
    rounds = read_rounds(target=str(folder / "cocreation.sqlite3"), session=made["session"])
    for vote in made["votes"]:
        acked = json.loads(_store(folder, vote).read_text())
        lost, doubled = recount(vote, acked=acked, stored=rounds[vote["round"]])
        amiss = lost + doubled + cast[vote["ballot"]]["refused"]
        yield f"burst.{vote['ballot']}", {"lost": lost, "doubled": doubled, "amiss": amiss}


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
    return folder / f"{vote['ballot']}.json"
