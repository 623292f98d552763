"""How the server sends mail: EMAIL_URL, as smtp://, submission:// or smtps://user:password@host:port."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from .environment import BadSetting
from .speech import gettext_noop as _

_PORTS = {"smtp": 25, "submission": 587, "smtps": 465}


class Mail(NamedTuple):
    host: str = ""
    """Empty: no mail is sent."""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    """Turned on after connecting (STARTTLS)."""
    ssl: bool = False
    """From the first byte on."""


def parse_mail(url: str) -> Mail:
    """Return how to send; without an address, not at all."""
    if not url:
        return Mail()
    wrong = _("EMAIL_URL has to read submission://user:password@host:587, or smtps:// or smtp:// in its place.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadSetting(wrong) from None
    if parts.scheme not in _PORTS or not parts.hostname:
        # Without what it says: that may hold the password.
        raise BadSetting(wrong)
    return Mail(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "submission",
        ssl=parts.scheme == "smtps",
    )
