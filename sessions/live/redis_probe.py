"""Probes Redis: each process sends itself a message every two seconds and waits for it.

This also works while nothing is committed, and detects a Redis that accepts messages but delivers none.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from typing import Any

from channels.layers import get_channel_layer

log = logging.getLogger(__name__)

PROBE_INTERVAL_S = 2.0
PATIENCE_S = 2.0

_marks = itertools.count(1)
_last: bool | None = None
_task: asyncio.Task[None] | None = None


def last_probe() -> bool | None:
    """Return whether the last probe came back; None without Redis, and before the first one."""
    return _last


def state() -> str:
    """Return "alone" in one process, else "well" or "away"."""
    if get_channel_layer() is None:
        return "alone"
    return "away" if _last is False else "well"


def mark_failed() -> None:
    """A notification could not be sent: Redis counts as unavailable until a probe comes back."""
    _say(False)


def start_probing(loop: asyncio.AbstractEventLoop) -> None:
    """Start probing, unless it runs in this loop already or there is no Redis."""
    global _task
    if get_channel_layer() is None or (_task is not None and _task.get_loop() is loop and not _task.done()):
        return
    _task = loop.create_task(_probe())


async def _probe() -> None:
    global _last
    layer, channel = get_channel_layer(), ""
    while True:
        try:
            async with asyncio.timeout(PATIENCE_S):
                channel = channel or await layer.new_channel("pulse.")
                await _probe_once(layer, channel)
            _say(True)
        except asyncio.CancelledError:
            raise
        except Exception:
            channel = ""  # who stops waiting for a channel gives it up
            _say(False)
        await asyncio.sleep(PROBE_INTERVAL_S)


async def _probe_once(layer: Any, channel: str) -> None:
    """Send a probe and receive it; messages of earlier probes are skipped."""
    mark = next(_marks)
    await layer.send(channel, {"type": "pulse", "mark": mark})
    while (await layer.receive(channel))["mark"] != mark:
        pass


def _say(now: bool) -> None:
    """Log changes of state only: an outage of an hour is two lines."""
    global _last
    if _last is not False and not now:
        log.warning("Redis carries no notifications; screens of other processes are up to two seconds late")
    elif _last is False and now:
        log.info("Redis carries notifications again")
    _last = now
