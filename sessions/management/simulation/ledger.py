"""Acknowledged answers of one person: the promise that the server is checked against afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ...ballots.mark import Value

Place = tuple[str, str]
"""Round and item."""


@dataclass(slots=True)
class Ledger:
    """Filled in as answers come; nothing is in it that the server did not acknowledge, but `sent` and `refused`."""

    sector: str
    cards: dict[str, str] = field(default_factory=dict)
    """Card → its text as last acknowledged; empty once withdrawn."""
    votes: dict[Place, tuple[int, Value]] = field(default_factory=dict)
    """Round and item → the newest acknowledged tap and its value."""
    sent: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    practised: set[str] = field(default_factory=set)
    """Cards and rounds of practice: the server throws away what is in them as soon as their step closes."""

    def note_card(self, card: str, text: str) -> None:
        self.cards[card] = text

    def lasting(self) -> dict[str, str]:
        """Return the cards that must be kept."""
        return {card: text for card, text in self.cards.items() if card not in self.practised}

    def note_vote(self, place: Place, *, tap: int, value: Value) -> None:
        """Answers can come out of order when one was sent again; the newest tap is what counts."""
        if tap > self.votes.get(place, (-1, None))[0]:
            self.votes[place] = (tap, value)

    def standing(self) -> dict[Place, tuple[int | None, ...]]:
        """Return the votes that must stand, by criterion."""
        return {
            place: mark
            for place, (_, value) in self.votes.items()
            if place[0] not in self.practised and stands(mark := by_criterion(value))
        }


def stands(mark: tuple[int | None, ...]) -> bool:
    """Whether anything of a mark is there; else it was taken back."""
    return any(value is not None for value in mark)


def by_criterion(value: Value) -> tuple[int | None, ...]:
    """Return a mark as votes.csv has it: a number for each criterion."""
    return tuple(value) if isinstance(value, list) else (value,)


def compare_stored(ledger: Ledger, you: dict[str, Any]) -> list[str]:
    """Return how what the server says of a person differs from what it acknowledged."""
    wanted = {card: text for card, text in ledger.lasting().items() if text}
    found = {card["id"]: card["text"] for card in stored_cards(ledger, you)}
    _excuse_hidden(found, wanted, {card["id"] for card in you["cards"] if card["hidden"]})
    problems = differences(wanted, found, "card", "stored")
    return problems + differences(ledger.standing(), _read_standing(ledger, you), "mark", "stored")


def stored_cards(ledger: Ledger, you: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the cards of a person, by what the server says, but for practice that is still going on."""
    return [card for card in you["cards"] if card["id"] not in ledger.practised]


def count_standing(ledger: Ledger, you: dict[str, Any]) -> int:
    """Return how many votes stand for a person, by what the server says."""
    return len(_read_standing(ledger, you))


def _read_standing(ledger: Ledger, you: dict[str, Any]) -> dict[Place, tuple[int | None, ...]]:
    cast = [vote for vote in you["votes"] if vote["round"] not in ledger.practised]
    votes = {(vote["round"], vote["item"]): by_criterion(vote["value"]) for vote in cast}
    return {place: mark for place, mark in votes.items() if stands(mark)}


def read_marks(votes: Sequence[dict[str, str]]) -> dict[str, dict[Place, tuple[int | None, ...]]]:
    """Return of each participant in votes.csv what is on each item, by criterion."""
    given: dict[str, dict[Place, tuple[int | None, ...]]] = {row["participant"]: {} for row in votes}
    for row in votes:
        mark = given[row["participant"]].get((row["round"], row["item"]), ())
        value = int(row["value"]) if row["value"] else None
        given[row["participant"]][row["round"], row["item"]] = (*mark, value)
    return given


def compare_exported(
    ledgers: list[Ledger], cards: list[dict[str, str]], votes: list[dict[str, str]]
) -> tuple[list[str], Counter[str]]:
    """Return how the files differ from what was acknowledged, and what they hold of these people."""
    rows = {row["contribution"]: row for row in cards}
    written: dict[str, list[dict[str, str]]] = {}
    for row in cards:
        written.setdefault(row["participant"], []).append(row)
    given = read_marks(votes)

    problems: list[str] = []
    held: Counter[str] = Counter()
    unnamed: list[Ledger] = []
    named: set[str] = set()
    for ledger in ledgers:
        cards_kept = ledger.lasting()
        names = {rows[card]["participant"] for card in cards_kept if card in rows}
        if len(names) > 1:
            problems.append(f"cards of one person stand under {len(names)} people in contributions.csv")
        name = next(iter(names), None)
        if name is None:
            problems += [f"card {card} is not in contributions.csv" for card in cards_kept]
            unnamed.append(ledger)
            continue
        named.add(name)
        found = {row["contribution"]: row["text"] for row in written[name]}
        _excuse_hidden(found, cards_kept, {row["contribution"] for row in written[name] if row["state"] == "redacted"})
        problems += differences(cards_kept, found, "card", "exported")
        wanted = ledger.standing()
        # A file has a row also where nothing was answered: of dots 0, else nothing.
        own = {place: mark for place, mark in given.get(name, {}).items() if any(mark) or place in wanted}
        problems += differences(wanted, {k: mark for k, mark in own.items() if stands(mark)}, "mark", "exported")
        held["cards"] += len(found)
        held["votes"] += len(own)
    # Who wrote no card has no name we know in the files: then it must be there the right number of times.
    others = Counter(_pattern(found) for name, found in given.items() if name not in named)
    for ledger in unnamed:
        pattern = _pattern(ledger.standing())
        if not pattern:
            continue
        if others[pattern] < 1:
            problems.append("the votes of somebody who wrote no card are not in votes.csv as they were acknowledged")
        others[pattern] -= 1
        held["votes"] += len(pattern)
    return problems, held


def _pattern(votes: dict[Place, tuple[int | None, ...]]) -> frozenset[tuple[Place, tuple[int | None, ...]]]:
    return frozenset((place, mark) for place, mark in votes.items() if any(mark))


def _excuse_hidden(found: dict[str, str], wanted: dict[str, str], hidden: set[str]) -> None:
    """A facilitator may hide a card. That it has no text any more is then as it should be."""
    found.update({card: wanted[card] for card in hidden if card in wanted and not found[card]})


def differences(wanted: dict[Any, Any], found: dict[Any, Any], what: str, where: str) -> list[str]:
    """Return in words what is wanted and not found as it is, and what is found and not wanted."""
    problems = [
        f"{what} {key}: acknowledged {value!r}, {where} {found.get(key)!r}"
        for key, value in wanted.items()
        if found.get(key) != value
    ]
    return problems + [f"{what} {key}: {where} {found[key]!r}, never acknowledged" for key in found.keys() - wanted]
