"""Daphne in this process, set as the program needs it."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable
from typing import Any

import autobahn.twisted.websocket
import autobahn.websocket.protocol
from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from django.conf import settings
from twisted.internet.defer import Deferred, maybeDeferred

from ..live import crowds, draining
from ..live.deletion_job import resume
from ..live.erasure_job import start_erasure_job
from ..live.frame_transport import CONNECTION, EXTENSION, TOO_LARGE
from ..live.hubs import say_goodbye
from ..live.retention_job import start_retention_job
from ..views.kept_pages import start_dropping
from .descriptors import count_room
from .frame_transport import DaphneTransport
from .handshake_queue import HandshakeQueue
from .inbound import Inbound
from .proxy import apply_forwarded_headers
from .requests import Channel, Request
from .strangers import Strangers

GOODBYE_S = 2.0
"""How long phones may take to hear that the server goes."""
CLOSE_S = 5.0
"""How long the other side may take to answer a close. Cut earlier, a slow phone loses the reason it was told before."""
CLOSED_SOCKETS, CLOSED_SHARE = 250, 0.25
"""After so many closed sockets, and so many of those that are open, what they left is collected …"""
COLLECT_S = 2.0
"""… so much later: daphne lets go of a closed connection within a second."""
BACKLOG = 2048
"""A room that comes back all at once must find a place in the queue."""


class _Server(Server):
    """Lets the hub write prepared frames, bounds what comes in, and says goodbye before it goes."""

    strangers: Strangers
    connections: dict[Any, Any]
    """daphne's own."""
    pace: HandshakeQueue
    listening: Callable[[], None] | None = None
    ports: list[Any]
    is_proxied = False
    """Whether a proxy of ours stands in front, so that its headers are believed."""
    _closed = 0
    """Sockets that closed since the last collection."""
    _collecting = False

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if self.is_proxied:
            scope = apply_forwarded_headers(scope)
        if scope["type"] == "websocket":
            scope["extensions"] = {**scope.get("extensions", {}), EXTENSION: DaphneTransport(protocol)}
        elif isinstance(protocol, Request):
            told: dict[str, Any] = {TOO_LARGE: {}} if protocol.channel.is_refused else {}
            scope["extensions"] = {**scope.get("extensions", {}), CONNECTION: protocol.channel, **told}
        return super().create_application(protocol, scope)

    def protocol_disconnected(self, protocol: Any) -> None:
        """Count closed sockets. Each leaves 20 kB in cycles, and Python itself looks for old ones so seldom that a room
        which comes and goes would look like a leak of a hundred megabytes.
        """
        super().protocol_disconnected(protocol)
        self._closed += isinstance(protocol, Inbound)
        enough = max(CLOSED_SOCKETS, CLOSED_SHARE * len(self.connections))
        if self._closed >= enough and not self._collecting:
            self._collecting = True
            asyncio.get_running_loop().call_later(COLLECT_S, self._collect)

    def _collect(self) -> None:
        gc.collect()
        self._closed, self._collecting = 0, False

    def listen_success(self, port: Any) -> None:
        super().listen_success(port)
        self.http_factory.protocol = Channel
        self.http_factory.timeOut = None  # strangers.py keeps the deadlines
        self.ws_factory.protocol = Inbound
        # It is decoded anyway; and a text that is no UTF-8 is answered rather than cut off.
        self.ws_factory.utf8validateIncoming = False
        # Not by setProtocolOptions: each call of it forbids the origin "null" again, which daphne leaves to us.
        self.ws_factory.closeHandshakeTimeout = CLOSE_S
        from twisted.internet import reactor

        self.ports.append(port)
        reactor.callWhenRunning(self.listening)

    def kill_all_applications(self) -> Deferred[Any]:
        """Before the reactor stops. daphne would end every conversation at once, without a close frame."""
        left: Deferred[Any] = Deferred.fromFuture(asyncio.ensure_future(self._leave()))
        return left.addCallback(lambda _: self._kill())

    def _kill(self) -> Deferred[Any]:
        # A request that was never whole has no application, and daphne would stumble over it.
        self.connections = {key: found for key, found in self.connections.items() if "application_instance" in found}
        killed: Deferred[Any] = super().kill_all_applications()
        return killed

    async def _leave(self) -> None:
        """Be no longer ready, then close the door, then say goodbye; and what was written must arrive.

        Who comes back early would else find a server that is about to go without another word.
        """
        draining.begin()
        crowds.end_all()
        await asyncio.sleep(settings.DRAIN_SECONDS)
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(maybeDeferred(port.stopListening).asFuture(loop) for port in self.ports))
        await say_goodbye()
        # A socket that is torn down with something unread in it takes the goodbye out of the phone's hands again.
        for _ in range(int(GOODBYE_S / 0.05)):
            await asyncio.sleep(0.05)
            if all(getattr(found, "state", Inbound.STATE_CLOSED) == Inbound.STATE_CLOSED for found in self.connections):
                return


def _quiet_autobahn() -> None:
    """Keep autobahn from making up log lines that are never written: a twentieth of the work per frame, and a sixth of
    what a new connection costs.
    """

    def plain(value: object, *_: object, **__: object) -> object:
        return value

    for module in (autobahn.twisted.websocket, autobahn.websocket.protocol):
        for name in ("hl", "hltype", "hlval", "pformat"):
            if hasattr(module, name):
                setattr(module, name, plain)


def run(*, host: str, port: int, when_listening: Callable[[], None]) -> bool:
    """Serve until SIGINT or SIGTERM. Returns False when the port could not be had."""
    from cocreation.asgi import application

    _quiet_autobahn()
    # Its warnings name the addresses of phones.
    logging.getLogger("daphne").setLevel(logging.ERROR)
    endpoints = [f"{end}:backlog={BACKLOG}" for end in build_endpoint_description_strings(host=host, port=port)]
    server = _Server(
        application=application,
        endpoints=endpoints,
        action_logger=None,
        verbosity=0,
        server_name="",
        websocket_timeout=-1,
        websocket_connect_timeout=20,
        websocket_handshake_timeout=20,
        websocket_max_message_size=0,  # inbound.py keeps the limits
        websocket_max_frame_size=0,
        application_close_timeout=10,
    )
    server.listening, server.ports = when_listening, []
    server.is_proxied = settings.PROXY_HEADERS
    server.pace = HandshakeQueue()
    server.strangers = Strangers(room=count_room(), shared=server.is_proxied)
    resume()
    crowds.listen_at(host=host, port=port)
    start_erasure_job()
    start_retention_job()
    start_dropping()
    # What was loaded stays: the collector need not walk through it in the middle of a burst (50 ms each time).
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 10)
    server.run()
    crowds.end_all()
    return not server.abort_start
