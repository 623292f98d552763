"""Deleting a session, and wiping a rehearsal: every row that belongs to it goes, in slices, whatever tables there are.

First the session is marked, under its row's lock: from that commit on it takes no command, and one that is being
deleted is found by nobody (models/session.py). Then its rows go, in transactions short enough that other sessions are
not held up. After a crash the mark says what is left to do. live/deletion_job.py calls these functions one after the
other.

Which tables those are is read from the models: a table that comes later and leads to a session needs nothing here.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from ..errors import Code
from ..models import Item, Round, RoundItem, Session, SignInLink, StageLink, Step
from ..models.ids import new_id
from .erased import note_erased
from .kept_agendas import forget_names
from .lookup import require
from .rules import check_rehearsal
from .sessions import copy_agenda

SLICE_S = 0.02
"""How long a transaction goes on deleting before it commits: meanwhile SQLite lets nobody else write."""
ROWS = 200
"""Rows in one statement, between two looks at the clock."""
AGENDA: frozenset[type[models.Model]] = frozenset({Session, Step, Round, RoundItem, Item, StageLink})
"""What a wipe keeps: the session, the agenda with what was typed for its votes, made anew at its end, and the
projector's links. All else is of people: items that are cards too."""
CARDS: dict[type[models.Model], str] = {RoundItem: "item__contribution", Item: "contribution"}
"""Of what is kept: how a row is known to be a card's."""

Model = type[models.Model]


# -- marking -----------------------------------------------------------------------------------------------------


def mark_deleting(session_id: int) -> None:
    """Mark the session as deleted. Commits after the last batch that was under way."""
    with transaction.atomic():
        session = take_session(session_id)
        if session is not None and session.deleting_at is None:
            session.deleting_at = timezone.now()
            session.save(update_fields=["deleting_at"])
            forget_names(session)
            note_erased(session.public_id)


def mark_wiping(session_id: int) -> None:
    """Let a rehearsal take nothing until it is wiped. Raises Refused for what is no rehearsal."""
    with transaction.atomic():
        session = take_session(session_id)
        session = require(session if session and session.deleting_at is None else None, Code.SESSION_UNKNOWN)
        check_rehearsal(session)
        if session.wiping_at is None:
            session.wiping_at = timezone.now()
            session.save(update_fields=["wiping_at"])
            forget_names(session)


def find_marked() -> list[int]:
    """Return the sessions that were marked and are not cleared yet."""
    marked = Session.every.filter(models.Q(deleting_at__isnull=False) | models.Q(wiping_at__isnull=False))
    return list(marked.values_list("pk", flat=True))


