"""PUBLIC_URL: whether phones can reach it, and whether the program is told who asks."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from cocreation.address import lan_address

from ..running import own_address
from .findings import Finding, warning, well

LOCAL = ("localhost", "127.0.0.1", "::1")


def examine_address() -> Iterator[Finding]:
    """Look at the address without asking anybody."""
    url = own_address()
    parts = urlsplit(url)
    host = str(parts.hostname)
    if host in LOCAL:
        yield warning(
            _("Only this machine can reach %(url)s; phones cannot. Join a network and start again, or set PUBLIC_URL.")
            % {"url": url}
        )
    elif not settings.PROXY_HEADERS and _is_elsewhere(host):
        own = lan_address() or _("none")
        text = _("PUBLIC_URL is %(url)s, but this machine has not that address. Its address in its network: %(own)s.")
        yield warning(text % {"url": url, "own": own})
    elif parts.scheme == "http" and not settings.PROXY_HEADERS and _is_at_another_port(parts.port or 80):
        text = _("PUBLIC_URL is %(url)s, but the program listens on port %(port)d.")
        yield warning(text % {"url": url, "port": settings.PORT})
    else:
        yield well(_("People use %(url)s.") % {"url": url})
    if parts.scheme == "https" and not settings.PROXY_HEADERS:
        yield warning(
            _(
                "PUBLIC_URL is HTTPS, so a proxy stands in front, but PROXY_HEADERS is not 1: all visitors seem to "
                "have the proxy's address, and the brake on guessed codes counts them as one."
            )
        )


def examine_name() -> Iterator[Finding]:
    """Look the name up."""
    host = str(urlsplit(own_address()).hostname)
    try:
        socket.getaddrinfo(host, None)
    except OSError:
        text = _("The name %(host)s cannot be looked up from here. Try the address from a phone.")
        yield warning(text % {"host": host})


def _is_at_another_port(port: int) -> bool:
    """Whether somebody named another port than the one that is listened to. What `serve` finds by itself agrees."""
    return bool(os.environ.get("PUBLIC_URL")) and port != settings.PORT


def _is_elsewhere(host: str) -> bool:
    """Whether this is a number of a network that the machine does not have."""
    with suppress(ValueError):
        address = ipaddress.ip_address(host)
        family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.bind((host, 0))
            except OSError:
                return True
    return False
