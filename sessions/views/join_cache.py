"""One-second cache of what the join pages show, so that a room that joins at once reads it once.

It may be a second old where another process changed it. Nothing is decided by it: whether somebody may come in is the
writer's word, at the commit.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import Any, NamedTuple

from django.db.models import prefetch_related_objects
from django.db.models.signals import post_delete, post_save

from ..models import Programme, Sector, Session

KEPT_S = 1.0


class _Kept(NamedTuple):
    """`session`: with its programme and the O's; shared by threads, never changed. `pages`: language → page.

    `renewal`: held by the one thread that reads the session again or makes a page of it, while others wait for that.
    """

    at: float
    session: Session
    pages: dict[str, str]
    renewal: Lock


_kept: dict[str, _Kept] = {}
"""What was typed → what was read."""


def read_cached(typed: str, read: Callable[[str], Session | None]) -> Session | None:
    """Return the session as it was read at most a moment ago, else as `read` finds it, with the O's."""
    kept = _kept.get(typed)
    if kept is None:
        return _read(typed, read)
    if _is_fresh(kept):
        return kept.session
    with kept.renewal:
        again = _kept.get(typed)
        return again.session if again is not None and _is_fresh(again) else _read(typed, read)


def page_of(session: Session, *, typed: str, language: str, make: Callable[[], str]) -> str:
    """Return what `make` returns, made once per language for as long as this very reading of the session is kept."""
    kept = _kept.get(typed)
    if kept is None or kept.session is not session:
        return make()
    if language not in kept.pages:
        with kept.renewal:
            if language not in kept.pages:
                kept.pages[language] = make()
    return kept.pages[language]


def _is_fresh(kept: _Kept) -> bool:
    return time.monotonic() - kept.at < KEPT_S


def _read(typed: str, read: Callable[[str], Session | None]) -> Session | None:
    session = read(typed)
    if session is not None:
        prefetch_related_objects([session], "programme__sectors")
        if len(_kept) > 1_000:
            _kept.clear()
        _kept[typed] = _Kept(time.monotonic(), session, {}, Lock())
    return session


def _forget(**_: Any) -> None:
    _kept.clear()


for model in (Session, Programme, Sector):
    post_save.connect(_forget, sender=model, dispatch_uid=f"door-save-{model.__name__}")
    post_delete.connect(_forget, sender=model, dispatch_uid=f"door-delete-{model.__name__}")
