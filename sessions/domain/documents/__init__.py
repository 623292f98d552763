"""What a client is shown, as structs: the snapshot, what belongs to one person, the latest values.

Ids are public ids. Times are milliseconds since 1970, UTC, by the server's clock. A field that its audience may not
see is null or its list is empty; it never leaves the server.
"""

from __future__ import annotations

from ...enums import Shape, Source
from .agenda import ClosedDoc, MessageDoc, ProjectorDoc, SealDoc, SessionDoc, StepDoc, UndoDoc
from .base import Document, Words
from .now import (
    BehindDoc,
    ClosingDoc,
    ConsoleDoc,
    DoneDoc,
    DoorDoc,
    FloodDoc,
    HealthDoc,
    NowDoc,
    OpenDoc,
    PresentDoc,
    RequestDoc,
    RoomDoc,
    TallyDoc,
)
from .own import GroupCardDoc, MemberDoc, OwnCardDoc, OwnGroupDoc, OwnVoteDoc, PersonDoc, StageDoc
from .votes import (
    CardDoc,
    ChanceDoc,
    GroupDoc,
    ItemDoc,
    MeanDoc,
    ResultDoc,
    ResultItemDoc,
    RoundDoc,
    SaidWordDoc,
    SaidWordsDoc,
)

__all__ = [
    "BehindDoc",
    "CardDoc",
    "ChanceDoc",
    "ClosedDoc",
    "ClosingDoc",
    "ConsoleDoc",
    "Document",
    "DoneDoc",
    "DoorDoc",
    "EarlierDoc",
    "FloodDoc",
    "GroupCardDoc",
    "GroupDoc",
    "HealthDoc",
    "ItemDoc",
    "MeanDoc",
    "MemberDoc",
    "MessageDoc",
    "NowDoc",
    "OpenDoc",
    "OwnCardDoc",
    "OwnGroupDoc",
    "OwnVoteDoc",
    "ParticipantDoc",
    "PersonDoc",
    "PillarDoc",
    "PresentDoc",
    "ProgrammeDoc",
    "ProjectorDoc",
    "RequestDoc",
    "ResultDoc",
    "ResultItemDoc",
    "RoomDoc",
    "RoundDoc",
    "SaidWordDoc",
    "SaidWordsDoc",
    "SealDoc",
    "SectorDoc",
    "SessionDoc",
    "SnapshotDoc",
    "StageDoc",
    "StepDoc",
    "TallyDoc",
    "UndoDoc",
    "Words",
]


class SectorDoc(Document, frozen=True):
    """One of the O's."""

    id: str
    key: str
    """onderwijs, onderzoek, ondernemers, overheden, or one of the programme's own."""
    shape: Shape
    """Of its mark; each shape has a colour of its own."""
    name: Words
    hint: Words
    letter: Words
    """In its mark."""


class PillarDoc(Document, frozen=True):
    """A theme of the programme."""

    id: str
    number: int
    name: Words
    short: Words


class ProgrammeDoc(Document, frozen=True):
    """The programme that the session belongs to."""

    slug: str
    name: Words
    threshold: int
    """Groups of fewer people are pooled or hidden."""


class ParticipantDoc(Document, frozen=True):
    """Console only. `tag` is what the person can read on their phone; of a paper ballot (source scribed) the number on
    the paper. `rounds`: in which a paper ballot counts; empty of somebody with a phone.
    """

    id: str
    tag: str
    sector: str
    source: Source
    retired: bool
    rounds: list[str]


class SnapshotDoc(Document, frozen=True):
    """Everything one audience may see; for a phone, of the steps that it holds: `session.current`."""

    programme: ProgrammeDoc
    session: SessionDoc
    sectors: list[SectorDoc]
    pillars: list[PillarDoc]
    steps: list[StepDoc]
    cards: list[CardDoc]
    rounds: list[RoundDoc]
    results: list[ResultDoc]
    participants: list[ParticipantDoc]
    now: NowDoc
    """The latest values, whole."""


class EarlierDoc(Document, frozen=True):
    """Over HTTP: what a phone may see of all steps, one page of it."""

    epoch: str
    number: int
    """The log when this was read. When it is another one than that of the page before, begin again with page 0."""
    pages: int
    """How many there are."""
    steps: list[StepDoc]
    rounds: list[RoundDoc]
    results: list[ResultDoc]
