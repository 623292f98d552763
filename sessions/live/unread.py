"""Which sockets and lines are cut off because their clients do not read. They come back when they can."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .socket import SessionSocket

UNSENT_BYTES = 1_000_000
"""What may wait for one client."""
TOGETHER_BYTES = 256_000_000
"""What may wait for all clients of a session. A thousand phones that come back at once wait for less."""


def find_unread(sockets: Iterable[SessionSocket]) -> set[SessionSocket]:
    """Return those for which too much waits; when it is too much for all together, those for which most waits."""
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
