"""People: who joins, moves, leaves, is let in."""

from __future__ import annotations

from ...enums import Consent
from ..command import Command, Id, Moment, Reads


class ChangeSector(Command, frozen=True):
    """Choose another O, until the first vote that counts: practice and support of a question do not fix it."""

    do = "sector.change"
    sector: Id


class RetireParticipant(Command, frozen=True):
    """Deactivate the participant of a lost phone. They can do nothing more, and their dots count no longer in votes of
    which nothing was shown yet."""

    do = "participant.retire"
    reads = Reads(participant="participant")
    participant: Id


class RestoreParticipant(Command, frozen=True):
    """Undo `participant.retire`."""

    do = "participant.restore"
    reads = Reads(participant="participant")
    participant: Id


class MoveParticipant(Command, frozen=True):
    """Put a person under another O; dots follow until the first figure of a vote was shown, cards
    stay."""

    do = "participant.move"
    reads = Reads(participant="participant")
    participant: Id
    sector: Id


class RetireSilent(Command, frozen=True):
    """Against a flood of joins (see `Flood`): lock the session, and retire who joined since then, not within the last
    10 seconds, and never wrote, voted or connected a phone. `quiet`: also who connected one, and neither wrote nor
    voted though something was asked for 3 minutes since they joined.
    """

    do = "participant.retire_silent"
    since: Moment
    quiet: bool = False


class RestoreSilent(Command, frozen=True):
    """Undo that for those who were retired by it at `at`. The session stays locked."""

    do = "participant.restore_silent"
    at: Moment


class AdmitRequest(Command, frozen=True):
    """Let in somebody who waits at the door (see `Door`). Of one who no longer waits it changes nothing."""

    do = "request.admit"
    request: Id


class AdmitRequests(Command, frozen=True):
    """Let in all who wait and asked until then: `until` of the `Door` that you show."""

    do = "request.admit_all"
    until: Moment


class RefuseRequest(Command, frozen=True):
    """Refuse somebody who waits. They may ask again. Of one who no longer waits it changes nothing."""

    do = "request.refuse"
    request: Id


class RefuseRequests(Command, frozen=True):
    """Refuse all who wait and asked until then: against a flood of requests."""

    do = "request.refuse_all"
    until: Moment


class Join(Command, frozen=True):
    """Over HTTP only: a new person of this O, known by the hash of a fresh token, and of the receipt made of it.

    Where people are let in it first makes a request, with no `id` in the answer; once let in, the same makes them a
    person.
    """

    do = "participant.join"
    sector: Id
    token_hash: str
    receipt_hash: str | None = None
    consent: Consent = Consent.FULL
    """The consent profile that was shown before."""


class GoOn(Command, frozen=True):
    """Over HTTP only: the person of this short code or receipt goes on in a browser with a fresh token. `instead_of`:
    the hash of the token that this browser had, whose person is retired. `waiting`: of the one by which it asked to be
    let in; it asks no more."""

    do = "participant.go_on"
    code: str
    token_hash: str
    receipt_hash: str
    instead_of: str | None = None
    waiting: str | None = None


class NoteSeen(Command, frozen=True):
    """By the system only: these people (by table id) connected a phone for the first time."""

    do = "participant.seen"
    people: tuple[int, ...]
