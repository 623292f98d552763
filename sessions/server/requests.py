"""HTTP on one connection, with deadlines and size limits for heads, bodies and idle time.

Twisted collects a body whole before anybody is asked, and starts its patience anew with every byte. Here a body is
refused as soon as it is longer than its address takes: the program answers 413, and what still comes is dropped.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import unquote

from daphne.http_protocol import WebRequest
from twisted.web import http

from ..live.networks import address_of
from ..views.bodies import most_bytes
from .handshake_queue import HandshakeQueue
from .strangers import StrangerKind, Strangers

HEAD_S = 10.0
"""From the connection, or from the first byte of a further request, to the end of its head."""
BODY_S = 30.0
IDLE_S = 60.0
"""For the next request, counted from when the answer was taken."""
LEAST_PER_S = 1_000
"""So many bytes of an answer have to be taken a second, on average over the time there is; else it is over."""
CLOSE_S = 5.0
"""For the other side to hear that it is over."""
AHEAD_BYTES = 300_000
"""Who was answered so much that is not taken, and has asked for more already, gets no more."""
LATE_BYTES = 16_000_000
"""What is still read and dropped behind a refused body, so that its sender gets to see the answer."""
WIRE_FACTOR = 2
"""A body in chunks may have so many times its bytes on the wire."""
TIMEOUT = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Request(WebRequest):
    """daphne's request, without a file on disk and without reading forms: Django does that, in a thread."""

    def __init__(self, channel: Channel, queued: object = False) -> None:
        super().__init__(channel, queued, parsePOSTFormSubmission=False)

    def gotLength(self, length: int | None) -> None:
        self.content = BytesIO()

    def handleContentChunk(self, data: bytes) -> None:
        if self.channel.may_keep(len(data)):
            self.content.write(data)

    def process(self) -> Any:
        # daphne would believe whoever sends it, and build every link of the page on it.
        self.requestHeaders.removeHeader(b"Daphne-Root-Path")
        if self.requestHeaders.hasHeader(b"Upgrade"):
            # While it waits for its turn it counts among those that have shown nothing.
            self.channel.waits_unknown()
            self.channel.pace.run(self._process_upgrade)
            return None
        return super().process()

    def handle_exception(self, exception: BaseException) -> None:
        """An answer that broke off is cut: daphne would begin another one in it, fail, and leave its reader waiting."""
        if not self._response_started:
            super().handle_exception(exception)
        elif self.channel is not None:
            self.channel.cut()

    def _process_upgrade(self) -> None:
        if self.channel is not None:  # else the connection went while the request waited for its turn
            self.channel.let_in()  # from here on the socket is noted
            super().process()


