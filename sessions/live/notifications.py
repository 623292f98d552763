"""Notifications between writer and hubs: "session X has reached number N". Best effort: hubs poll as well.

In one process it is a call. With Redis it goes to the other processes through the channel layer as well.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from channels.layers import get_channel_layer

from . import metrics, redis_probe

log = logging.getLogger(__name__)

Listener = Callable[[int], None]
_listeners: dict[int, Listener] = {}
_watchers: list[Callable[[int, int], None]] = []
_loop: asyncio.AbstractEventLoop | None = None
_sending: set[int] = set()
PATIENCE_S = 2.0
CHANGED = -1
"""Sent in place of a number: something changed that is not in the log, such as the deletion of the session."""


def group_name(session_id: int) -> str:
    return f"session.{session_id}"


def subscribe(session_id: int, listener: Listener, loop: asyncio.AbstractEventLoop) -> None:
    """Call `listener(seq)` in `loop` on each notification of this session."""
    global _loop
    _loop = loop
    _listeners[session_id] = listener
    redis_probe.start_probing(loop)


def unsubscribe(session_id: int) -> None:
    _listeners.pop(session_id, None)
    metrics.forget_news(session_id)


def watch(watcher: Callable[[int, int], None]) -> None:
    """Call `watcher(session_id, seq)` on each notification of this process, whatever the session. It must be quick."""
    _watchers.append(watcher)


def notify(session_id: int, seq: int) -> None:
    """Notify the hubs of a commit. Called from the writer's thread; never blocks and never raises."""
    for watcher in _watchers:
        watcher(session_id, seq)
    loop = _loop
    if loop is None or loop.is_closed():
        return
    if session_id in _listeners:
        metrics.note_news(session_id)
    try:
        loop.call_soon_threadsafe(_notify_local, session_id, seq)
    except RuntimeError:
        return


def _notify_local(session_id: int, seq: int) -> None:
    if listener := _listeners.get(session_id):
        listener(seq)
    layer = get_channel_layer()
    if layer is None or session_id in _sending:
        return
    # At most one in flight per session: with a slow Redis they must not queue up, and the next one carries a newer
    # number.
    _sending.add(session_id)
    task = asyncio.ensure_future(_notify_remote(session_id, seq))
    task.add_done_callback(lambda _: _sending.discard(session_id))


async def _notify_remote(session_id: int, seq: int) -> None:
    layer = get_channel_layer()
    try:
        async with asyncio.timeout(PATIENCE_S):
            await layer.group_send(group_name(session_id), {"type": "bell", "session": session_id, "seq": seq})
    except Exception as error:
        # Redis is unavailable: hubs poll every two seconds.
        redis_probe.mark_failed()
        metrics.bells_unsent.inc()
        log.debug("A notification did not reach other processes: %s", type(error).__name__)


async def relay_remote(session_id: int) -> None:
    """Relay notifications of other processes, for as long as this task lives."""
    layer = get_channel_layer()
    if layer is None:
        return
    while True:
        try:
            channel = await layer.new_channel()
            await layer.group_add(group_name(session_id), channel)
            while True:
                message = await layer.receive(channel)
                metrics.bells_heard.inc()
                if listener := _listeners.get(session_id):
                    listener(int(message["seq"]))
        except asyncio.CancelledError:
            raise
        except Exception as error:
            log.debug("Notifications of other processes cannot be read: %s", type(error).__name__)
            await asyncio.sleep(PATIENCE_S)
