"""Connections per credential: of a person, a projector link, a member's sign-in.

Admitted connections are never closed to make room for others, so one credential must not take all the room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .credentials import Grant

if TYPE_CHECKING:
    from ..domain.authorisation import Login
    from .socket import SessionSocket

MOST = 24
"""Sockets and long polls of one holder in one session and process: all of a browser's tabs, and those that a bad
network left open and that were not silent for long enough yet."""


class Holder(NamedTuple):
    """Who holds a grant: the same one also after the member's name or role changed."""

    participant: int | None
    link: int | None
    login: Login | None


class Holders:
    """See the module. In the event loop."""

    def __init__(self) -> None:
        self._held: dict[Holder, dict[SessionSocket, None]] = {}
        """In the order in which they were let in."""

    def add(self, socket: SessionSocket) -> SessionSocket | None:
        """A socket is let in. Return the oldest of the same holder when that is one too many."""
        holder = _holder_of(socket)
        if holder is None:
            return None
        mine = self._held.setdefault(holder, {})
        mine.pop(socket, None)
        mine[socket] = None
        return next(iter(mine)) if len(mine) > MOST else None

    def remove(self, socket: SessionSocket) -> None:
        holder = _holder_of(socket)
        mine = self._held.get(holder) if holder is not None else None
        if holder is not None and mine is not None:
            mine.pop(socket, None)
            if not mine:
                del self._held[holder]


def _holder_of(socket: SessionSocket) -> Holder | None:
    granted: Grant | None = socket.granted
    return Holder(granted.participant, granted.link, granted.login) if granted is not None else None
