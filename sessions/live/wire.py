"""The short way out: one WebSocket frame, built once, written to many sockets.

ASGI has no word for "the same bytes to a thousand sockets": each `send` makes the frame anew, 20 µs a socket. Our
daphne (sessions/management/server.py) therefore puts the connection itself into the scope as an extension, and the
finished frame is written to it. Under another server the extension is missing and every socket is sent to by itself.
"""

from __future__ import annotations

import socket
from abc import ABC, abstractmethod
from typing import Any

from autobahn.websocket.protocol import WebSocketProtocol
from twisted.internet.tcp import Server

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


def _hand_over(connection: socket.socket, frame: bytes) -> int:
    """Give the kernel what it takes at once; return how many bytes, 0 also when the connection is gone."""
    try:
        return connection.send(frame)
    except OSError:
        return 0


class Carrier(ABC):
    """What carries one client's frames: a socket's connection, or long polls (http_line.py)."""

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
        """It is no stranger any more."""

    @abstractmethod
    def stop_reading(self) -> None:
        """Read nothing more: it is being closed for what it sent."""

    @abstractmethod
    def unsent(self) -> int:
        """Return how many bytes wait because the other side does not read."""

    @abstractmethod
    def abort(self) -> None:
        """Cut it: a close frame would only join the queue."""


class Wire(Carrier):
    """The connection under one socket, as daphne's protocol object has it."""

    __slots__ = ("_protocol",)

    def __init__(self, protocol: Any) -> None:
        self._protocol = protocol

    def send_text(self, text: str) -> None:
        self._send(build_frame(text))

    def send_shared(self, text: str, frame: bytes) -> None:
        self._send(frame)

    def _send(self, frame: bytes) -> None:
        """Write a frame; nothing once the socket is closing.

        On a plain connection with nothing waiting the kernel takes it at once. Twisted would note the bytes, ask to be
        told when the socket can be written, and write on the next round: two more system calls for every frame.
        """
        if self._protocol.state != WebSocketProtocol.STATE_OPEN:
            return
        transport = self._protocol.transport
        sent = 0
        if type(transport) is Server and not transport.TLS and not transport.disconnecting and not self.unsent():
            sent = _hand_over(transport.socket, frame)
        if sent < len(frame):
            transport.write(frame[sent:])  # also what is gone: twisted finds out

    @property
    def budget(self) -> Budget:
        found: Budget = self._protocol.budget
        return found

    @property
    def pinged_at(self) -> float:
        """When a ping of the WebSocket protocol came."""
        return float(self._protocol.pinged_at)

    def said_hello(self) -> None:
        self._protocol.said_hello()

    def let_in(self) -> None:
        self._protocol.let_in()

    def stop_reading(self) -> None:
        self._protocol.stop_reading()

    def unsent(self) -> int:
        transport = self._protocol.transport
        return int(len(transport.dataBuffer) - transport.offset + transport._tempDataLen)

    def abort(self) -> None:
        self._protocol.transport.abortConnection()


def carrier_of(scope: Any) -> Carrier | None:
    found = scope.get("extensions", {}).get(EXTENSION)
    return found if isinstance(found, Carrier) else None
