"""The attacks by streams: bodies, connections, sockets, frames, joins; and what each must not do to a room."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sessions.domain.commands import ChangeSector
from sessions.domain.waiting_room import LISTED, MOST
from sessions.live.limits import BURST, PER_SECOND, PRICES
from sessions.server.requests import IDLE_S
from tests.server import ROOT, RunningServer

from .voters import Voters, Watched, p99

ACKNOWLEDGED_MS = 500
MEMORY_BYTES = 40_000_000
"""What the server may grow by: the attack's own connections, and what Python keeps."""
ARRIVAL_MS = 12_000
"""A newcomer waits no longer than the deadline of a connection that shows nothing, and a little."""
FEW_FILES = 256


@dataclass
class AttackResult:
    """One row of the table."""

    attack: str
    saw: dict[str, Any]
    p99_vote_ms: float
    p99_command_ms: float
    votes: int
    slowest_arrival_ms: float
    turned_away: int
    memory_growth_bytes: int
    missed: list[str] = field(default_factory=list)

    def must(self, is_kept: object, promise: str) -> None:
        if not is_kept:
            self.missed.append(promise)


Check = Callable[[AttackResult, RunningServer], None]


@dataclass(frozen=True)
class Plan:
    name: str
    attacker: str
    seconds: float
    many: int
    check: Check = lambda outcome, server: None
    files: int | None = None
    """The server may open only so many files."""
    short: tuple[float, int] = (0, 0)
    """Seconds and connections of the short version."""
    memory: int = MEMORY_BYTES


def _bodies(outcome: AttackResult, server: RunningServer) -> None:
    outcome.must(outcome.saw["saw"].get("413"), "bodies are answered 413")
    outcome.must(set(outcome.saw["saw"]) <= {"413", "closed"}, f"bodies got {outcome.saw['saw']}")
    outcome.must(outcome.saw["most_bytes"] < 40_000_000, f"{outcome.saw['most_bytes']} bytes of a body were taken")


def _idle(outcome: AttackResult, server: RunningServer) -> None:
    outcome.must(outcome.saw["saw"].get("closed"), "idle connections are closed")
    outcome.must("had shown nothing, to make room" in server.log, "the log says that room was made")
    outcome.must("The limit of open files is low" in server.log, "the log says that few files may be open")


def _half(outcome: AttackResult, server: RunningServer) -> None:
    saw = outcome.saw["saw"]
    outcome.must(saw.get("head ended") and saw["head slowest"] <= 15, f"half heads end within 15 s: {saw}")
    if outcome.saw["seconds"] > 35:
        outcome.must(saw.get("body ended") and saw["body slowest"] <= 35, f"half bodies end within 35 s: {saw}")


def _silent(outcome: AttackResult, server: RunningServer) -> None:
    saw = outcome.saw["saw"]
    outcome.must(saw.get("4408") == saw.get("hello.first") == outcome.saw["many"], f"all are told and closed: {saw}")


def _readers(outcome: AttackResult, server: RunningServer) -> None:
    saw = outcome.saw["saw"]
    outcome.must(saw["asked"] >= outcome.saw["many"], f"all ask: {saw}")
    if outcome.saw["seconds"] > IDLE_S + 8:
        outcome.must(saw.get("ended"), f"who does not read is cut: {saw}")
        outcome.must(saw["slowest"] <= IDLE_S + 8, f"within {IDLE_S:.0f} s: {saw}")


def _phones(outcome: AttackResult, server: RunningServer) -> None:
    """Each may change its O as often as its budget allows, whatever it asks for."""
    saw, many, seconds = outcome.saw["saw"], outcome.saw["many"], outcome.saw["seconds"]
    outcome.must(saw.get("let in") == many, f"a room behind one address is let in: {saw}")
    most = (BURST + PER_SECOND * seconds) / PRICES[ChangeSector]
    outcome.must(0 < saw.get("stored", 0) <= many * most, f"commands that were stored: {saw}")
    outcome.must(saw.get("rate.slow_down"), f"who gives too many is told: {saw}")


def _cut_off(outcome: AttackResult, server: RunningServer) -> None:
    outcome.must(outcome.saw["saw"].get("4429") or outcome.saw["saw"].get("1006"), f"cut off: {outcome.saw['saw']}")