def take_session(session_id: int) -> Session | None:
    """Take the session's row, as the writer does: writing first, so that SQLite waits its turn instead of failing.

    FOR UPDATE keeps out rows that others add to the session: on PostgreSQL who commits one takes FOR KEY SHARE on what
    it points to, waits, and is refused. Else one could come between the last slice and its commit, which would fail.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Session._meta.db_table} SET seq = seq WHERE id = %s", [session_id])  # noqa: S608
    taken = Session.every.select_for_update(of=("self",)).select_related("programme")
    return taken.filter(pk=session_id).first()


# -- clearing ----------------------------------------------------------------------------------------------------


def clear_slice(session_id: int) -> bool:
    """Delete for a moment; return whether anything is left to do for this session."""
    with transaction.atomic():
        session = take_session(session_id)
        if session is None or (session.deleting_at is None and session.wiping_at is None):
            return False
        is_wipe = session.deleting_at is None
        ends = time.monotonic() + SLICE_S
        for _ in _delete_rows(session_id, keep=AGENDA if is_wipe else ()):
            if time.monotonic() >= ends:
                return True
        # Nothing was left that could come back: the row has been ours since the beginning of this transaction.
        if is_wipe:
            _begin_anew(session)
        else:
            _forget_paths(session.code)
            Session.every.filter(pk=session_id)._raw_delete(connection.alias)
        return False


def _delete_rows(session_id: int, *, keep: Collection[Model]) -> Iterator[None]:
    """Delete, a statement at a time, in an order in which nothing is left that points to what is gone."""
    for model, field, target, way in loose_ends():
        if target in keep:
            continue
        model._base_manager.filter(**{f"{field}__{way}": session_id}).update(**{field: None})
    for model, ways in tables():
        if model in keep and model not in CARDS:
            continue
        for way in ways:
            rows = model._base_manager.filter(**{way: session_id})
            if model in keep:
                rows = rows.filter(**{f"{CARDS[model]}__isnull": False})
            while _delete_some(model, rows.order_by().values("pk")[:ROWS]):
                yield


def _delete_some(model: Model, rows: Any) -> bool:
    return bool(model._base_manager.filter(pk__in=rows)._raw_delete(connection.alias))


def _begin_anew(session: Session) -> None:
    """Give a wiped rehearsal the agenda it began with and a new epoch: what screens know of it is worth nothing."""
    before = list(session.steps.values_list("pk", flat=True))
    items = list(session.items.values_list("pk", flat=True))
    copy_agenda(of=session, to=session)
    Step.objects.filter(pk__in=before).update(subject=None)
    Step.objects.filter(pk__in=before).delete()
    Item.objects.filter(pk__in=items).delete()
    session.now = session.undo = session.stage = session.message = session.company = session.wiping_at = None
    session.locked, session.seq = False, 0
    session.erased, session.erased_of = 0, None
    session.structure += 1
    session.epoch = new_id()
    session.save()


def _forget_paths(code: str) -> None:
    """A sign-in link may lead to a page of the session."""
    SignInLink.objects.filter(next_path__contains=f"/{code}/").update(next_path="/")


# -- which tables ------------------------------------------------------------------------------------------------


@cache
def tables() -> tuple[tuple[Model, tuple[str, ...]], ...]:
    """Return every table whose rows belong to a session, and by which keys, in deletion order: referencing tables
    first.

    A row belongs to what it points to, unless that key may be emptied. A key of its own to the session is the only way
    that counts; else the row is found through all that it belongs to.
    """
    ways: dict[Model, tuple[str, ...]] = {}
    while True:
        found = {model: way for model in _models() if model not in ways and (way := _ways(model, ways))}
        if not found:
            break
        ways |= found
    # Found later may add a way to what was found before.
    ways = {model: _ways(model, ways) for model in ways}
    ordered: list[Model] = []
    while len(ordered) < len(ways):
        left = [model for model in ways if model not in ordered]
        free = [
            model
            for model in left
            if not any(key.remote_field.model is model for other in left if other is not model for key in _keys(other))
        ]
        assert free, f"tables that point to each other: {left}"
        ordered += free
    return tuple((model, ways[model]) for model in ordered)


@cache
def loose_ends() -> tuple[tuple[Model, str, Model, str], ...]:
    """Return the nullable foreign keys into those tables, and to the session: model, key, target, and its path to the
    session.
    """
    ways = dict(tables()) | {Session: ("pk",)}
    return tuple(
        (model, key.name, key.remote_field.model, way)
        for model in apps.get_models(include_auto_created=True)
        for key in _keys(model, owning=False)
        for way in ways.get(key.remote_field.model, ())
    )


def _ways(model: Model, known: dict[Model, tuple[str, ...]]) -> tuple[str, ...]:
    keys = [key for key in _keys(model) if key.remote_field.model is not model]
    own = tuple(key.name for key in keys if key.remote_field.model is Session)
    return own or tuple(f"{key.name}__{way}" for key in keys for way in known.get(key.remote_field.model, ()))


def _models() -> list[Model]:
    return [model for model in apps.get_models(include_auto_created=True) if model is not Session]


def _keys(model: Model, *, owning: bool = True) -> list[Any]:
    """Return the model's foreign keys: those that make a row belong to what it points to, or the others."""
    keys: list[Any] = [field for field in model._meta.concrete_fields if field.remote_field is not None]
    return [key for key in keys if (key.remote_field.on_delete is not models.SET_NULL) is owning]
