"""What the way in shows of a session, kept for a moment: a room that comes in at once reads it once.

It may be a second old where another process changed it. Nothing is decided by it: whether somebody may come in is the
writer's word, at the commit.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models.signals import post_delete, post_save

from ..models import Programme, Sector, Session

KEPT_S = 1.0


class _Kept(NamedTuple):
    """`session`: with its programme and the O's; shared by threads, never changed. `pages`: language → page."""

    at: float
    session: Session
    pages: dict[str, str]


_kept: dict[str, _Kept] = {}
"""What was typed → what was read."""


def kept_session(typed: str) -> Session | None:
    """Return the session if it was read a moment ago."""
    kept = _kept.get(typed)
    return kept.session if kept is not None and time.monotonic() - kept.at < KEPT_S else None


def keep_session(typed: str, session: Session) -> None:
    """Keep a session as it was read, its programme and the O's with it."""
    if len(_kept) > 1_000:
        _kept.clear()
    _kept[typed] = _Kept(time.monotonic(), session, {})


def page_of(session: Session, *, typed: str, language: str, make: Callable[[], str]) -> str:
    """Return what `make` returns, made once per language for as long as this very reading of the session is kept."""
    kept = _kept.get(typed)
    if kept is None or kept.session is not session:
        return make()
    if language not in kept.pages:
        kept.pages[language] = make()
    return kept.pages[language]


def _forget(**_: Any) -> None:
    _kept.clear()


for model in (Session, Programme, Sector):
    post_save.connect(_forget, sender=model, dispatch_uid=f"door-save-{model.__name__}")
    post_delete.connect(_forget, sender=model, dispatch_uid=f"door-delete-{model.__name__}")
