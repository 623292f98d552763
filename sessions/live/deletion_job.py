"""Background deletion: sessions are deleted or wiped in slices, and archived at once, while others go on.

The slices take turns with the writer's batches, so that a vote waits for one of them at most. Hubs are told at once,
and look by themselves every second.
"""

from __future__ import annotations

import logging
import time
from functools import partial
from threading import Event

from django.db import DatabaseError, InterfaceError

from ..domain.deletion import clear_slice, find_marked, mark_deleting, mark_wiping
from ..domain.erasure import erase_person
from ..domain.sessions import set_archived
from ..models import purge
from . import notifications
from .crowds import stop_crowd
from .erasure_job import destroy_due, give_here, is_used
from .hubs import count_sockets
from .writer import writer

log = logging.getLogger(__name__)

RETRY_S = 0.5
QUIET_LOOK_S = 5.0
"""Polling interval until nobody is connected any more."""
AT_ONCE_BYTES = 32_000_000
"""A database up to this size is written anew while people are connected: a vote waits for it a third of a second."""


def delete_session(session_id: int, *, wait_s: float = 0.0) -> None:
    """Make the session unreachable now, everywhere, and delete what belongs to it in the background.

    Returns when that is done, or after `wait_s`.
    """
    stop_crowd(session_id)
    mark_deleting(session_id)
    _begin(session_id, wait_s)


def delete_here(session_id: int) -> None:
    """The same for a command of the shell, beside a server or without one: it returns when all is gone."""
    mark_deleting(session_id)
    destroy_due(give_here)
    while clear_slice(session_id):
        pass


def wipe_session(session_id: int, *, wait_s: float = 0.0) -> bool:
    """Delete all that people gave in a rehearsal, likewise, and return whether it is done.

    Raises Refused for what is no rehearsal.
    """
    # First: simulated people would join again as soon as it is wiped.
    stop_crowd(session_id)
    mark_wiping(session_id)
    return _begin(session_id, wait_s)


def _begin(session_id: int, wait_s: float) -> bool:
    """Begin to clear a session that is marked. What was carried from its redacted cards goes first: later nothing leads
    there.
    """
    done = Event()
    _destroy_texts()
    notifications.notify(session_id, notifications.CHANGED)
    writer.run_in_slices(partial(_clear, session_id, done))
    return done.wait(wait_s)


def archive_session(session_id: int, *, on: bool) -> None:
    """Archive a session, and send everybody out of it; or take it back out."""
    stop_crowd(session_id)
    set_archived(session_id, on=on)
    _destroy_texts()
    notifications.notify(session_id, notifications.CHANGED)


def erase_one(*, session_id: int, person_id: int) -> None:
    """Erase one person, now, and purge the database's files in the background. Raises Refused when they are gone."""
    erase_person(session_id=session_id, person_id=person_id)
    # Items in other sessions that were carried from their cards: the erasure job destroys them.
    _destroy_texts()
    notifications.notify(session_id, notifications.CHANGED)
    writer.run_in_slices(_purge)


def _destroy_texts() -> None:
    """Destroy what is due now. A failure is only logged: the erasure job tries again."""
    try:
        destroy_due()
    except (DatabaseError, InterfaceError):
        log.warning("The database did not answer when redacted texts and practice were to go")


def resume() -> None:
    """Resume deletions that a terminated process had begun. At the start; waits for an unavailable database."""
    writer.run_in_slices(_take_up)


def _take_up() -> float | None:
    for session_id in find_marked():
        writer.run_in_slices(partial(_clear, session_id, Event()))
    return None


def _clear(session_id: int, done: Event) -> float | None:
    began = time.monotonic()
    if clear_slice(session_id):
        # Pause as long as the slice took, so that other writers of the database get in between.
        return time.monotonic() - began
    writer.forget(session_id)
    done.set()
    notifications.notify(session_id, notifications.CHANGED)
    purge.owe()
    writer.run_in_slices(_purge)
    return None


def _purge() -> float | None:
    """Purge the deleted data from the database's files: first the write-ahead log, then the rest."""
    if not purge.clean_file(is_used=is_used):
        return RETRY_S
    writer.run_in_slices(_rewrite)
    return None


def _rewrite() -> float | None:
    """Balancing its pages, SQLite leaves a copy of a row here and there. Written anew, the file has none.

    A large one waits until that holds up nobody.
    """
    _, strangers, sockets = count_sockets()
    if (strangers or any(sockets.values())) and purge.count_bytes() > AT_ONCE_BYTES:
        return QUIET_LOOK_S
    return None if purge.rewrite() else QUIET_LOOK_S
