"""The core team's rights for a simulation: the files with votes per person are theirs, and they may run a session."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from django.db import DatabaseError

from ...enums import Role
from ...models import Member
from ...views.signin import new_sign_in_link
from .http import Browser, HttpRefused, sign_in


class NoAccess(Exception):
    """Nobody of the core team could be signed in; the message says what to do."""


class WrongPlace(Exception):
    """Simulated people would be mixed with real ones; the message says what to do."""


def enter(*, base: str, code: str, link: str | None) -> Browser:
    """Sign in with the link that was given, or with a new one from the server's database. Raises NoAccess."""
    path = urlsplit(link).path if link else _make_link(code)
    try:
        return sign_in(base, path)
    except (HttpRefused, OSError) as error:
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


def check_place(*, core: Browser, code: str, is_sure: bool) -> str:
    """Return a warning, or nothing in a rehearsal. Raises WrongPlace where people are who may be real."""
    try:
        if json.loads(core.get(f"/api/v1/sessions/{code}"))["rehearsal"]:
            return ""
        people = len(core.get(f"/s/{code}/export/participants.csv").splitlines()) - 1
    except (HttpRefused, OSError) as error:
        raise NoAccess(f"Could not look at session {code}: {error}") from error
    told = f"Session {code} is no rehearsal: what simulated people write and vote stays in it."
    if people > 0 and not is_sure:
        raise WrongPlace(
            f"{told} {people} people are in it already, who may be real. Make a rehearsal in the studio, or say --yes."
        )
    return told
