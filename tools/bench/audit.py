"""After `kill -9`: what stands in the database, from a new connection, against what phones were told."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

SETTLED_S = 1.0
"""Votes younger than this when the server was killed had no time to reach screens and are not counted there."""

Row = tuple[Any, ...]


@contextmanager
def open_database(target: str) -> Iterator[Any]:
    """Yield `read(query, *values)` on a connection of its own. `target`: a file or a postgresql address."""
    if target.startswith("postgresql:"):
        import psycopg

        with psycopg.connect(target) as connection:
            yield lambda query, *values: connection.execute(query.replace("?", "%s"), values).fetchall()
    else:
        with closing(sqlite3.connect(target)) as lite:
            yield lambda query, *values: lite.execute(query, values).fetchall()


def check_burst(*, target: str, session: int, store: Path) -> dict[str, Any]:
    """Return what was lost and doubled, and how long votes took to every screen."""
    told = json.loads(store.read_text())
    stored = read_votes(target=target, session=session)
    lost, doubled = compare(told, stored)
    return {"lost": lost, "doubled": doubled, **_time_screens(told, stored.lines)}


class Votes(NamedTuple):
    """Lines (key, number, time, person), dots (person, item, value, tap) and ballots (person, spent, budget)."""

    lines: list[Row]
    votes: list[Row]
    ballots: list[Row]


def read_votes(*, target: str, session: int) -> Votes:
    """Return what is stored of a session with one round."""
    with open_database(target) as read:
        lines = read(
            "SELECT key, seq, at, actor_id FROM workshop_event WHERE session_id = ? AND kind = 'vote.cast'", session
        )
        votes = read(
            "SELECT v.participant_id, i.public_id, v.value, v.tap FROM workshop_vote v"
            " JOIN workshop_rounditem p ON p.id = v.round_item_id JOIN workshop_item i ON i.id = p.item_id"
            " WHERE i.session_id = ?", session,
        )  # fmt: skip
        ballots = read(
            "SELECT b.participant_id, b.spent, b.budget FROM workshop_ballot b"
            " JOIN workshop_round r ON r.id = b.round_id WHERE r.session_id = ?", session,
        )  # fmt: skip
    return Votes(lines, votes, ballots)


def compare(told: dict[str, Any], stored: Votes) -> tuple[int, int]:
    """Return how many were lost and doubled. A vote is lost when it was acknowledged and its line, or its dot, is not
    there."""
    lines, votes, ballots = stored
    keys = Counter(_key(line[0]) for line in lines)
    people = {_key(line[0]): line[3] for line in lines}
    stand = {(person, item): (value, tap) for person, item, value, tap in votes}
    newest: dict[tuple[int, str], tuple[int, int]] = {}
    lost = 0
    for key, _, item, value, tap in told["acked"]:
        if key not in keys:
            lost += 1
        else:
            place = (people[key], item)
            newest[place] = max(newest.get(place, (0, 0)), (tap, value))
    for place, (tap, value) in newest.items():
        found_value, found_tap = stand.get(place, (None, -1))
        # A later tap of the same person may have been stored without its answer getting through.
        if found_tap < tap or (found_tap == tap and found_value != value):
            lost += 1
    doubled = sum(n - 1 for n in keys.values())
    spent: Counter[int] = Counter()
    for person, _, value, _ in votes:
        spent[person] += value
    doubled += sum(1 for person, counted, budget in ballots if spent[person] != counted or counted > budget)
    return lost, doubled


def _time_screens(told: dict[str, Any], lines: list[Row]) -> dict[str, float]:
    """Return p50 and p99, over every vote and every phone, of the time until a tally with that vote was there.

    From the moment its batch began, which is in the log and a little before the commit, to the arrival of the first
    tally frame that counts it. No frame until the end counts as the time until the end.
    """
    begun, end = told["begun_at"], told["killed_at"]
    batches: dict[float, list[int]] = {}
    for _, seq, at, _ in lines:
        batches.setdefault(_moment(at), []).append(seq)
    told_of = [(at, max(seqs), len(seqs)) for at, seqs in sorted(batches.items()) if at >= begun]
    settled = [batch for batch in told_of if batch[0] <= end - SETTLED_S] or told_of
    waits: list[tuple[float, int]] = []
    for frames in told["frames"]:
        numbers = [number for number, _ in frames]
        for at, newest, votes in settled:
            place = bisect_left(numbers, newest)
            arrived = frames[place][1] if place < len(frames) else end
            waits.append((arrived - at, votes))
    waits.sort()
    whole = sum(votes for _, votes in waits)
    return {
        "screen_p50_ms": _weighted(waits, whole * 0.5) * 1000,
        "screen_p99_ms": _weighted(waits, whole * 0.99) * 1000,
        "batches": len(batches),
    }


def _weighted(waits: list[tuple[float, int]], reach: float) -> float:
    counted = 0
    for wait, votes in waits:
        counted += votes
        if counted >= reach:
            return wait
    return 0.0


def _key(stored: Any) -> str:
    return str(stored if isinstance(stored, UUID) else UUID(hex=stored))


def _moment(stored: Any) -> float:
    if isinstance(stored, str):
        stored = dt.datetime.fromisoformat(stored)
    if stored.tzinfo is None:
        stored = stored.replace(tzinfo=dt.UTC)
    return float(stored.timestamp())
