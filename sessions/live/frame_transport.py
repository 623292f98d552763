"""Writes one prebuilt WebSocket frame to many sockets, bypassing ASGI's `send`.

ASGI has no word for "the same bytes to a thousand sockets": each `send` makes the frame anew, 20 µs a socket. Our
daphne therefore puts the connection itself into the scope as an extension (sessions/server/frame_transport.py), and the
finished frame is written to it. Under another server the extension is missing and every socket is sent to by itself.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from .limits import Budget

EXTENSION = "cocreation.wire"
OVERSIZE = "cocreation.oversize"
"""Type of a message that was too long to be kept. `last`: there were too many, or one was beyond all measure."""

CONNECTION = "cocreation.connection"
"""The connection under an HTTP request, so that it can be noted as a stranger's or not."""
TOO_LARGE = "cocreation.body_too_large"
"""The server read no further because the body was too long. What there is of it is not passed on."""

FLOODED = "cocreation.flooded"
"""Type of a message that says that the socket's budget is spent: nothing more of it is read."""

_TEXT = 0x81
"""A whole text message in one frame."""


def build_frame(text: str) -> bytes:
    """Return the frame of a text from a server: never masked, never compressed."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        return bytes((_TEXT, size)) + payload
    if size < 65_536:
        return bytes((_TEXT, 126)) + size.to_bytes(2, "big") + payload
    return bytes((_TEXT, 127)) + size.to_bytes(8, "big") + payload


class FrameTransport(ABC):
    """What carries one client's frames: a socket's connection, or long polls (long_poll.py)."""

    __slots__ = ()

    @abstractmethod
    def send_text(self, text: str) -> None:
        """Write a frame of this client's own."""

    @abstractmethod
    def send_shared(self, text: str, frame: bytes) -> None:
        """Write what a whole audience is sent. `frame`: the same as a frame of a WebSocket, built once."""

    @property
    @abstractmethod
    def budget(self) -> Budget:
        """The same for what the connection finds out by itself and for what the program does."""

    @property
    @abstractmethod
    def pinged_at(self) -> float:
        """When the other side last showed that it is there without sending a frame, by `time.monotonic`."""

    @abstractmethod
    def said_hello(self) -> None:
        """Its owner is known soon, so others are closed first when room is needed."""

    @abstractmethod
    def let_in(self) -> None:
        """The connection was admitted."""

    @abstractmethod
    def stop_reading(self) -> None:
        """Read nothing more: it is being closed for what it sent."""

    @abstractmethod
    def unsent(self) -> int:
        """Return how many bytes wait because the other side does not read."""

    @abstractmethod
    def abort(self) -> None:
        """Abort: a close frame would only join the queue."""


def transport_of(scope: Any) -> FrameTransport | None:
    found = scope.get("extensions", {}).get(EXTENSION)
    return found if isinstance(found, FrameTransport) else None
