"""Sessions as large as one likes, row by row or repeated within the database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from sessions.domain.log import LogKind
from sessions.models import Ballot, Event, Participant, Session, Vote
from sessions.models.ids import new_id, new_token, token_hash

from ..factory import SessionHarness
from .ending import EndingSession


def rows(evening: EndingSession, where: str = "") -> bool:
    """Whether the session's row stands in the file, read without Django: the event loop runs meanwhile."""
    with closing(sqlite3.connect(evening.server.database_file)) as file:
        query = f"SELECT 1 FROM workshop_session WHERE id = ? {where}"  # noqa: S608
        return file.execute(query, [evening.session.pk]).fetchone() is not None


def grow(room: SessionHarness, *, people: int, lines: int) -> None:
    """Make a session large: rows as the program writes them, without the hours it took."""
    sector = room.sectors["onderwijs"]
    Participant.objects.bulk_create(
        Participant(session=room.session, sector=sector, token_hash=token_hash(new_token()), joined_at=timezone.now())
        for _ in range(people)
    )
    persons = list(room.session.participants.values_list("pk", flat=True))
    round_ = room.session.rounds.get()
    places = list(round_.round_items.values_list("pk", flat=True))
    Ballot.objects.bulk_create(
        Ballot(round=round_, participant_id=person, sector=sector, spent=3, budget=3, first_at=timezone.now())
        for person in persons
    )
    Vote.objects.bulk_create(
        Vote(
            round_item_id=place, participant_id=person, value=1, tap=1, first_at=timezone.now(), last_at=timezone.now()
        )
        for person in persons
        for place in places[:5]
    )
    seq = room.session.events.count()
    data = {"round": new_id(), "item": new_id(), "was": 0, "value": 1, "tap": 1}
    Event.objects.bulk_create(
        Event(
            session=room.session,
            seq=seq + number,
            kind=LogKind.VOTE_CAST.value,
            actor_kind="participant",
            actor_id=persons[number % len(persons)],
            key=uuid4(),
            digest=number,
            at=timezone.now(),
            data=data,
        )
        for number in range(1, LINES + 1)
    )
    _repeat(room.session, after=seq, times=lines // LINES)
    Session.objects.filter(pk=room.session.pk).update(seq=seq + lines)


LINES = 1_000
"""So many lines are made one by one; the others are theirs again, with other numbers and keys."""


def _repeat(session: Session, *, after: int, times: int) -> None:
    other = {"seq": f"seq + turn * {LINES}", "key": "lower(hex(randomblob(16)))"}
    columns = [field.column for field in Event._meta.concrete_fields if not field.primary_key]
    copied = ", ".join(other.get(column, column) for column in columns)
    query = (
        "WITH RECURSIVE turns(turn) AS (SELECT 1 UNION ALL SELECT turn + 1 FROM turns WHERE turn + 1 < %s) "  # noqa: S608
        f"INSERT INTO {Event._meta.db_table} ({', '.join(columns)}) "
        f"SELECT {copied} FROM turns, {Event._meta.db_table} WHERE session_id = %s AND seq > %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [times, session.pk, after])
    assert session.events.count() == after + times * LINES
