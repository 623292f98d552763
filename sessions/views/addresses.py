"""The address that a browser has, when forms cannot work there because PUBLIC_URL names another."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..live.origin import is_own_origin

LOOPS = ("localhost", "127.0.0.1", "::1")


def other_address(request: HttpRequest) -> str | None:
    """Return that address; None where forms work.

    They do not where the page is plain HTTP and PUBLIC_URL is HTTPS, for a browser drops the cookies there; nor where
    the browser says it comes from elsewhere than was asked for: a proxy changed name or scheme on the way.
    """
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    scheme, origin = request.scheme or "http", request.headers.get("Origin")
    if origin not in (None, "null") and not is_own_origin(origin, scheme=scheme, host=host):
        return origin
    here = f"{scheme}://{host}"
    return here if settings.HTTPS and not request.is_secure() and here != settings.PUBLIC_URL else None


def warn_of_address(request: HttpRequest) -> str:
    """Return what to say before somebody types, when the form is going to be refused at the address of this page.

    On this machine itself most browsers keep such cookies on plain HTTP as well, so there it is said only afterwards.
    """
    here = other_address(request)
    return "" if here is None or urlsplit(here).hostname in LOOPS else say_other_address(here)


def say_other_address(here: str) -> str:
    """Return the sentence that names both."""
    return _(
        "This page is open at %(here)s, but this server works at %(there)s. Open it there. "
        "For whoever looks after the server: PUBLIC_URL has to be the address that people use."
    ) % {"here": here, "there": settings.PUBLIC_URL}
