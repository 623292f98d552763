"""One person's socket: frames in, commands on to the writer, answers out.

Session, person and role come from the connection; a message can name none of them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from channels.consumer import AsyncConsumer
from django.utils import translation

from ..domain.actor import Actor
from ..domain.commands import CONSOLE_COMMANDS, PHONE_COMMANDS, STAGE_COMMANDS, Command, OpenStep, RevealStep
from ..domain.kind import commands_of
from ..domain.world import CommandRequest
from ..enums import ActorKind, Audience
from ..errors import RETRY, Code, Refused
from . import metrics
from .chance_job import compare_before_reveal
from .credentials import Grant
from .frame_transport import FLOODED, OVERSIZE, FrameTransport, transport_of
from .hub import Hub
from .limits import HELLO_TIMES, STRANGER_TIMES, Budget
from .mailbox import mailbox_here
from .protocol import PROTOCOL, Envelope, HeldAnswers, Hello, Ping, Unreadable, decode_content, decode_envelope, refusal
from .welcome import PendingHello
from .writer import writer

GO_AWAY = 4500
"""Close codes from here on mean: do not come back. The reason went before, in an error frame."""
TOO_SLOW, TOO_MUCH = 4408, 4429
"""Close codes: no hello in time, and too much traffic besides commands. The client may reconnect."""
HELLO_S = 10.0
AT_ONCE = 8
"""Maximum frames of one socket per loop turn: one packet may hold ten thousand."""
COMMANDS_OF = {
    Audience.PHONE: frozenset((*PHONE_COMMANDS, *commands_of(ActorKind.PARTICIPANT))),
    Audience.STAGE: frozenset(STAGE_COMMANDS),
    Audience.CONSOLE: frozenset((*CONSOLE_COMMANDS, *commands_of(ActorKind.MEMBER))),
}


class _Outdated(Refused):
    """Said hello for another version of the protocol."""


class SessionSocket(AsyncConsumer):
    """See the module. One per connection, all of it in the event loop."""

    channel_layer_alias = "none"  # the hub sends; a socket listens to no channel

    def __init__(
        self, *, hub: Hub, audience: Audience, cookies: dict[str, str], when_in: Callable[[], None] = lambda: None
    ) -> None:
        self.hub = hub
        self.audience = audience
        self.cookies = cookies
        self.when_in = when_in
        """Called when the hub lets this socket in."""
        self.granted: Grant | None = None
        self.language = "nl"
        self.waiting = 0
        self.left: HeldAnswers | None = None
        self.ping = 5
        """The ping interval that its welcome named, in seconds."""
        self.budget = Budget()
        self._heard_at = time.monotonic()
        self._said_hello = False
        self.acknowledged: set[int] = set()
        """Log lines of votes whose acknowledgement this socket got."""
        self.gone = False
        self.wire: FrameTransport | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Receive frames until the socket ends, without the thread hop that Channels makes per message."""
        self.send = _until_closed(send)
        self.wire = transport_of(scope)
        if self.wire is not None:
            self.budget = self.wire.budget
        self.hub.registry.wait(self)
        patience = asyncio.get_running_loop().call_later(HELLO_S, self._lose_patience)
        taken = 0
        try:
            while True:
                message = await receive()
                kind = message["type"]
                taken += 1
                if taken % AT_ONCE == 0:
                    await asyncio.sleep(0)
                if kind == "websocket.disconnect":
                    return
                if self.gone:
                    continue
                if kind == "websocket.receive":
                    await self._take(message)
                elif kind == "websocket.connect":
                    await self.send({"type": "websocket.accept"})
                elif kind == OVERSIZE:
                    await self._refuse_oversize(is_last=message["last"])
                elif kind == FLOODED:
                    await self._cut_off()
        finally:
            patience.cancel()
            self.gone = True
            self.hub.registry.leave(self)

    @property
    def heard_at(self) -> float:
        """When this socket last sent anything; a ping of the WebSocket protocol counts as well."""
        return self._heard_at if self.wire is None else max(self._heard_at, self.wire.pinged_at)

    def come_in(self, granted: Grant, *, ping: int) -> None:
        """The hub admitted this socket."""
        self.granted, self.ping = granted, ping
        self.when_in()
        # A vote that was acknowledged since this welcome was read is not in it: the next turn has to tell it.
        self.acknowledged.clear()
        if self.wire is not None:
            self.wire.let_in()

    async def send_text(self, text: str) -> None:
        if self.wire is not None:
            self.wire.send_text(text)
        else:
            await self.send({"type": "websocket.send", "text": text})

    async def close(self, code: int) -> None:
        if not self.gone:
            self.gone = True
            await self.send({"type": "websocket.close", "code": code})

    async def refuse(self, refused: Refused, *, code: int = GO_AWAY) -> None:
        """Say why and close, for good unless `code` says otherwise. daphne passes on no reason: a frame goes first."""
        self.hub.registry.leave(self)
        await self.send_refusal(None, refused, retry=code < GO_AWAY)
        await self.close(code)

    async def _cut_off(self) -> None:
        """The budget is spent: drop everything queued, and close."""
        if not self.gone:
            await self.refuse(Refused(Code.FLOODED), code=TOO_MUCH)
            if self.wire is not None:
                self.wire.stop_reading()

    def _lose_patience(self) -> None:
        if not self._said_hello and not self.gone:
            task = asyncio.get_running_loop().create_task(self.refuse(Refused(Code.HELLO_FIRST), code=TOO_SLOW))
            _leaving.add(task)
            task.add_done_callback(_leaving.discard)

    async def _spend(self, times: float = 1.0) -> bool:
        """Pay for a frame that is no command. False: the budget is spent, and the socket was closed for it."""
        if self.budget.spend(times if self.granted is not None else max(times, STRANGER_TIMES)):
            return True
        await self._cut_off()
        return False

    async def send_refusal(self, re: int | None, refused: Refused, *, retry: bool = False) -> None:
        metrics.count_refused(refused.code)
        with translation.override(self.language):
            text = refusal(re, refused, retry=retry or refused.code in RETRY)
        await self.send_text(text)

    async def _refuse_oversize(self, *, is_last: bool) -> None:
        self._heard_at = time.monotonic()
        refused = Refused(Code.TOO_LARGE)
        if is_last:
            await self.refuse(refused)
        elif await self._spend():
            await self.send_refusal(None, refused)

    async def _take(self, message: dict[str, Any]) -> None:
        self._heard_at = time.monotonic()
        re: int | None = None
        try:
            text = message.get("text")
            if text is None:
                raise Refused(Code.BAD_MESSAGE)  # a binary frame
            envelope = decode_envelope(text)
            re = envelope.id
            content = decode_content(envelope)
            if isinstance(content, Hello):
                if await self._spend(HELLO_TIMES):
                    self._say_hello(re, content)
            elif isinstance(content, Ping):
                if not await self._spend():
                    return
                self.waiting, self.left = content.waiting, content.left
                if self.granted is not None and self.granted.participant is not None:
                    self.hub.registry.note_held(self.granted.participant)
                await self.send_text(f'{{"re":{re},"ok":{{"time":{int(time.time() * 1000)}}}}}')
            else:
                is_member = self.granted is not None and self.granted.login is not None
                if is_member and isinstance(content, RevealStep | OpenStep):
                    await compare_before_reveal(session_id=self.hub.session_id, command=content)
                self._command(envelope, content)
        except _Outdated as outdated:
            # The page is of another version: it says so, and offers to load it again, when it is closed for good.
            await self.refuse(outdated)
        except Unreadable as unreadable:
            if await self._spend():
                await self.send_refusal(unreadable.re, unreadable)
        except Refused as refused:
            if await self._spend():
                await self.send_refusal(re, refused)

    def _say_hello(self, re: int, hello: Hello) -> None:
        self.language = hello.lang
        if hello.protocol != PROTOCOL:
            raise _Outdated(Code.PROTOCOL_VERSION)
        if not self._said_hello:
            self._said_hello = True
            if self.wire is not None:
                self.wire.said_hello()
        # Until the welcome nothing is sent to this socket, so it misses nothing and gets nothing twice.
        self.hub.registry.wait(self)
        self.hub.queue_hello(PendingHello(self, re, hello, self.audience, self.cookies))

    def _command(self, envelope: Envelope, command: Command) -> None:
        if self.granted is None:
            raise Refused(Code.HELLO_FIRST)
        if type(command) not in COMMANDS_OF[self.audience]:
            raise Refused(Code.NOT_ALLOWED)
        if envelope.key is None:
            raise Refused(Code.KEY_MISSING)
        if self.granted.participant is not None:
            actor = Actor.participant(self.granted.participant)
            if not self.hub.registry.bucket(actor).take(command):
                raise Refused(Code.SLOW_DOWN)
        elif self.granted.link is not None:
            actor = Actor.stage(self.granted.link)
            if not self.hub.registry.bucket(actor).take(command):
                raise Refused(Code.SLOW_DOWN)
        else:
            assert self.granted.login is not None
            actor = Actor.member(self.granted.login.member)
        request = CommandRequest(actor, command, envelope.key, self.granted.login)
        writer.submit(
            session_id=self.hub.session_id,
            request=request,
            mailbox=mailbox_here(),
            token=(self, envelope.id, command.do == "vote.cast"),
        )


_leaving: set[asyncio.Task[None]] = set()
"""Sockets that are told why they are closed: a task that nobody holds may be collected."""


def _until_closed(send: Any) -> Any:
    """Return a `send` that does nothing once the socket is closed: a server may raise there, each in its own way.

    What was to be told is told when the client is back; and `receive` says that the socket is closed.
    """

    async def send_until_closed(message: dict[str, Any]) -> None:
        with suppress(OSError, RuntimeError):
            await send(message)

    return send_until_closed
