"""The short way out: one WebSocket frame, built once, written to many sockets.

ASGI has no word for "the same bytes to a thousand sockets": each `send` makes the frame anew, 20 µs a socket. Our
daphne (sessions/management/server.py) therefore puts the connection itself into the scope as an extension, and
autobahn's prepared messages do the rest. Under another server the extension is missing and every socket is sent to by
itself.
"""

from __future__ import annotations

from typing import Any

from autobahn.websocket.protocol import PreparedMessage, WebSocketProtocol
from twisted.internet.tcp import Server

EXTENSION = "cocreation.wire"
OVERSIZE = "cocreation.oversize"
"""Type of a message that was too long to be kept. `last`: there were too many, or one was beyond all measure."""


class Wire:
    """The connection under one socket, as daphne's protocol object has it."""

    __slots__ = ("_protocol",)

    def __init__(self, protocol: Any) -> None:
        self._protocol = protocol

    def send(self, prepared: PreparedMessage) -> None:
        """Write a prepared frame; nothing once the socket is closing.

        On a plain connection with nothing waiting the kernel takes it at once. Twisted would note the bytes, ask to be
        told when the socket can be written, and write on the next round: two more system calls for every frame.
        """
        if self._protocol.state != WebSocketProtocol.STATE_OPEN:
            return
        transport = self._protocol.transport
        if type(transport) is not Server or transport.TLS or self.unsent() or transport.disconnecting:
            self._protocol.sendPreparedMessage(prepared)
            return
        frame = prepared.payloadHybi
        try:
            sent = transport.socket.send(frame)
        except OSError:
            sent = 0  # full, or gone: twisted finds out which
        if sent < len(frame):
            transport.write(frame[sent:])  # type: ignore[no-untyped-call]

    def unsent(self) -> int:
        """Return how many bytes wait because the other side does not read."""
        transport = self._protocol.transport
        return int(len(transport.dataBuffer) - transport.offset + transport._tempDataLen)

    def abort(self) -> None:
        """Cut the connection: a close frame would only join the queue."""
        self._protocol.transport.abortConnection()


def prepare(text: str) -> PreparedMessage:
    """Return the frame of a text, ready to be written to any number of sockets."""
    return PreparedMessage(text.encode(), False, False, True)


def wire_of(scope: Any) -> Wire | None:
    found = scope.get("extensions", {}).get(EXTENSION)
    return found if isinstance(found, Wire) else None
