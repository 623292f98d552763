"""One hub per process and session: woken by notifications, it takes turns and writes the same bytes to all local
sockets.

The event loop only waits and sends; reading and rendering are turn.py's, in a thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django.db import DatabaseError, InterfaceError

from ..domain.documents import BehindDoc, MemberDoc, NowDoc
from ..domain.wire_events import OwnMemberPut
from ..enums import Audience
from ..errors import RETRY, Code, Refused
from ..models import Session
from . import metrics, notifications
from .attendances import KEPT, Attendances
from .credentials import RightsChange
from .first_connections import FirstConnections
from .frame_transport import build_frame
from .health import look_at
from .own_frames import pack_own
from .presence import LocalPresence, Reports
from .protocol import NowFrame, OwnFrame, ReconnectNotice, encode
from .reader_threads import read
from .registry import WATCHING, Registry
from .slow_consumers import find_slow_consumers
from .staleness import Staleness
from .turn import TurnResult, Turns
from .welcome import HelloResult, PendingHello
from .writer import writer

if TYPE_CHECKING:
    pass

log = logging.getLogger(__name__)

T = TypeVar("T")

POLL_S = 2.0
"""Fallback polling interval when a notification is lost."""
BREATH_S = 0.04
"""Minimum pause between two turns, so that several changes share one frame."""
TICK_S = 0.25
LINGER_S = 10.0
COME_BACK = 4000
ABSENT_AFTER = 2.4
"""A phone that is silent for this many ping intervals counts as disconnected."""


class Hub:
    """See the module. All methods run in the event loop."""

    def __init__(self, session_id: int, *, when_ended: Callable[[int], None], attendances: Attendances = KEPT) -> None:
        self.session_id = session_id
        self._when_ended = when_ended
        self.registry = Registry()
        self.seq = 0
        self._epoch = ""
        self._turns = Turns(session_id, attendances=attendances)
        self._hellos: list[PendingHello] = []
        self._wake = asyncio.Event()
        self._notified_seq = 0
        self._reports = Reports(session_id)
        self._seen = FirstConnections(session_id)
        self._swept_at = 0.0
        self._quiet_since = self._polled_at = time.monotonic()
        self._counting = False
        self._staleness = Staleness(self._send_behind)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        notifications.subscribe(self.session_id, self._on_notification, loop)
        self._tasks = [loop.create_task(self._run()), loop.create_task(notifications.relay_remote(self.session_id))]

    def queue_hello(self, hello: PendingHello) -> None:
        """Queue a hello; the next turn answers it."""
        self._hellos.append(hello)
        self._wake.set()

    async def send_home(self, why: str) -> None:
        """Tell everybody to come back, also who was not let in yet, spread over some seconds."""
        everybody = self.registry.everybody()
        for socket in everybody:
            spread = secrets.randbelow(1 + 4 * (len(everybody) + 250))
            await socket.send_text(encode(ReconnectNotice(bye=why, after=250 + spread)).decode())
            self.registry.leave(socket)
            await socket.close(COME_BACK)

    def _on_notification(self, seq: int) -> None:
        if seq == notifications.CHANGED:
            self._wake.set()
            return
        self._notified_seq = max(self._notified_seq, seq)
        if self._notified_seq > self.seq:
            metrics.note_news(self.session_id)
            self._wake.set()
        else:
            metrics.forget_news(self.session_id)  # a turn was faster than its notification

    async def _run(self) -> None:
        while self._tasks:
            try:
                await self._cycle()
            except asyncio.CancelledError:
                raise
            except Exception:
                # An exception here must not end the hub: its sockets would stay open and get nothing.
                log.exception("A hub's beat failed")
                await asyncio.sleep(0.5)

    async def _cycle(self) -> None:
        """Wait for a notification or a quarter of a second, then do what is due."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), TICK_S)
        moment = time.monotonic()
        if self._hellos or not self.registry.is_empty():
            self._quiet_since = moment
        elif moment - self._quiet_since > LINGER_S:
            await self._end()
            return
        await self._drop_the_silent(moment)
        if self._wake.is_set() or moment - self._polled_at >= POLL_S or self._turns.owes(moment):
            woken, before = self._wake.is_set(), self.seq
            self._wake.clear()
            self._polled_at = moment
            await self._try_turn()
            if not self._tasks:
                return  # the session is gone, and the hub with it
            if self._reports.are_due(moment, counting=self._counting):
                await self._staleness.wait_for(self._reports.tell(self._local_presence(), self._turns.seen, moment))
            if not woken and self.seq > max(before, self._notified_seq):
                metrics.bells_missed.inc()
            await asyncio.sleep(self._pause_s())

    def _pause_s(self) -> float:
        """Return the pause before the next turn; shorter when a tally is due, so that tallies keep their rate."""
        due = self._turns.tally_due - time.monotonic()
        return due if 0 < due < 2 * BREATH_S else BREATH_S

    async def _try_turn(self) -> None:
        hellos, self._hellos = self._hellos, []
        try:
            here = self._local_presence()
            with metrics.turn(self.session_id):
                await self._send(await self._look(hellos, here))
        except asyncio.CancelledError:
            raise
        except (DatabaseError, InterfaceError) as error:
            # The database is unavailable: keep all connections, and answer waiting hellos in the next turn.
            metrics.count_wait("hub")
            log.warning("A hub could not read: %s", type(error).__name__)
            self._hellos = hellos + self._hellos
            self._wake.set()
            await self._staleness.tell()
            await asyncio.sleep(0.5)
        except Session.DoesNotExist:
            await self._send_away(Refused(Code.SESSION_DELETED))
            # New connections look the code up in the database, where it is unknown now.
            self._stop()
        except Refused as refused:
            if refused.code in RETRY:
                await self.send_home("wiped")
            else:
                await self._send_away(refused)
        except Exception:
            log.exception("A hub's turn failed")
            self._hellos = hellos + self._hellos
            self._wake.set()
            await self._staleness.tell()
            await asyncio.sleep(0.5)

    async def _look(self, hellos: list[PendingHello], here: LocalPresence) -> TurnResult:
        """Take a turn in a reading thread."""
        return await self._staleness.look(read(lambda: self._turns.take(hellos=hellos, here=here)))

    async def _send_behind(self, since: int | None) -> None:
        """Say on stage and console that what they show is old, and how old; phones show no counts of others."""
        text = encode(NowFrame(NowDoc(behind=None if since is None else BehindDoc(since)), at=self.seq)).decode()
        for audience in WATCHING:
            await self._send_all(audience, text)

    def _local_presence(self) -> LocalPresence:
        silent_after = round(ABSENT_AFTER * self.registry.slowest_ping())
        return self.registry.here(look_at(writer=writer, read_s=self._staleness.read_s, silent_after=silent_after))

    async def _send(self, result: TurnResult) -> None:
        """Send private frames, then shared frames, then latest values, then welcomes.

        Sockets whose right ended are closed first, so they get nothing of this turn.
        """
        self.seq = result.seq
        await self._apply_rights(result.judged)
        if self._epoch not in ("", result.epoch):
            await self.send_home("restored")
            self._notified_seq = 0
        self._epoch = result.epoch
        for person, events in result.own.items():
            for socket in tuple(self.registry.people.get(person, ())):
                # The socket that got the acknowledgement of a vote is not sent the vote as well.
                if fresh := [event for event in events if event[0] not in socket.acknowledged]:
                    await socket.send_text(pack_own(fresh, to=result.seq))
                socket.acknowledged.clear()
        for frames in (result.shared, result.now):
            for audience, text in frames.items():
                await self._send_all(audience, text)
        await self._staleness.tell_end()
        for hello_result in result.hello_results:
            await self._let_in(hello_result)
        self._seen.tell(result.newcomers)
        self._counting = result.counting

    async def _apply_rights(self, judged: RightsChange) -> None:
        """Close sockets whose right ended, with the reason; tell consoles about a changed role or name."""
        if not judged.ended and not judged.changed:
            return
        for socket in self.registry.let_in():
            if socket.granted in judged.ended:
                await socket.refuse(Refused(judged.ended[socket.granted]))
            elif socket.granted in judged.changed:
                granted = socket.granted = judged.changed[socket.granted]
                if socket.audience is Audience.CONSOLE:
                    you = OwnMemberPut(self.seq, MemberDoc(name=granted.name, role=granted.role))
                    await socket.send_text(encode(OwnFrame([you], to=self.seq)).decode())

    async def _send_all(self, audience: Audience, text: str) -> None:
        """Write the same bytes to every socket of an audience: encoded once, framed once."""
        frame = build_frame(text)
        message = {"type": "websocket.send", "text": text}
        for socket in tuple(self.registry.sockets[audience]):
            if socket.wire is not None:
                socket.wire.send_shared(text, frame)
            else:
                await socket.send(message)

    async def _let_in(self, hello_result: HelloResult) -> None:
        socket = hello_result.hello.socket
        if socket.gone:
            return
        if hello_result.refused is not None:
            await socket.refuse(hello_result.refused)
            return
        assert hello_result.granted is not None
        socket.come_in(hello_result.granted, ping=hello_result.ping)
        oldest = self.registry.join(socket, hello_result.granted)
        await socket.send_text(hello_result.frame)
        if oldest is not None:
            self.registry.leave(oldest)
            await oldest.close(COME_BACK)

    async def _drop_the_silent(self, moment: float) -> None:
        """Disconnect clients that are silent, and slow consumers."""
        if moment - self._swept_at < 1.0:
            return
        self._swept_at = moment
        everybody = self.registry.everybody()
        unread = find_slow_consumers(everybody)
        for socket in everybody:
            if socket.wire is not None and socket in unread:
                self.registry.leave(socket)
                socket.wire.abort()
            elif socket.heard_at < moment - ABSENT_AFTER * socket.ping:
                self.registry.leave(socket)
                await socket.close(COME_BACK)

    async def _send_away(self, refused: Refused) -> None:
        """Close every socket, also of those who have said hello and wait: nobody may be in the session any more."""
        for socket in self.registry.everybody():
            await socket.refuse(refused)

    async def say_gone(self) -> None:
        """Report to the other processes that nobody is connected here."""
        await self._reports.tell_end(self._local_presence(), self._turns.seen)

    async def _end(self) -> None:
        await self._staleness.wait_for(self.say_gone())
        if self._hellos or not self.registry.is_empty():
            return  # somebody came meanwhile
        self._stop()

    def _stop(self) -> None:
        notifications.unsubscribe(self.session_id)
        self._when_ended(self.session_id)
        self._tasks.pop().cancel()
        self._tasks.clear()