def _joins(outcome: AttackResult, server: RunningServer) -> None:
    outcome.must(outcome.saw["saw"] == {"201": outcome.saw["many"]}, f"joins: {outcome.saw['saw']}")
    for what, is_kept in outcome.saw["console"].items():
        outcome.must(is_kept, what)


def _requests(outcome: AttackResult, server: RunningServer) -> None:
    many = outcome.saw["many"]
    told = {"202": min(many, MOST)} | ({"503": many - MOST} if many > MOST else {})
    outcome.must(outcome.saw["saw"] == told, f"requests: {outcome.saw['saw']}")
    for what, is_kept in outcome.saw["console"].items():
        outcome.must(is_kept, what)


PLANS = (
    Plan("nothing, to compare with", "nothing", 8, 1, short=(3, 1)),
    Plan("bodies of 60 MB to any address", "bodies", 12, 8, _bodies, short=(3, 4)),
    Plan("300 idle connections, 256 files", "idle", 20, 300, _idle, files=FEW_FILES, short=(6, 300)),
    Plan("300 half-sent requests", "half", 40, 300, _half, short=(16, 60), memory=80_000_000),
    Plan("1,000 sockets without a hello", "silent", 25, 1_000, _silent, short=(18, 100), memory=120_000_000),
    Plan("800 readers of a byte a second", "readers", 75, 800, _readers, short=(8, 60), memory=175_000_000),
    Plan("10,000 empty frames a packet, one sender", "packets", 10, 1, _cut_off, short=(3, 1)),
    Plan("10,000 empty frames a packet, four senders", "packets", 10, 4, _cut_off, short=(3, 4)),
    Plan("single empty frames, four senders", "frames", 10, 4, _cut_off, short=(3, 4)),
    Plan("pings and pieces, four senders", "pings", 10, 4, _cut_off, short=(3, 4)),
    Plan("200 phones of one client that change their O", "phones", 20, 200, _phones, short=(10, 40), memory=80_000_000),
    Plan("3,000 joins from one client", "joins", 90, 3_000, _joins, short=(30, 120), memory=120_000_000),
    Plan("3,000 requests to be let in from one client", "requests", 90, 3_000, _requests, short=(30, 300)),
)


def play(plan: Plan, folder: Path, *, short: bool = False) -> AttackResult:
    """Carry out one attack against a server of its own."""
    server = RunningServer(data_dir=folder)
    if plan.files is not None:
        few = ["bash", "-c", f'ulimit -n {plan.files}; exec "$@"', "serve", *server.command]
        server = RunningServer(data_dir=folder, port=server.port, command=few)
    with server:
        return asyncio.run(_play((plan,), server, short=short))[plan.name]


def play_in_turn(
    plans: Sequence[Plan], folder: Path, *, waits: Mapping[str, float] | None = None
) -> dict[str, AttackResult]:
    """Carry out the short versions of several attacks, one after the other, against one server; outcomes by name.

    `waits`: constant → how many seconds the server waits, where that is not as long as the program does.
    """
    with RunningServer(data_dir=folder, waits=waits) as server:
        return asyncio.run(_play(plans, server, short=True))


async def _play(plans: Sequence[Plan], server: RunningServer, *, short: bool) -> dict[str, AttackResult]:
    room = Voters(server)
    await room.come()
    try:
        return {
            plan.name: await _meet(plan, room, *(plan.short if short else (plan.seconds, plan.many))) for plan in plans
        }
    finally:
        await room.go()


async def _meet(plan: Plan, room: Voters, seconds: float, many: int) -> AttackResult:
    server, lead = room.server, room.crowd.lead
    if plan.attacker == "requests":
        await lead.ask("session.edit", {"approval": True})
    before = len(lead.snapshot["participants"])
    await asyncio.sleep(1)
    saw, watched = await room.during(_attack(plan.attacker, server, seconds, many))
    outcome = judge(plan.name, saw | {"seconds": seconds, "many": many}, watched, memory=plan.memory)
    if plan.attacker == "joins":
        outcome.saw["console"] = await _end_flood(room, many)
    if plan.attacker == "requests":
        outcome.saw["console"] = await _refuse_all(room, min(many, MOST), before=before)
    plan.check(outcome, server)
    outcome.must("Traceback" not in server.log, "nothing failed in the server")
    return outcome


