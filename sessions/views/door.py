"""What the way in shows of a session, kept for a moment: a room that comes in at once reads it once.

It may be a second old where another process changed it. Nothing is decided by it: whether somebody may come in is the
writer's word, at the commit.
"""

from __future__ import annotations

import time
from typing import Any

from django.db.models.signals import post_delete, post_save

from ..models import Programme, Sector, Session

KEPT_S = 1.0

_kept: dict[str, tuple[float, Session]] = {}
"""What was typed → when it was read, and the session, its programme and the O's. Shared by threads: never changed."""


def kept_session(typed: str) -> Session | None:
    """Return the session if it was read a moment ago."""
    at, session = _kept.get(typed, (0.0, None))
    return session if session is not None and time.monotonic() - at < KEPT_S else None


def keep_session(typed: str, session: Session) -> None:
    """Keep a session as it was read, its programme and the O's with it."""
    if len(_kept) > 1_000:
        _kept.clear()
    _kept[typed] = (time.monotonic(), session)


def _forget(**_: Any) -> None:
    _kept.clear()


for model in (Session, Programme, Sector):
    post_save.connect(_forget, sender=model, dispatch_uid=f"door-save-{model.__name__}")
    post_delete.connect(_forget, sender=model, dispatch_uid=f"door-delete-{model.__name__}")
