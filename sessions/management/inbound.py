"""Messages as they come in from one socket: kept up to the limit, and beyond it dropped while they stream in.

daphne and autobahn collect a message whole and cut the connection when it is too long, which tells a client nothing and
makes it come back for more of the same. Here a message that is too long costs the server no memory, its sender is told
so by the program in a typed error, and the socket stays. Who goes on and on is sent away.
"""

from __future__ import annotations

import time
from typing import Any

from daphne.ws_protocol import WebSocketProtocol

from ..live.protocol import FRAME_BYTES
from ..live.wire import OVERSIZE

MESSAGE_BYTES = 4_000_000
"""A message longer than this is not even waited for."""
DROPPED_BYTES = 16_000_000
"""What one socket may waste, all its messages together."""


class Inbound(WebSocketProtocol):  # type: ignore[misc]
    """daphne's protocol of one connection, with its own way of putting messages together."""

    _is_binary = False
    _kept = bytearray()
    _length = 0
    """Bytes of the message so far, by what its frames' heads announce."""
    _dropped = 0
    _sent_away = False

    # -- what autobahn calls -------------------------------------------------------------------------------------

    def onMessageBegin(self, isBinary: bool) -> None:
        self._is_binary = isBinary
        self._kept = bytearray()
        self._length = 0

    def onMessageFrameBegin(self, length: int) -> None:
        self._length += length
        if self._length > FRAME_BYTES:
            self._kept.clear()
        if self._length > MESSAGE_BYTES or self._dropped > DROPPED_BYTES:
            self._send_away()

    def onMessageFrameData(self, payload: bytes) -> None:
        if self._length > FRAME_BYTES:
            self._dropped += len(payload)
        else:
            self._kept += payload

    def onMessageFrameEnd(self) -> None:
        """Nothing: frames of a message are put together as they come."""

    def onMessageEnd(self) -> None:
        if self._length > FRAME_BYTES:
            self._hand_on({"type": OVERSIZE, "last": False})
            return
        payload = bytes(self._kept)
        try:
            text = None if self._is_binary else payload.decode()
        except UnicodeDecodeError:
            text = None  # refused as a binary message is: the one who sent it can be told what is wrong
        self._hand_on({"type": "websocket.receive", "text": text, "bytes": payload if text is None else None})

    # -- on to the program ---------------------------------------------------------------------------------------

    def _send_away(self) -> None:
        """Let the program say why and close; until then all that still comes is dropped."""
        if not self._sent_away:
            self._hand_on({"type": OVERSIZE, "last": True})
            self._sent_away = True

    def _hand_on(self, message: dict[str, Any]) -> None:
        if not self.muted and not self._sent_away and self.state == self.STATE_OPEN:
            self.last_ping = time.time()  # daphne asks the silent whether they live
            self.application_queue.put_nowait(message)
