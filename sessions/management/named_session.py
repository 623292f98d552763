"""The session that a command names by its code."""

from __future__ import annotations

from django.core.management.base import CommandError

from ..models import Session


def find_session(code: str) -> Session:
    """Raises CommandError."""
    session = Session.objects.select_related("programme").filter(code=code.strip().upper()).first()
    if session is None:
        raise CommandError(f"There is no session with the code {code}.")
    return session
