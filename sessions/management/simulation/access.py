"""The core team's rights for a simulation: the files with votes per person are theirs, and they may run a session."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import DatabaseError

from ...enums import Role
from ...models import Member
from ...views.signin import new_sign_in_link
from .http import Browser, Unwelcome, sign_in


class NoAccess(Exception):
    """Nobody of the core team could be signed in; the message says what to do."""


def enter(*, base: str, code: str, link: str | None) -> Browser:
    """Sign in with the link that was given, or with a new one from the server's database. Raises NoAccess."""
    path = urlsplit(link).path if link else _make_link(code)
    try:
        return sign_in(base, path)
    except (Unwelcome, OSError) as error:
        raise NoAccess(f"Could not sign in at {base}: {error}") from error


def _make_link(code: str) -> str:
    try:
        member = Member.objects.filter(
            is_active=True, memberships__role=Role.CORE, memberships__programme__sessions__code=code
        ).first()
        if member is not None:
            return new_sign_in_link(member, base="")
    except DatabaseError:
        pass
    raise NoAccess(
        f"The database of this command has no session {code} with somebody of the core team. Run it with the server's "
        "DATA_DIR or DATABASE_URL, or give a one-time link of the core team: --link http://…"
    )
