"""After a round of each ballot: what stands in the database, from a new connection, against what phones were told."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from sessions.ballots import ballot_of
from sessions.ballots.mark import Mark, put_value

from .answers import number_of
from .audit import _key, open_database

Acknowledged = tuple[int, int, Mapping[str, Sequence[int | None]]]
"""Number of the phone, tap, and the whole mark of each item of the command."""


class Stored(NamedTuple):
    """Of one round: lines (key, person, item, tap), values (person, item, criterion, value, tap) in the order of
    criteria, and ballots (person, spent).
    """

    lines: list[tuple[str | None, int, str, int]]
    values: list[tuple[int, str, int, int | None, int]]
    ballots: list[tuple[int, int]]


def read_rounds(*, target: str, session: int) -> dict[str, Stored]:
    """Return round → what is stored of it."""
    found: dict[str, Stored] = defaultdict(lambda: Stored([], [], []))
    with open_database(target) as read:
        for key, person, data in read(
            "SELECT key, actor_id, data FROM workshop_event WHERE session_id = ? AND kind = 'vote.cast'", session
        ):
            about = json.loads(data) if isinstance(data, str) else data
            line = (None if key is None else _key(key), person, about["item"], about["tap"])
            found[about["round"]].lines.append(line)
        for round_, *value in read(
            "SELECT r.public_id, v.participant_id, i.public_id, v.criterion, v.value, v.tap FROM workshop_vote v"
            " JOIN workshop_rounditem p ON p.id = v.round_item_id JOIN workshop_item i ON i.id = p.item_id"
            " JOIN workshop_round r ON r.id = p.round_id WHERE r.session_id = ? ORDER BY v.criterion", session,
        ):  # fmt: skip
            found[round_].values.append(tuple(value))
        for round_, *ballot in read(
            "SELECT r.public_id, b.participant_id, b.spent FROM workshop_ballot b"
            " JOIN workshop_round r ON r.id = b.round_id WHERE r.session_id = ?", session,
        ):  # fmt: skip
            found[round_].ballots.append(tuple(ballot))
    return found


def recount(vote: dict[str, Any], *, acked: Iterable[Acknowledged], stored: Stored) -> tuple[int, int]:
    """Return how many marks were lost and doubled.

    A mark is lost when it was acknowledged and its line is not there, or when it is a phone's last one on an item and
    its values, one for each criterion, are not. Doubled are further lines of a mark, and people whose ballot says that
    they spent something else than their marks cost: two items on one place of a ranking, for example.
    """
    people = {number_of(key): person for key, person, *_ in stored.lines if key is not None}
    lines = Counter((person, item, tap) for _, person, item, tap in stored.lines)
    stand, taps = _gather(stored)
    newest: dict[tuple[int, str], tuple[int, Mark]] = {}
    lost = 0
    for number, tap, marks in acked:
        person = people.get(number)
        if person is None:
            lost += len(marks)
            continue
        for item, values in marks.items():
            if (person, item, tap) not in lines:
                lost += 1
            if tap > newest.get((person, item), (0, ()))[0]:
                newest[person, item] = tap, tuple(values)
    for place, (tap, mark) in newest.items():
        if stand.get(place) != mark or taps.get(place) != {tap}:
            lost += 1
    doubled = sum(n - 1 for n in lines.values())
    kind = ballot_of(vote["ballot"])
    rules = msgspec.convert(vote["rules"], kind.Rules)
    costs: Counter[int] = Counter()
    for (person, item), standing in stand.items():
        costs[person] += kind.cost(rules, standing, vote["prices"][item])
    doubled += sum(1 for person, spent in stored.ballots if costs[person] != spent)
    return lost, doubled


def _gather(stored: Stored) -> tuple[dict[tuple[int, str], Mark], dict[tuple[int, str], set[int]]]:
    """Return the mark that stands in each place (person, item), and the taps of its values."""
    stand: dict[tuple[int, str], Mark] = {}
    taps: dict[tuple[int, str], set[int]] = defaultdict(set)
    for person, item, criterion, value, tap in stored.values:
        stand[person, item] = put_value(stand.get((person, item), ()), criterion, value)
        taps[person, item].add(tap)
    return stand, taps
