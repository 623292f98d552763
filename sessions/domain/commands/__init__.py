"""Everything that can be asked of a session: one struct per command, strictly decoded.

Who asks, and where, is never part of a message: both come from the authenticated socket. A step kind may bring commands
of its own; see domain/kind.py.
"""

from __future__ import annotations

from ..command import Command
from .agenda import AddStep, EditSession, EditStep, LockSession, MoveStep, RemoveStep
from .cards import ClassifyCard, DestroyRedacted, EditCard, RedactCard, RestoreCard, ScribeCard, WithdrawCard, WriteCard
from .people import (
    AdmitRequest,
    AdmitRequests,
    ChangeSector,
    GoOn,
    Join,
    MoveParticipant,
    NoteSeen,
    RefuseRequest,
    RefuseRequests,
    RestoreParticipant,
    RestoreSilent,
    RetireParticipant,
    RetireSilent,
)
from .steps import AddTime, CloseStep, OpenStep, PauseClock, RevealStep, SealStep, ShowStage, StartClock, UndoStep
from .votes import AddRound, AdoptRounds, CastVote, CompareRound, MarkGiven, RemoveRound, TickCard

__all__ = [
    "CONSOLE_COMMANDS",
    "OWED_COMMANDS",
    "PHONE_COMMANDS",
    "STAGE_COMMANDS",
    "SYSTEM_COMMANDS",
    "AddRound",
    "AddStep",
    "AddTime",
    "AdmitRequest",
    "AdmitRequests",
    "AdoptRounds",
    "CastVote",
    "ChangeSector",
    "ClassifyCard",
    "CloseStep",
    "Command",
    "CompareRound",
    "DestroyRedacted",
    "EditCard",
    "EditSession",
    "EditStep",
    "GoOn",
    "Join",
    "LockSession",
    "MarkGiven",
    "MoveParticipant",
    "MoveStep",
    "NoteSeen",
    "OpenStep",
    "PauseClock",
    "RedactCard",
    "RefuseRequest",
    "RefuseRequests",
    "RemoveRound",
    "RemoveStep",
    "RestoreCard",
    "RestoreParticipant",
    "RestoreSilent",
    "RetireParticipant",
    "RetireSilent",
    "RevealStep",
    "ScribeCard",
    "SealStep",
    "ShowStage",
    "StartClock",
    "TickCard",
    "UndoStep",
    "WithdrawCard",
    "WriteCard",
]

OWED_COMMANDS: tuple[type[Command], ...] = (CompareRound, AdoptRounds, DestroyRedacted)
"""What the program does by itself after something else was done."""
SYSTEM_COMMANDS: tuple[type[Command], ...] = (Join, GoOn, NoteSeen, *OWED_COMMANDS)
PHONE_COMMANDS: tuple[type[Command], ...] = (WriteCard, EditCard, WithdrawCard, CastVote, ChangeSector)
STAGE_COMMANDS: tuple[type[Command], ...] = (ShowStage,)
CONSOLE_COMMANDS: tuple[type[Command], ...] = (
    OpenStep,
    CloseStep,
    RevealStep,
    SealStep,
    UndoStep,
    AddTime,
    PauseClock,
    StartClock,
    ShowStage,
    RedactCard,
    RestoreCard,
    ClassifyCard,
    ScribeCard,
    TickCard,
    AddRound,
    RemoveRound,
    RetireParticipant,
    RestoreParticipant,
    MoveParticipant,
    RetireSilent,
    RestoreSilent,
    LockSession,
    AdmitRequest,
    AdmitRequests,
    RefuseRequest,
    RefuseRequests,
    EditSession,
    AddStep,
    EditStep,
    MoveStep,
    RemoveStep,
)
