"""Writes frames straight to a socket's TCP connection: daphne's side of live/frame_transport.py."""

from __future__ import annotations

import socket
from typing import Any

from autobahn.websocket.protocol import WebSocketProtocol
from twisted.internet.tcp import Server

from ..live.frame_transport import FrameTransport, build_frame
from ..live.limits import Budget


class DaphneTransport(FrameTransport):
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


def _hand_over(connection: socket.socket, frame: bytes) -> int:
    """Give the kernel what it takes at once; return how many bytes, 0 also when the connection is gone."""
    try:
        return connection.send(frame)
    except OSError:
        return 0
