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
_LAST_TEXT, _MASKED = 0x81, 0x80


def read_whole_text(data: bytes) -> bytes | None:
    """Return the payload when these bytes are exactly one masked, uncompressed, unsplit text frame within the limit."""
    if len(data) < 6 or data[0] != _LAST_TEXT or data[1] < _MASKED:
        return None
    size, start = data[1] - _MASKED, 6
    if size == 126 and len(data) >= 8:
        size, start = int.from_bytes(data[2:4], "big"), 8
        if size < 126:
            return None  # not the shortest way to write it, which is a mistake
    elif size >= 126:
        return None
    if len(data) != start + size or size > FRAME_BYTES:
        return None
    mask = (data[start - 4 : start] * (size // 4 + 1))[:size]
    return (int.from_bytes(data[start:], "big") ^ int.from_bytes(mask, "big")).to_bytes(size, "big")


class Inbound(WebSocketProtocol):  # type: ignore[misc]
    """daphne's protocol of one connection, with its own way of putting messages together."""

    _is_binary = False
    _kept = bytearray()
    _length = 0
    """Bytes of the message so far, by what its frames' heads announce."""
    _dropped = 0
    _sent_away = False

    # -- what twisted calls --------------------------------------------------------------------------------------

    def dataReceived(self, data: bytes) -> None:
        """Take one whole text frame by itself the short way, as nearly all come. All else is autobahn's to judge."""
        text = None
        if self.state == self.STATE_OPEN and self.current_frame is None and not self.inside_message and not self.data:
            text = read_whole_text(data)
        if text is None:
            super().dataReceived(data)
        else:
            self._hand_on_text(text)

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
        if self._is_binary:
            self._hand_on({"type": "websocket.receive", "text": None, "bytes": payload})
        else:
            self._hand_on_text(payload)

    # -- on to the program ---------------------------------------------------------------------------------------

    def _send_away(self) -> None:
        """Let the program say why and close; until then all that still comes is dropped."""
        if not self._sent_away:
            self._hand_on({"type": OVERSIZE, "last": True})
            self._sent_away = True

    def _hand_on_text(self, payload: bytes) -> None:
        try:
            self._hand_on({"type": "websocket.receive", "text": payload.decode(), "bytes": None})
        except UnicodeDecodeError:
            # Refused as a binary message is: the one who sent it can be told what is wrong.
            self._hand_on({"type": "websocket.receive", "text": None, "bytes": payload})

    def _hand_on(self, message: dict[str, Any]) -> None:
        if not self.muted and not self._sent_away and self.state == self.STATE_OPEN:
            self.last_ping = time.time()  # daphne asks the silent whether they live
            self.application_queue.put_nowait(message)
