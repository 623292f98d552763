"""One person's socket: frames in, commands on to the writer, answers out.

Session, person and role come from the connection; a message can name none of them.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from channels.consumer import AsyncConsumer
from django.utils import translation

from ..domain.actor import Actor
from ..domain.verbs import CONSOLE_VERBS, PHONE_VERBS, Verb
from ..domain.world import Ask
from ..enums import Audience
from ..errors import RETRY, Code, Refused
from . import metrics
from .credentials import Grant
from .hub import Hub
from .protocol import PROTOCOL, Envelope, Hello, Left, Ping, decode_content, decode_envelope, refusal
from .welcome import Knock
from .wire import OVERSIZE, Wire, build_frame, wire_of
from .writer import Result, writer

GO_AWAY = 4500
"""Close codes from here on mean: do not come back. The reason went before, in an error frame."""
VERBS_OF = {
    Audience.PHONE: frozenset(PHONE_VERBS),
    Audience.CONSOLE: frozenset(CONSOLE_VERBS),
    Audience.STAGE: frozenset[type[Verb]](),
}


class SessionSocket(AsyncConsumer):
    """See the module. One per connection, all of it in the event loop."""

    channel_layer_alias = "none"  # the hub sends; a socket listens to no channel

    def __init__(self, *, hub: Hub, audience: Audience, cookies: dict[str, str]) -> None:
        self.hub = hub
        self.audience = audience
        self.cookies = cookies
        self.granted: Grant | None = None
        self.language = "nl"
        self.waiting = 0
        self.left: Left | None = None
        self.heard_at = time.monotonic()
        self.acknowledged: set[int] = set()
        """Log lines of votes that this socket was told are stored."""
        self.gone = False
        self.wire: Wire | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Take frames until the socket ends. Without the thread hop that Channels makes per message."""
        self.send = send
        self.wire = wire_of(scope)
        self.hub.strangers.add(self)
        try:
            while True:
                message = await receive()
                kind = message["type"]
                if kind == "websocket.receive":
                    await self._take(message)
                elif kind == "websocket.connect":
                    await send({"type": "websocket.accept"})
                elif kind == OVERSIZE:
                    await self._refuse_oversize(is_last=message["last"])
                elif kind == "websocket.disconnect":
                    return
        finally:
            self.gone = True
            self.hub.leave(self)

    async def send_text(self, text: str) -> None:
        if self.wire is not None:
            self.wire.send(build_frame(text))
        else:
            await self.send({"type": "websocket.send", "text": text})

    async def close(self, code: int) -> None:
        if not self.gone:
            self.gone = True
            await self.send({"type": "websocket.close", "code": code})

    async def refuse(self, refused: Refused) -> None:
        """Say why and close for good. daphne does not pass on a reason, so a frame goes first."""
        self.hub.leave(self)
        await self._send_refusal(None, refused)
        await self.close(GO_AWAY)

    async def _send_refusal(self, re: int | None, refused: Refused) -> None:
        metrics.count_refused(refused.code)
        with translation.override(self.language):
            text = refusal(re, refused, retry=refused.code in RETRY)
        await self.send_text(text)

    async def _refuse_oversize(self, *, is_last: bool) -> None:
        self.heard_at = time.monotonic()
        refused = Refused(Code.TOO_LARGE)
        if is_last:
            await self.refuse(refused)
        else:
            await self._send_refusal(None, refused)

    async def _take(self, message: dict[str, Any]) -> None:
        self.heard_at = time.monotonic()
        re: int | None = None
        try:
            text = message.get("text")
            if text is None:
                raise Refused(Code.BAD_MESSAGE)  # a binary frame
            envelope = decode_envelope(text)
            re = envelope.id
            content = decode_content(envelope)
            if isinstance(content, Hello):
                self._say_hello(re, content)
            elif isinstance(content, Ping):
                self.waiting, self.left = content.waiting, content.left
                if self.granted is not None and self.granted.participant is not None:
                    self.hub.hear_left(self.granted.participant)
                await self.send_text(f'{{"re":{re},"ok":{{"time":{int(time.time() * 1000)}}}}}')
            else:
                self._command(envelope, content)
        except Refused as refused:
            await self._send_refusal(re, refused)

    def _say_hello(self, re: int, hello: Hello) -> None:
        if hello.protocol != PROTOCOL:
            raise Refused(Code.PROTOCOL_VERSION)
        self.language = hello.lang
        # Until the welcome nothing is sent to this socket, so it misses nothing and gets nothing twice.
        self.hub.sockets[self.audience].discard(self)
        self.hub.strangers.add(self)
        self.hub.knock(Knock(self, re, hello, self.audience, self.cookies))

    def _command(self, envelope: Envelope, verb: Verb) -> None:
        if self.granted is None:
            raise Refused(Code.HELLO_FIRST)
        if type(verb) not in VERBS_OF[self.audience]:
            raise Refused(Code.NOT_ALLOWED)
        if envelope.key is None:
            raise Refused(Code.KEY_MISSING)
        if self.granted.participant is not None:
            actor = Actor.participant(self.granted.participant)
            if not self.hub.bucket(actor.id).take():
                raise Refused(Code.SLOW_DOWN)
        else:
            assert self.granted.login is not None
            actor = Actor.member(self.granted.login.member)
        ask = Ask(actor, verb, envelope.key, self.granted.login)
        writer.submit(
            session_id=self.hub.session_id,
            ask=ask,
            mailbox=mailbox(),
            token=(self, envelope.id, verb.do == "vote.cast"),
        )


class _Mailbox:
    """Takes a batch's answers from the writer's thread into the event loop: one hop per batch, not per answer."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._delivering: set[asyncio.Task[None]] = set()

    def post(self, results: list[tuple[object, Result]]) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._start, results)

    def _start(self, results: list[tuple[Any, Result]]) -> None:
        task = self._loop.create_task(_deliver(results))
        self._delivering.add(task)
        task.add_done_callback(self._delivering.discard)


async def _deliver(results: list[tuple[Any, Result]]) -> None:
    for (socket, re, is_vote), result in results:
        if socket.gone:
            continue
        if isinstance(result, Refused):
            await socket._send_refusal(re, result)
            continue
        made = "null" if result.id is None else f'"{result.id}"'
        if is_vote and result.noted:
            socket.acknowledged.add(result.seq)
        await socket.send_text(f'{{"re":{re},"ok":{{"seq":{result.seq},"id":{made}}}}}')


_mailboxes: dict[asyncio.AbstractEventLoop, _Mailbox] = {}


def mailbox() -> _Mailbox:
    """Return the mailbox of the running loop."""
    loop = asyncio.get_running_loop()
    box = _mailboxes.get(loop)
    if box is None:
        box = _mailboxes[loop] = _Mailbox(loop)
    return box
