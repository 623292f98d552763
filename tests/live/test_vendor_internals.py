"""Names of other packages that are not promised: each is there, and means what this program takes it to mean."""

from __future__ import annotations

import ast
import asyncio
import inspect
from pathlib import Path

from autobahn.exception import Disconnected
from daphne.http_protocol import WebRequest
from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import tcp
from twisted.internet.address import IPv4Address
from twisted.internet.testing import StringTransport
from twisted.web import http

from sessions.live.socket import _until_closed
from sessions.management.simulation.websocket import frame
from sessions.server import vendor_internals
from sessions.server.inbound import Inbound
from sessions.server.strangers import Strangers

LATE = ("application_queue", "inside_message", "last_ping")
"""Set when a socket opens."""


class _Answered(http.Request):  # type: ignore[misc]
    def process(self) -> None:
        """Nobody answers."""


def test_of_a_connection() -> None:
    channel = http.HTTPChannel()
    channel.requestFactory, channel.timeOut = _Answered, None
    channel.makeConnection(StringTransport())
    channel.dataReceived(b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab")
    assert [name for name in vendor_internals.CHANNEL if not hasattr(channel, name)] == []
    assert (channel.length, channel._path, channel._handlingRequest) == (5, b"/a", False)
    request = channel.requests[-1]
    made = inspect.getsource(WebRequest.__init__)
    missing = [name for name in vendor_internals.REQUEST if not (hasattr(request, name) or hasattr(WebRequest, name))]
    assert [name for name in missing if f"self.{name} = " not in made] == []
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
    names = [name for name in vendor_internals.WEBSOCKET if name not in LATE]
    assert [name for name in names if not hasattr(socket, name)] == []
    source = "".join(inspect.getsource(found) for found in type(socket).__mro__ if found is not object)
    assert [name for name in LATE if f"self.{name} = " not in source] == []
    assert socket._perMessageCompress is None
    assert socket.factory.server_class is not None
    socket.openHandshakeTimeoutCall.cancel()
    socket.openHandshakeTimeoutCall = None


def test_of_what_is_under_them() -> None:
    source = inspect.getsource(tcp) + inspect.getsource(tcp.abstract)
    assert [name for name in vendor_internals.TRANSPORT if name not in source and not hasattr(tcp.Server, name)] == []
    assert [
        name for name in vendor_internals.SERVER if not hasattr(Server, name) and name not in inspect.getsource(Server)
    ] == []


def test_a_plain_frame_ends_the_wait_for_a_pong() -> None:
    """daphne asks the silent whether they live; who answers with a message instead of a pong lives as well."""

    class Serves:
        strangers = Strangers(room=10, shared=True)
        root_path = ""
        proxy_forwarded_address_header = None

        def protocol_connected(self, protocol: object) -> None:
            """Nothing is kept."""

        def create_application(self, protocol: object, scope: dict[str, object]) -> asyncio.Queue[object]:
            return queue

        def log_action(self, *_: object) -> None:
            """Nothing is logged."""

    async def story() -> None:
        factory = WebSocketFactory(Serves(), server="x")
        factory.protocol = Inbound
        socket = factory.buildProtocol(IPv4Address("TCP", "127.0.0.1", 1))
        transport = StringTransport()
        socket._raw_query_string = b""
        socket.makeConnection(transport)
        socket.dataReceived(
            b"GET /ws/ HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        assert queue.get_nowait() == {"type": "websocket.connect"}
        socket.handle_reply({"type": "websocket.accept"})
        assert transport.value().startswith(b"HTTP/1.1 101 ")
        socket.factory.setProtocolOptions(autoPingTimeout=30)
        socket.autoPingTimeout = 30
        socket._sendAutoPing()
        assert socket.autoPingTimeoutCall is not None
        socket.dataReceived(frame(0x1, b"{}"))
        assert socket.autoPingTimeoutCall is None
        assert queue.get_nowait() == {"type": "websocket.receive", "text": "{}", "bytes": None}

    queue: asyncio.Queue[object] = asyncio.Queue()
    asyncio.run(story())


def test_a_server_that_raises_for_a_closed_socket_kills_no_consumer() -> None:
    """Stock daphne does, when the close of a client and a frame to it cross."""

    async def send(message: dict[str, object]) -> None:
        raise Disconnected("Attempt to send on a closed protocol")

    asyncio.run(_until_closed(send)({"type": "websocket.send", "text": "{}"}))


PROMISED = {
    *("connectionMade", "connectionLost", "dataReceived", "transport", "factory"),
    *("getPeer", "loseConnection", "write", "setRawMode"),
    *("onClose", "onConnect", "onMessage", "onOpen", "STATE_OPEN", "STATE_CLOSING", "STATE_CLOSED"),
    "removeHeader",
    "run",
}
"""Documented by twisted and autobahn for whoever writes a protocol."""
OWN = {"budget", "_protocol"}
"""Made by these classes, in a method."""
CLASSES = {
    "requests.py": {"Request": WebRequest, "Channel": http.HTTPChannel},
    "inbound.py": {"Inbound": WebSocketProtocol},
    "server.py": {"_Server": Server},
    "frame_transport.py": {"DaphneTransport": object},
}


THEIRS = ("self", "transport", "self.transport", "protocol", "self._protocol", "super()")


def used_of_others(node: ast.ClassDef, base: type) -> set[str]:
    """Return the names that a class overrides, or reads of itself, its transport and its protocol, and did not make."""
    made = {found.name for found in ast.walk(node) if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef)}
    made |= {found.id for found in ast.walk(node) if isinstance(found, ast.Name) and isinstance(found.ctx, ast.Store)}
    overridden = {name for name in made if hasattr(base, name) and not name.startswith("__")}
    read = {
        found.attr
        for found in ast.walk(node)
        if isinstance(found, ast.Attribute) and ast.unparse(found.value) in THEIRS and not found.attr.startswith("__")
    }
    return overridden | (read - made)


def test_the_list_names_all_that_is_used() -> None:
    known = {
        *vendor_internals.CHANNEL,
        *vendor_internals.REQUEST,
        *vendor_internals.WEBSOCKET,
        *vendor_internals.TRANSPORT,
        *vendor_internals.SERVER,
    }
    folder = Path(vendor_internals.__file__).parent
    missing = {}
    for file, classes in CLASSES.items():
        found = {
            node.name: node for node in ast.parse((folder / file).read_text()).body if isinstance(node, ast.ClassDef)
        }
        for name, base in classes.items():
            missing[name] = sorted(used_of_others(found[name], base) - known - PROMISED - OWN)
    assert missing == {name: [] for name in missing}
