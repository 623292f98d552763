"""Browser sessions of members, each under a hash of its cookie: whoever reads the database can use none of them.

Django names the row by the cookie itself. Rows that a version before this one made keep that name until somebody signs
in anew, and end two weeks after the sign-in. So an upgrade signs nobody out, and a process of before that still runs
beside this one goes on knowing them. It does not know who signs in here meanwhile: they are asked to sign in once more.
"""

from __future__ import annotations

import re
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.sessions.backends import db
from django.utils import timezone

from .ids import token_hash

NAME_LENGTH = 40
"""What the column takes: 160 bits of the hash."""
_COOKIE = re.compile("[0-9a-z]{32}")
"""As Django makes them. No name of a hash has this form, so what is read in the table is no cookie."""


def names_of(cookie: str) -> tuple[str, ...]:
    """Return the names that a cookie's row may have, first the one that is given now."""
    hashed = token_hash(cookie)[:NAME_LENGTH]
    return (hashed, cookie) if _COOKIE.fullmatch(cookie) else (hashed,)


class SessionStore(db.SessionStore):
    """Django's, of the same class name: that name is part of what signs the data."""

    def exists(self, session_key: str) -> bool:
        return self.model.objects.filter(session_key__in=names_of(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        if (cookie := session_key or self.session_key) is not None:
            self.model.objects.filter(session_key__in=names_of(cookie)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.session_key, *_ = names_of(row.session_key)
        return row

    def save(self, must_create: bool = False) -> None:
        if self.session_key is not None:
            name, *before = names_of(self.session_key)
            self.model.objects.filter(session_key__in=before).update(session_key=name)
        super().save(must_create)

    def _get_session_from_db(self) -> Any:
        names = names_of(self.session_key or "")
        found = self.model.objects.filter(session_key__in=names, expire_date__gt=timezone.now())
        row = found.first()
        if row is None:
            self._session_key = None
        return row

    # Django's own would go round the methods above.

    async def aexists(self, session_key: str) -> bool:
        return await sync_to_async(self.exists)(session_key)

    async def adelete(self, session_key: str | None = None) -> None:
        await sync_to_async(self.delete)(session_key)

    async def asave(self, must_create: bool = False) -> None:
        await sync_to_async(self.save)(must_create)

    async def acreate_model_instance(self, data: dict[str, Any]) -> Any:
        return await sync_to_async(self.create_model_instance)(data)

    async def _aget_session_from_db(self) -> Any:
        return await sync_to_async(self._get_session_from_db)()
