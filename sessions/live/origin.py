"""Whether what a browser sends comes from a page of this very site: for sockets and for the API."""

from __future__ import annotations

import logging
import re
from urllib.parse import urlsplit

from django.conf import settings

log = logging.getLogger(__name__)

_ADDRESS = re.compile(r"https?://[\w.:\[\]-]{1,255}", re.ASCII)
TOLD_MOST = 20
_told: set[str] = set()


def is_own_origin(origin: str | None, *, scheme: str, host: str | None) -> bool:
    """Compare with the address that was asked for, scheme, name and port, or with the public address.

    Browsers always say which site a socket or a changing request comes from. A program says nothing: it is no browser
    and carries nobody else's cookies. A page without TLS is another site than the same name with it, for whoever sits
    in the network can have written it.
    """
    if origin is None or origin == settings.PUBLIC_URL:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme == scheme and parts.netloc == host and origin == f"{parts.scheme}://{parts.netloc}"


def tell_other_address(here: str) -> None:
    """Log, once for each address, that what a browser sent was refused because PUBLIC_URL names another."""
    shown = here if _ADDRESS.fullmatch(here) else "something else"
    if shown not in _told and len(_told) < TOLD_MOST:
        _told.add(shown)
        log.warning("Refused what came from a page at %s, for PUBLIC_URL is %s", shown, settings.PUBLIC_URL)
