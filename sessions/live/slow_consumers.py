"""Slow consumers: which connections are closed because their clients do not read. They may reconnect."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .socket import SessionSocket

UNSENT_BYTES = 1_000_000
"""Maximum unsent bytes of one client."""
TOGETHER_BYTES = 256_000_000
"""Maximum unsent bytes of all clients of a session. A thousand reconnecting phones need less."""


def find_slow_consumers(sockets: Iterable[SessionSocket]) -> set[SessionSocket]:
    """Return the connections over the limit; when the total is over its limit, those with most unsent bytes."""
    sizes = {socket: socket.wire.unsent() for socket in sockets if socket.wire is not None}
    found = {socket for socket, size in sizes.items() if size > UNSENT_BYTES}
    total = sum(size for socket, size in sizes.items() if socket not in found)
    if total > TOGETHER_BYTES:
        for socket in sorted(sizes.keys() - found, key=sizes.__getitem__, reverse=True):
            found.add(socket)
            total -= sizes[socket]
            if total <= TOGETHER_BYTES:
                break
    return found