class Channel(http.HTTPChannel):
    """One connection. `is_refused`: the body of the request in hand was too long."""

    maxHeaders = 100
    length: int | None
    """Of the body, by twisted's count: what is still to come of it. None when it comes in chunks."""
    address = ""
    is_refused = False
    requests_done = 0
    _kept = _read = _dropped = _limit = 0
    _is_waiting = True
    """No byte of a request has come."""
    _is_closing = False
    _owed = 0
    """How much of the answer was not taken when its time began."""
    _patience = IDLE_S

    @property
    def pace(self) -> HandshakeQueue:
        found: HandshakeQueue = self.factory.server.pace
        return found

    @property
    def _strangers(self) -> Strangers:
        found: Strangers = self.factory.server.strangers
        return found

    # -- what the program says of a long poll (live/long_poll.py) ------------------------------------------------

    def waits_unknown(self) -> None:
        self._strangers.note(self, StrangerKind.SOCKET)

    def said_hello(self) -> None:
        self._strangers.note(self, StrangerKind.HELLO)

    def let_in(self) -> None:
        self._strangers.forget(self)

    # -- what the registry calls ---------------------------------------------------------------------------------

    def expire(self) -> None:
        unsent = self.unsent()
        if unsent and self._owed - unsent >= LEAST_PER_S * self._patience:
            # Who takes the answer slowly is not idle.
            self._await(self._patience)
        elif self._is_closing or unsent:
            self.cut()
        else:
            self._is_closing = True
            if not self._is_waiting:
                self.transport.write(TIMEOUT)
            super().loseConnection()
            self._await(CLOSE_S)

    def unsent(self) -> int:
        if self.transport is None:
            return 0  # it became a socket's
        return int(len(self.transport.dataBuffer) - self.transport.offset + self.transport._tempDataLen)

    def cut(self) -> None:
        self.transport.abortConnection()

    def may_keep(self, size: int) -> bool:
        """Whether so many bytes more of the body fit; else it is refused."""
        if self.is_refused:
            return False
        if self._kept + size > self._limit:
            self._refuse()
            return False
        self._kept += size
        self._strangers.hold(size)
        return True

    # -- what twisted calls --------------------------------------------------------------------------------------

    def connectionMade(self) -> None:
        self.requestFactory = Request
        self.address = address_of(str(getattr(self.transport.getPeer(), "host", "")))
        super().connectionMade()
        self._strangers.note(self, StrangerKind.UNKNOWN, within=HEAD_S)
        self._strangers.arrive(self)

    def connectionLost(self, reason: Any) -> None:
        self._let_go()
        self._strangers.depart(self)
        super().connectionLost(reason)

    def dataReceived(self, data: bytes) -> None:
        if self.is_refused:
            self._drop(data)
            return
        if self._is_closing:
            return
        if self._is_waiting and not self._handlingRequest:
            self._is_waiting = False
            if self.requests_done:
                self._await(HEAD_S)
        super().dataReceived(data)

    def allHeadersReceived(self) -> None:
        self._limit = most_bytes(unquote(self._path.partition(b"?")[0].decode("latin1")))
        self._kept = self._read = 0
        is_long = self.length is not None and self.length > self._limit
        if is_long:
            self.requests[-1].requestHeaders.removeHeader(b"Expect")  # nobody is asked to go on
        super().allHeadersReceived()
        if is_long:
            # Whoever called us asks next how long the body is, and takes the request as whole when it has none.
            self._mark_refused()
            self.length = 0
        elif self.length != 0:
            self._strangers.note(self, StrangerKind.BODY, within=BODY_S)

    def rawDataReceived(self, data: bytes) -> None:
        if self.is_refused:
            self._drop(data)
            return
        if not self._handlingRequest:
            self._read += len(data)
            # Chunks of a byte, long extensions, trailers.
            if self.length is None and self._read > WIRE_FACTOR * self._limit + self.totalHeadersSize:
                self._refuse()
                return
        super().rawDataReceived(data)

    def allContentReceived(self) -> None:
        self._strangers.forget(self)
        super().allContentReceived()

    def _finishRequestBody(self, data: bytes) -> None:
        if not self.is_refused:
            super()._finishRequestBody(data)

    def _respondToBadRequestAndDisconnect(self) -> None:
        if not self.is_refused:
            super()._respondToBadRequestAndDisconnect()
            self._is_closing = True
            self._await(CLOSE_S)

    def requestDone(self, request: Any) -> None:
        self._let_go()
        self.requests_done += 1
        self._is_waiting = True
        self._await(IDLE_S)
        if self._dataBuffer and self._owed > AHEAD_BYTES:
            self.persistent = 0
        super().requestDone(request)

    def write(self, data: bytes) -> None:
        super().write(data)
        self._strangers.owe(self)

    def writeSequence(self, iovec: list[bytes]) -> None:
        super().writeSequence(iovec)
        self._strangers.owe(self)

    def loseConnection(self) -> None:
        """Close. Behind a refused body only our half: an unread rest would take the answer out of its hands."""
        if not self.is_refused:
            super().loseConnection()
        elif not self._is_closing:
            self._is_closing = True
            self._networkProducer.unregisterProducer()
            self.transport.loseWriteConnection()
            self._await(CLOSE_S)

    def _await(self, seconds: float) -> None:
        """Give it so long: for its next request, to take what it was answered, or to hear that it is over."""
        self._owed, self._patience = self.unsent(), seconds
        self._strangers.note(self, StrangerKind.IDLE, within=seconds)

    # -- a body that is too long ---------------------------------------------------------------------------------

    def _refuse(self) -> None:
        self._mark_refused()
        self._let_go()
        self.requests[-1].content = BytesIO()
        self.allContentReceived()

    def _mark_refused(self) -> None:
        self.is_refused = True
        self.persistent = 0
        self.requests[-1].responseHeaders.setRawHeaders(b"Connection", [b"close"])
        self._networkProducer.pauseProducing()  # until the answer is written

    def _drop(self, data: bytes) -> None:
        self._dropped += len(data)
        if self._dropped > LATE_BYTES:
            self.cut()

    def _let_go(self) -> None:
        if self._kept:
            self._strangers.hold(-self._kept)
            self._kept = 0
