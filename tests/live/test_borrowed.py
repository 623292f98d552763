"""Names of other packages that are not promised: each is there, and means what this program takes it to mean."""

from __future__ import annotations

import inspect

from daphne.http_protocol import WebRequest
from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import tcp
from twisted.internet.address import IPv4Address
from twisted.internet.testing import StringTransport
from twisted.web import http

from sessions.management import borrowed


class _Answered(http.Request):  # type: ignore[misc]
    def process(self) -> None:
        """Nobody answers."""


def test_of_a_connection() -> None:
    channel = http.HTTPChannel()
    channel.requestFactory, channel.timeOut = _Answered, None
    channel.makeConnection(StringTransport())
    channel.dataReceived(b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab")
    assert [name for name in borrowed.CHANNEL if not hasattr(channel, name)] == []
    assert (channel.length, channel._path, channel._handlingRequest) == (5, b"/a", False)
    request = channel.requests[-1]
    assert [name for name in borrowed.REQUEST if not hasattr(request, name)] == []
    assert "parsePOSTFormSubmission" in inspect.signature(http.Request.__init__).parameters
    assert issubclass(WebRequest, http.Request)
    channel.dataReceived(b"cde")
    assert channel._handlingRequest


def test_of_a_socket() -> None:
    class Serves:
        def protocol_connected(self, protocol: object) -> None:
            """Nothing is kept."""

    factory = WebSocketFactory(Serves(), server="x")
    socket = factory.buildProtocol(IPv4Address("TCP", "127.0.0.1", 1))
    assert isinstance(socket, WebSocketProtocol)
    socket.makeConnection(StringTransport())
    socket.current_frame = None
    names = [name for name in borrowed.WEBSOCKET if name not in ("inside_message",)]
    assert [name for name in names if not hasattr(socket, name)] == []
    assert "inside_message" in inspect.getsource(type(socket).onFrameBegin), "set when the socket opens"
    assert socket._perMessageCompress is None
    assert socket.factory.server_class is not None
    socket.openHandshakeTimeoutCall.cancel()
    socket.openHandshakeTimeoutCall = None


def test_of_what_is_under_them() -> None:
    source = inspect.getsource(tcp) + inspect.getsource(tcp.abstract)
    assert [name for name in borrowed.TRANSPORT if name not in source and not hasattr(tcp.Server, name)] == []
    assert [
        name for name in borrowed.SERVER if not hasattr(Server, name) and name not in inspect.getsource(Server)
    ] == []
