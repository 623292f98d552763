"""Receives WebSocket messages with size limits: a message over the limit is discarded while it streams in.

daphne and autobahn collect a message whole and cut the connection when it is too long, which tells a client nothing and
makes it come back for more of the same. Here a message that is too long costs the server no memory, its sender is told
so by the program in a typed error, and the socket stays. Who goes on and on is sent away.

One packet may hold ten thousand frames. A few are taken at a time, and none while the program has enough of this socket
waiting: then nothing more is read, and TCP makes the sender wait.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from daphne.ws_protocol import WebSocketProtocol

from ..live.frame_transport import FLOODED, OVERSIZE
from ..live.limits import Budget
from ..live.networks import address_of
from ..live.protocol import FRAME_BYTES
from .strangers import StrangerKind, Strangers

MESSAGE_BYTES = 4_000_000
"""Maximum message size that is read at all."""
DROPPED_BYTES = 16_000_000
"""Maximum discarded bytes per socket."""
STEPS = 32
"""So often autobahn is called before others get their turn; a frame takes one or two calls."""
WAITING = 32
"""So many messages may wait for the program."""
PAUSE_S = 0.01
SMALL_PIECE = 128
"""A message in pieces smaller than this pays for each piece."""
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


class Inbound(WebSocketProtocol):
    """daphne's protocol of one connection, with its own way of putting messages together."""

    address = ""
    pinged_at = 0.0
    _is_binary = False
    _kept = bytearray()
    _length = 0
    """Bytes of the message so far, by what its frames' heads announce."""
    _dropped = 0
    _sent_away = False
    _is_pausing = False
    _is_deaf = False
    """Incoming bytes are discarded."""

    @property
    def _strangers(self) -> Strangers:
        found: Strangers = self.factory.server_class.strangers
        return found

    # -- what the program says (live/frame_transport.py)
    # --------------------------------------------------------------------

    def said_hello(self) -> None:
        self._strangers.note(self, StrangerKind.HELLO)

    def let_in(self) -> None:
        self._strangers.forget(self)

    def stop_reading(self) -> None:
        self._is_deaf = True
        self.data = b""

    # -- what the registry calls ---------------------------------------------------------------------------------

    def expire(self) -> None:
        """Nothing: the program closes a socket that says no hello, and says why."""

    def cut(self) -> None:
        self.transport.abortConnection()

    # -- what twisted calls --------------------------------------------------------------------------------------

    def connectionMade(self) -> None:
        self.budget = Budget()
        self.address = address_of(str(getattr(self.transport.getPeer(), "host", "")))
        self._strangers.note(self, StrangerKind.SOCKET)
        super().connectionMade()

    def connectionLost(self, *reason: Any) -> None:
        self._strangers.depart(self)
        super().connectionLost(*reason)

    def dataReceived(self, data: bytes) -> None:
        """Take one whole text frame by itself the short way, as nearly all come. All else is autobahn's to judge."""
        if self._is_deaf:
            return
        text = None
        if (
            self.state == self.STATE_OPEN
            and self.current_frame is None
            and not self.inside_message
            and not self.data
            and self._perMessageCompress is None
        ):
            text = read_whole_text(data)
        if text is None:
            super().dataReceived(data)
            return
        if self.autoPingTimeoutCall is not None:
            self._cancelAutoPingTimeoutCall()
        self._hand_on_text(text)

    # -- what autobahn calls -------------------------------------------------------------------------------------

    def onConnect(self, request: Any) -> Any:
        # We speak no subprotocol, and daphne fails at one that is not ASCII; and it would believe a root path.
        for name in ("sec-websocket-protocol", "daphne-root-path"):
            request.headers.pop(name, None)
        return super().onConnect(request)

    def consumeData(self) -> None:
        """Let autobahn read what came, a few frames at a time."""
        if self.state not in (self.STATE_OPEN, self.STATE_CLOSING):
            super().consumeData()
            return
        if self._is_pausing:
            return
        for _ in range(STEPS):
            if self._is_full():
                break
            if not self.processData() or self.state == self.STATE_CLOSED:
                return
        self._pause()

    def onFrameBegin(self) -> None:
        frame = self.current_frame
        is_piece = frame.opcode == 0 or not frame.fin
        is_paid = frame.opcode > 7 or (is_piece and frame.length < SMALL_PIECE)
        if is_paid and not self.budget.spend():
            self._send_away({"type": FLOODED})
        super().onFrameBegin()

    def onPing(self, payload: bytes) -> None:
        self.pinged_at = time.monotonic()
        super().onPing(payload)

    def onMessageBegin(self, isBinary: bool) -> None:
        self._is_binary = isBinary
        self._kept = bytearray()
        self._length = 0

    def onMessageFrameBegin(self, length: int) -> None:
        self._length += length
        if self._length > FRAME_BYTES:
            self._kept.clear()
        if self._length > MESSAGE_BYTES or self._dropped > DROPPED_BYTES:
            self._send_away({"type": OVERSIZE, "last": True})

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

    def _send_away(self, message: dict[str, Any]) -> None:
        """Have the application refuse and close; until then discard all input."""
        if not self._sent_away:
            self._hand_on(message)
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
            if self._is_full():
                self._pause()

    # -- back-pressure -------------------------------------------------------------------------------------------

    def _is_full(self) -> bool:
        """Whether enough waits for the program. A socket that is closing hands on nothing more."""
        return bool(self.state == self.STATE_OPEN and self.application_queue.qsize() >= WAITING)

    def _pause(self) -> None:
        """Read nothing until others had their turn and the program has taken what waits."""
        if not self._is_pausing:
            self._is_pausing = True
            self.transport.pauseProducing()
            self._plan_to_go_on()

    def _plan_to_go_on(self) -> None:
        loop = asyncio.get_running_loop()
        if self._is_full():
            loop.call_later(PAUSE_S, self._go_on)
        else:
            loop.call_soon(self._go_on)

    def _go_on(self) -> None:
        if self.state == self.STATE_CLOSED:
            return
        if self._is_full():
            self._plan_to_go_on()
            return
        self._is_pausing = False
        if self.data:
            self.consumeData()
        if not self._is_pausing:
            self.transport.resumeProducing()
