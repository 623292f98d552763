"""What there is in a session, as the model knows it, and the words for saying no."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

GRACE_MS, UNDO_MS, TURN_MS, LONGEST_CLOCK_MS = 30_000, 10_000, 12_000, 86_400_000
PHONE = {"card.write", "card.edit", "card.withdraw", "vote.cast", "step.done", "sector.change"}
WORDS = ("title_nl", "title_en", "prompt_nl", "prompt_en", "body_nl", "body_en")
Content = dict[str, Any]
ASKED: Content = {"ballot": "dots", "budget": None, "most": 1}
"""Rules of a vote, where nobody asked for others."""


class No(Exception):
    """A refusal."""


@dataclass
class Step:
    id: str
    kind: str
    position: int
    state: str = "planned"
    opened: bool = False
    closed_at: int | None = None
    revealed: bool = False
    deadline: int | None = None
    """When its clock runs out; none while it stands still."""
    paused: int | None = None
    """What was left on the clock when it was stopped, in milliseconds."""
    sealed: bool = False
    sealed_at: int = 0
    minutes: int = 5
    pillar: str | None = None
    subject: str | None = None
    silent: bool = True
    live: bool = False
    rules: dict[str, Any] = field(default_factory=lambda: dict(ASKED))
    max_cards: int = 20
    title: str = ""


class Published(NamedTuple):
    """What was shown of a round: the ballots in it (person → O and marks), the groups of O's, and the figures."""

    ballots: dict[int, tuple[str, frozenset[tuple[str, int]]]]
    blocks: list[frozenset[str]] | None
    figures: dict[str, Any]


@dataclass
class Round:
    id: str
    step: str
    budget: int | None = None
    most: int = 1
    opened: bool = False
    closed_at: int | None = None
    revealed: bool = False
    revealed_at: int = 0
    seen: bool = False
    cards: set[str] = field(default_factory=set)
    """Of an item that is no card: the item."""
    prices: dict[str, int | None] = field(default_factory=dict)
    number: int = 1
    frozen: bool = False
    """A figure was shown: who counts, and under which O, stays."""
    published: list[Published] = field(default_factory=list)
    late: int = 0
    seal: bool = False
    """Its step was closed for good before another round."""

    def take_out(self, name: str) -> None:
        self.cards.remove(name)
        self.prices.pop(name, None)


class Own(NamedTuple):
    """An item with words of its own."""

    text_nl: str
    text_en: str
    whose: str
    document: str


@dataclass
class Card:
    id: str
    step: str
    author: int | None
    sector: str
    pillar: str
    aspect: str
    text: str
    reason: str | None = None
    """Why it is redacted."""
    redacted_at: int = 0
    destroyed: bool = False
    gone: bool = False


@dataclass
class Person:
    pk: int
    id: str
    sector: str
    retired: bool = False
    joined: int = 0
    """When, by the same clock as commands are judged by."""
    seen: bool = False
    """A phone of this person was let in."""
    retired_at: int = 0
    token: str = ""
    """The hash of the secret of the browser that they have."""
    paper: int = 0
    """The number on a paper ballot; 0: somebody with a phone."""


@dataclass
class Request:
    """Somebody who asked to be let in. Its id, and when it was stored, are told."""

    asked: int
    id: str = ""
    admitted: int | None = None


class Vote(NamedTuple):
    value: int | None
    """None: no longer on a paper that was corrected."""
    tap: int


@dataclass
class Ballot:
    sector: str
    counted: bool = True


class Done(NamedTuple):
    """`changed`: whether there is a line of the command's own."""

    id: str | None
    changed: bool


def clean(text: str, *, may_be_empty: bool = False) -> str:
    if "\x00" in text:
        raise No("text.bad_characters")
    cleaned = " ".join(text.split())
    if not cleaned and not may_be_empty:
        raise No("text.empty")
    return cleaned
