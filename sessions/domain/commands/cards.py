"""Cards: written, corrected, taken back, moderated."""

from __future__ import annotations

from typing import Literal

from ...enums import Aspect
from ...errors import Code
from ..command import Command, Id, Language, Outbox, Reads, Text


class WriteCard(Command, frozen=True):
    """Write a card in a collect step. The reply has its `id`. `pillar` only where the step has none."""

    do = "card.write"
    outbox = Outbox(told=None)
    step: Id
    text: Text
    aspect: Aspect
    lang: Language
    pillar: Id | None = None


class EditCard(Command, frozen=True):
    """Change one's own card while the step takes cards and no vote on it was opened. What is absent or null stays."""

    do = "card.edit"
    reads = Reads(card="card")
    outbox = Outbox(told=None, untold=(Code.CARD_UNKNOWN,))
    card: Id
    text: Text | None = None
    aspect: Aspect | None = None
    pillar: Id | None = None


class WithdrawCard(Command, frozen=True):
    """Take one's own card back for good; its text is erased. Not once a vote on it was opened."""

    do = "card.withdraw"
    reads = Reads(card="card")
    outbox = Outbox(told=None, untold=(Code.CARD_UNKNOWN,))
    card: Id


class RedactCard(Command, frozen=True):
    """Take a card away at once, everywhere but on the console, for a reason that everybody may read."""

    do = "card.redact"
    reads = Reads(card="card")
    card: Id
    reason: Literal["name", "off_topic", "rude", "double"]


class RestoreCard(Command, frozen=True):
    """Give it back, as long as its text exists."""

    do = "card.restore"
    reads = Reads(card="card")
    card: Id


class ClassifyCard(Command, frozen=True):
    """Correct what a card is about. What is absent or null stays."""

    do = "card.classify"
    reads = Reads(card="card")
    card: Id
    pillar: Id | None = None
    aspect: Aspect | None = None


class ScribeCard(Command, frozen=True):
    """A card for someone without a phone; also after closing. The reply has its `id`."""

    do = "card.scribe"
    step: Id
    text: Text
    aspect: Aspect
    sector: Id
    lang: Language
    pillar: Id | None = None


class DestroyRedacted(Command, frozen=True):
    """By the system only: destroy the texts of redacted cards whose time is over."""

    do = "card.destroy"
