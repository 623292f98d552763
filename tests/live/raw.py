"""Bytes to a server and what comes back, below HTTP."""

from __future__ import annotations

import socket

from ..server import RunningServer


def dial(server: RunningServer) -> socket.socket:
    return socket.create_connection((server.host, server.port), timeout=30)


def read_all(line: socket.socket) -> bytes:
    found = b""
    try:
        while piece := line.recv(65_536):
            found += piece
    except ConnectionResetError:
        pass
    return found
