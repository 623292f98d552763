"""Client address and scheme behind a trusted reverse proxy, from forwarding headers.

X-Forwarded-For is a list. A proxy appends whom it heard the request from, or replaces the list by that; what stands
before the last address came with the request, and its sender can write there what he likes. daphne takes the first.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Any

SECURE = {"http": "https", "websocket": "wss"}
PLAIN = {"http": "http", "websocket": "ws"}


def apply_forwarded_headers(scope: dict[str, Any]) -> dict[str, Any]:
    """Return the scope with the visitor's address and scheme as the proxy says. What it does not say stays."""
    changed = dict(scope)
    address = _last(scope["headers"], b"x-forwarded-for")
    if _is_address(address):
        changed["client"] = [address, 0]
    proto = _last(scope["headers"], b"x-forwarded-proto").lower()
    if proto in ("http", "https"):
        changed["scheme"] = (SECURE if proto == "https" else PLAIN)[scope["type"]]
    return changed


def _last(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    """Return the last entry of a list that may stand in several headers of this name."""
    values = [value.decode("latin1") for found, value in headers if found.lower() == name]
    return values[-1].rpartition(",")[2].strip() if values else ""


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
