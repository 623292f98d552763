"""The kinds of log lines, their versions, and how lines are appended and read.

A line tells what happened in ids and small values. What is shown of it is rendered from the current rows when it is
sent; see domain/audience.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db import connection

from ..enums import ActorKind
from ..models import Event
from .actor import Actor
from .bulk import write_rows


class LogKind(StrEnum):
    """What can stand in a log. A kind whose data change shape gets a new version; old ones stay readable."""

    CARD_WRITTEN = "card.written"
    CARD_EDITED = "card.edited"
    CARD_WITHDRAWN = "card.withdrawn"
    CARD_REDACTED = "card.redacted"
    CARD_RESTORED = "card.restored"
    CARD_DESTROYED = "card.destroyed"
    CARD_HIDDEN = "card.hidden"
    CARD_SHOWN = "card.shown"
    CARD_CLASSIFIED = "card.classified"
    ITEM_TICKED = "item.ticked"
    ITEM_UNTICKED = "item.unticked"
    ITEM_ANSWERED = "item.answered"
    ITEM_ADDED = "item.added"
    ITEM_CARRIED = "item.carried"
    ITEM_EDITED = "item.edited"
    ITEM_MOVED = "item.moved"
    ITEM_REMOVED = "item.removed"
    ITEM_REDACTED = "item.redacted"
    ITEM_RESTORED = "item.restored"
    ITEM_DESTROYED = "item.destroyed"
    VOTE_CAST = "vote.cast"
    BALLOT_ADDED = "ballot.added"
    BALLOT_EDITED = "ballot.edited"
    BALLOT_REMOVED = "ballot.removed"
    STEP_OPENED = "step.opened"
    STEP_CLOSED = "step.closed"
    STEP_REVEALED = "step.revealed"
    STEP_SEALED = "step.sealed"
    STEP_EMPTIED = "step.emptied"
    ANSWER_DROPPED = "answer.dropped"
    STEP_UNDONE = "step.undone"
    CLOCK_SET = "clock.set"
    STAGE_SHOWN = "stage.shown"
    MESSAGE_PUT = "message.put"
    MESSAGE_REMOVED = "message.removed"
    STEP_ADDED = "step.added"
    STEP_EDITED = "step.edited"
    STEP_MOVED = "step.moved"
    STEP_REMOVED = "step.removed"
    STEP_SUPERSEDED = "step.superseded"
    DONE_SAID = "done.said"
    PARTICIPANT_JOINED = "participant.joined"
    PARTICIPANT_RETIRED = "participant.retired"
    PARTICIPANT_RESTORED = "participant.restored"
    PARTICIPANT_MOVED = "participant.moved"
    PARTICIPANT_WENT_ON = "participant.went_on"
    GROUP_FORMED = "group.formed"
    GROUP_SEATED = "group.seated"
    ROUND_ADDED = "round.added"
    ROUND_REMOVED = "round.removed"
    ROUND_PUBLISHED = "round.published"
    SECTOR_SHOWN = "sector.shown"
    SECTOR_CONCEALED = "sector.concealed"
    SESSION_LOCKED = "session.locked"
    SESSION_EDITED = "session.edited"


BEFORE = frozenset({LogKind.CARD_HIDDEN, LogKind.CARD_SHOWN})
"""In logs of earlier versions only: read, no longer written."""

GROUPED = frozenset({LogKind.GROUP_FORMED, LogKind.GROUP_SEATED})
"""Only where a step's kind has scope group."""

VERSIONS: dict[LogKind, int] = dict.fromkeys(LogKind, 1)

Data = dict[str, Any]
Upcast = Callable[[Data], Data]
UPCASTS: dict[tuple[str, int], Upcast] = {}
"""(kind, version) → how data of that version become data of the next. Lines are stored as they were written, and read
as if they were of the newest version, so that only this table knows of earlier ones.
"""


def upcast(kind: LogKind, version: int, data: Data) -> Data:
    """Return what a line says as the newest version would say it."""
    while (step := UPCASTS.get((kind, version))) is not None:
        data, version = step(data), version + 1
    return data


class LogLine(NamedTuple):
    """One line as it is written and read."""

    seq: int
    kind: LogKind
    version: int
    actor: Actor
    key: UUID | None
    digest: int | None
    at: dt.datetime
    data: Data


_COLUMNS = {
    "session_id": "bigint",
    "seq": "bigint",
    "kind": "text",
    "version": "smallint",
    "actor_kind": "text",
    "actor_id": "bigint",
    "key": "uuid",
    "digest": "bigint",
    "at": "timestamptz",
    "data": "jsonb",
}
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


def append_lines(*, session_id: int, lines: Sequence[LogLine]) -> None:
    """Write the lines. The caller holds the session's row, so the numbers are its own."""
    at = dict.fromkeys(line.at for line in lines)
    times = {moment: connection.ops.adapt_datetimefield_value(moment) for moment in at}
    lite = connection.vendor == "sqlite"
    rows = [
        (
            session_id,
            line.seq,
            line.kind.value,
            line.version,
            line.actor.kind.value,
            line.actor.id,
            line.key.hex if lite and line.key else line.key,
            line.digest,
            times[line.at],
            _encode(line.data).decode(),
        )
        for line in lines
    ]
    write_rows(table=Event._meta.db_table, columns=_COLUMNS, rows=rows)


class LogEntry(NamedTuple):
    """A log line as a hub reads it: without key, digest and time."""

    seq: int
    kind: LogKind
    actor: Actor
    data: Data


_KINDS = {kind.value: kind for kind in LogKind}
_ACTORS = {kind.value: kind for kind in ActorKind}


def read_entries(*, session_id: int, after: int, up_to: int, without: Sequence[LogKind] = ()) -> list[LogEntry]:
    """Return the lines with numbers above `after` up to and with `up_to`, in order; `without` those of some kinds.

    A kind that is not known here is skipped: a newer program, or one with more step kinds, wrote it.
    """
    text = "data::text" if connection.vendor == "postgresql" else "data"
    others = f" AND kind NOT IN ({', '.join(['%s'] * len(without))})" if without else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT seq, kind, version, actor_kind, actor_id, {text} FROM {Event._meta.db_table}"  # noqa: S608
            f" WHERE session_id = %s AND seq > %s AND seq <= %s{others} ORDER BY seq",
            [session_id, after, up_to, *(kind.value for kind in without)],
        )
        return [
            LogEntry(
                seq,
                known,
                Actor(_ACTORS[actor_kind], actor_id),
                # Almost every line is of the newest version: no call then.
                upcast(known, version, _decode(data)) if (known, version) in UPCASTS else _decode(data),
            )
            for seq, kind, version, actor_kind, actor_id, data in cursor.fetchall()
            if (known := _KINDS.get(kind)) is not None
        ]
