"""`python -m tools.bench.other uvicorn|granian PORT`: the program on another ASGI server, set as fast as it goes.

uvicorn with uvloop, httptools and websockets' sans-io protocol, and the same short way out for frames as on our daphne;
granian (Rust), which gives an application no way to the connection itself.
"""

from __future__ import annotations

import gc
import sys
from typing import Any

from cocreation.asgi import application
from sessions.live.frame_transport import EXTENSION, build_frame
from sessions.live.limits import Budget
from sessions.server.frame_transport import DaphneTransport

FRAME = 16_384


class UvicornTransport(DaphneTransport):
    """The connection under one socket, as uvicorn's protocol object has it."""

    __slots__ = ("_budget",)
    pinged_at = 0.0
    """uvicorn answers pings of the WebSocket protocol by itself and tells nobody."""

    def __init__(self, protocol: Any) -> None:
        super().__init__(protocol)
        self._budget = Budget()

    @property
    def budget(self) -> Budget:
        return self._budget

    def said_hello(self) -> None:
        """uvicorn gives strangers as much room as anybody."""

    def let_in(self) -> None:
        """See `said_hello`."""

    def stop_reading(self) -> None:
        self._protocol.transport.pause_reading()

    def send_text(self, text: str) -> None:
        self._send(build_frame(text))

    def send_shared(self, text: str, frame: bytes) -> None:
        self._send(frame)

    def _send(self, frame: bytes) -> None:
        transport = self._protocol.transport
        if not transport.is_closing():
            transport.write(frame)

    def unsent(self) -> int:
        return int(self._protocol.transport.get_write_buffer_size())

    def abort(self) -> None:
        self._protocol.transport.abort()


async def wired(scope: Any, receive: Any, send: Any) -> None:
    """The program with the connection put into the scope, as our daphne does."""
    if scope["type"] == "websocket":
        scope["extensions"] = {**scope.get("extensions", {}), EXTENSION: UvicornTransport(send.__self__)}
    await application(scope, receive, send)


def run(name: str, port: int) -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 10)
    if name == "uvicorn":
        import uvicorn

        uvicorn.run(
            wired, host="127.0.0.1", port=port, loop="uvloop", http="httptools", ws="websockets-sansio", lifespan="off",
            log_level="error", access_log=False, backlog=2048, proxy_headers=False, ws_max_size=FRAME,
            ws_per_message_deflate=False, ws_ping_interval=None, server_header=False, date_header=False,
        )  # fmt: skip
    else:
        import uvloop
        from granian.constants import HTTPModes, Interfaces
        from granian.server.embed import Server

        server = Server(
            application, address="127.0.0.1", port=port, interface=Interfaces.ASGINL, http=HTTPModes.http1,
            backlog=2048, log_enabled=False, log_access=False,
        )  # fmt: skip
        uvloop.run(server.serve())


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]))
