"""Whether what a browser sends comes from a page of this very site: for sockets and for the API."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings


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
