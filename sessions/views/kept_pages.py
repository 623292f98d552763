"""Caches of pages that everybody in a session gets alike, and their end.

A kept page ends with what it was made of: at once in the process that deletes, wipes or archives the session, and
within half a second in every process when the log says something that changes the page, or when the session's epoch
is another one or its row is gone. So a text that was redacted does not stay in memory either.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, InterfaceError, connection

from ..domain.log import LogKind
from ..live import notifications
from ..models import Event, Session

log = logging.getLogger(__name__)

LASTS_S = 30.0
"""Nothing is kept longer: somebody who was erased is in no line of the log."""
LOOK_S = 0.5
"""As often as a hub reads the database."""

K = TypeVar("K", bound=Hashable)
P = TypeVar("P")


@dataclass
class Kept(Generic[P]):
    """`number`: the log when the pages were read; `seq`: up to where nothing changed since. `at`: when that began."""

    epoch: str
    number: int
    seq: int
    at: float
    pages: P


class KeptPages(Generic[K, P]):
    """Pages by session and by what else tells them apart. `silent`: lines after which they are the same as before."""

    def __init__(self, *, silent: Collection[LogKind] = ()) -> None:
        self._silent = [kind.value for kind in silent]
        self._kept: dict[tuple[int, K], Kept[P]] = {}
        self._lock = threading.Lock()
        _caches.append(self)

    def find(self, session_id: int, about: K, *, asked_at: float | None = None) -> Kept[P] | None:
        """Return what is kept if it is as the session stands now. Raises Session.DoesNotExist.

        `asked_at`: what was read after this moment is new enough, wherever the log stands by now.
        """
        with self._lock:
            kept = self._kept.get((session_id, about))
        if kept is None or kept.at < time.monotonic() - LASTS_S:
            return None
        if asked_at is not None and kept.at >= asked_at:
            return kept
        return kept if self._stands(session_id, kept, *read_number(session_id)) else None

    def keep(self, session_id: int, about: K, *, epoch: str, seq: int, at: float, pages: P) -> Kept[P]:
        kept = Kept(epoch, seq, seq, at, pages)
        with self._lock:
            self._kept[session_id, about] = kept
        return kept

    def sessions(self) -> set[int]:
        """Return of which sessions there is anything."""
        with self._lock:
            return {session_id for session_id, _ in self._kept}

    def forget(self, session_id: int | None = None) -> None:
        """Drop the pages of a session, or of all."""
        with self._lock:
            for key in [key for key in self._kept if session_id is None or key[0] == session_id]:
                del self._kept[key]

    def drop_stale(self, numbers: dict[int, tuple[str, int]]) -> None:
        """Drop what no longer stands. `numbers`: session → epoch and number, without those that are gone."""
        old = time.monotonic() - LASTS_S
        with self._lock:
            found = list(self._kept.items())
        for key, kept in found:
            number = numbers.get(key[0])
            if kept.at < old or number is None or not self._stands(key[0], kept, *number):
                with self._lock:
                    if self._kept.get(key) is kept:
                        del self._kept[key]

    def _stands(self, session_id: int, kept: Kept[P], epoch: str, seq: int) -> bool:
        known = kept.seq
        if epoch != kept.epoch or seq < known:
            return False
        if seq > known:
            lines = Event.objects.filter(session=session_id, seq__gt=known, seq__lte=seq)
            if not self._silent or lines.exclude(kind__in=self._silent).exists():
                return False
        kept.seq = max(kept.seq, seq)
        return True


_caches: list[KeptPages[Any, Any]] = []


def read_number(session_id: int) -> tuple[str, int]:
    """Return epoch and number of a session. Raises Session.DoesNotExist."""
    return Session.objects.values_list("epoch", "seq").get(pk=session_id)


def drop_stale_pages() -> None:
    """Drop the pages that no longer stand, of all sessions of which any are kept."""
    sessions = {session_id for cache in _caches for session_id in cache.sessions()}
    if not sessions:
        return
    rows = Session.objects.filter(pk__in=sessions).values_list("pk", "epoch", "seq")
    numbers = {session_id: (epoch, seq) for session_id, epoch, seq in rows}
    for cache in _caches:
        cache.drop_stale(numbers)


def _forget_changed(session_id: int, seq: int) -> None:
    if seq == notifications.CHANGED:
        for cache in _caches:
            cache.forget(session_id)


notifications.watch(_forget_changed)


def start_dropping() -> None:
    """Look for pages that no longer stand, in a thread, as long as the process lives."""
    threading.Thread(target=_work, name="kept-pages", daemon=True).start()


def _work() -> None:
    pause = threading.Event()
    while True:
        try:
            drop_stale_pages()
        except (DatabaseError, InterfaceError) as error:
            log.warning("The database does not answer the look at kept pages: %s", type(error).__name__)
            connection.close()
        except Exception:
            log.exception("Kept pages were not looked at")
        pause.wait(LOOK_S)