async def _attack(name: str, server: RunningServer, seconds: float, many: int) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        *(
            sys.executable,
            "-m",
            "tools.attacks.attackers",
            name,
            str(server.port),
            server.code,
            str(seconds),
            str(many),
        ),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        told, _ = await asyncio.wait_for(process.communicate(), seconds + 30)
    except TimeoutError:
        process.kill()
        raise
    found: dict[str, Any] = json.loads(told)
    return found


def judge(name: str, saw: dict[str, Any], watched: Watched, *, memory: int = MEMORY_BYTES) -> AttackResult:
    """Hold what the room met against what is promised."""
    outcome = AttackResult(
        attack=name,
        saw=saw,
        p99_vote_ms=round(p99(watched.votes)),
        p99_command_ms=round(p99(watched.commands)),
        votes=len(watched.votes),
        slowest_arrival_ms=round(max(watched.arrivals, default=0)),
        turned_away=watched.turned_away,
        memory_growth_bytes=watched.memory_most - watched.memory_before,
    )
    outcome.must(outcome.p99_vote_ms <= ACKNOWLEDGED_MS, f"p99 of votes {outcome.p99_vote_ms} ms")
    outcome.must(outcome.p99_command_ms <= ACKNOWLEDGED_MS, f"p99 of a console's commands {outcome.p99_command_ms} ms")
    outcome.must(watched.votes, "the room voted")
    outcome.must(not watched.trouble, f"who was in: {watched.trouble}")
    outcome.must(watched.arrivals, "somebody new came in")
    outcome.must(outcome.slowest_arrival_ms <= ARRIVAL_MS, f"a newcomer waited {outcome.slowest_arrival_ms} ms")
    outcome.must(outcome.memory_growth_bytes <= memory, f"memory grew by {outcome.memory_growth_bytes:,} bytes")
    return outcome


async def _end_flood(room: Voters, many: int) -> dict[str, bool]:
    """The console is told of the flood; one act ends it, and takes nobody out who is present; another takes it back."""
    lead = room.crowd.lead
    present = set(lead.room["here"])

    def flood() -> dict[str, Any]:
        found: dict[str, Any] = lead.room.get("flood") or {}
        return found

    # Who joined within the last ten seconds is not judged yet.
    await room.crowd.until(lambda: flood().get("silent", 0) >= many, within=30)
    found = {
        f"the console is told of {many} who were never heard of": flood()["silent"] >= many,
        "a phone that comes now pings every 5 s": (await room.crowd.fresh(room.crowd.writers[0], lead.base)).ping_s
        == 5,
    }
    await lead.ask("participant.retire_silent", {"since": flood()["since"]})
    await room.crowd.until(lambda: flood().get("retired", 0) >= many, within=30)
    retired = {person["id"] for person in lead.snapshot["participants"] if person["retired"]}
    found["all of them are retired"] = len(retired) >= many
    found["nobody who is present is retired"] = not retired & present
    found["the door is locked"] = lead.snapshot["session"]["locked"] is True
    await lead.ask("participant.restore_silent", {"at": flood()["retired_at"]})
    await room.crowd.until(lambda: flood().get("retired", 0) == 0 and flood().get("silent", 0) >= many, within=30)
    found["it was taken back"] = not any(person["retired"] for person in lead.snapshot["participants"])
    return found


async def _refuse_all(room: Voters, many: int, *, before: int) -> dict[str, bool]:
    """The console is told how many wait, and of some who they are; one act refuses all. None of them ever was in."""
    lead = room.crowd.lead
    await room.crowd.until(lambda: (lead.room.get("door") or {}).get("waiting") == many, within=30)
    door = lead.room["door"]
    found = {f"at most {LISTED} are listed": len(door["people"]) == min(many, LISTED)}
    await lead.ask("request.refuse_all", {"until": door["until"]})
    await room.crowd.until(lambda: lead.room["door"] is None, within=30)
    found["nobody of them is a participant"] = len(lead.snapshot["participants"]) == before
    return found
