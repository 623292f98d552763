"""What belongs to one person: `you`."""

from __future__ import annotations

from ...ballots.mark import Value
from ...enums import Aspect, Reason, Source
from .base import Document


class OwnCardDoc(Document, frozen=True):
    """A card that this person wrote."""

    id: str
    step: str
    pillar: str
    aspect: Aspect
    text: str
    language: str
    hidden: bool
    fixed: bool
    """Being voted on: it can no longer be edited or withdrawn."""
    at: int
    reason: Reason | None
    """Why it was redacted; its text is empty then, and only this phone may still have it."""


class OwnVoteDoc(Document, frozen=True):
    """What stands on an item for this person, as it was cast; null: they took it back. 0 dots are none."""

    round: str
    item: str
    value: Value
    tap: int


class GroupCardDoc(Document, frozen=True):
    """A card that lies in your group, without its author and O."""

    id: str
    pillar: str
    aspect: Aspect
    text: str
    language: str
    source: Source
    rank: int
    """Random; sort by it, then by id."""


class OwnGroupDoc(Document, frozen=True):
    """The group in which this person sits, in the step that is, or was last, on."""

    id: str
    step: str
    number: int
    people: int
    cards: list[GroupCardDoc]


class PersonDoc(Document, frozen=True, tag_field="as", tag="phone"):
    """`you` of a phone."""

    tag: str
    """Four letters by which a facilitator finds this phone."""
    sector: str
    sector_fixed: bool
    """The person has voted where it counts: only a console can move them."""
    retired: bool
    """Signed off by the facilitator: every command is refused."""
    seed: int
    """Settles the order of items on this phone."""
    tap: int
    """The highest tap stored of this person; count on from here."""
    cards: list[OwnCardDoc]
    votes: list[OwnVoteDoc]
    """Also those of rounds that are over."""
    done: bool = False
    """Said to be done with the step that is on, and gave no answer since."""
    group: OwnGroupDoc | None = None
    """Null: no step with groups is on, or this person sits in none."""


class MemberDoc(Document, frozen=True, tag_field="as", tag="console"):
    """`you` of a console."""

    name: str
    role: str
    """core or facilitator."""


class StageDoc(Document, frozen=True, tag_field="as", tag="stage"):
    """`you` of a stage: nobody."""
