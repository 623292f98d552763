"""Does Redis carry bells? Each process sends one to itself every two seconds and listens whether it comes.

So it is known also while nothing is stored, and a Redis that takes bells and passes none on is found out.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from typing import Any

from channels.layers import get_channel_layer

log = logging.getLogger(__name__)

BEAT_S = 2.0
PATIENCE_S = 2.0

_marks = itertools.count(1)
_beats: bool | None = None
_task: asyncio.Task[None] | None = None


def beats() -> bool | None:
    """Return whether the last one came back; None without Redis, and before the first."""
    return _beats


def state() -> str:
    """Return "alone" in one process, else "well" or "away"."""
    if get_channel_layer() is None:
        return "alone"
    return "away" if _beats is False else "well"


def miss() -> None:
    """A bell was not taken: Redis is away until a beat comes back."""
    _say(False)


def keep_feeling(loop: asyncio.AbstractEventLoop) -> None:
    """Begin, unless it was begun in this loop or there is no Redis."""
    global _task
    if get_channel_layer() is None or (_task is not None and _task.get_loop() is loop and not _task.done()):
        return
    _task = loop.create_task(_feel())


async def _feel() -> None:
    global _beats
    layer, channel = get_channel_layer(), ""
    while True:
        try:
            async with asyncio.timeout(PATIENCE_S):
                channel = channel or await layer.new_channel("pulse.")
                await _beat_once(layer, channel)
            _say(True)
        except asyncio.CancelledError:
            raise
        except Exception:
            channel = ""  # who stops waiting for a channel gives it up
            _say(False)
        await asyncio.sleep(BEAT_S)


async def _beat_once(layer: Any, channel: str) -> None:
    """Send and receive; what an earlier beat left behind is passed over."""
    mark = next(_marks)
    await layer.send(channel, {"type": "pulse", "mark": mark})
    while (await layer.receive(channel))["mark"] != mark:
        pass


def _say(now: bool) -> None:
    """Log a change, once: a Redis that is away for an hour is two lines."""
    global _beats
    if _beats is not False and not now:
        log.warning("Redis carries no bells; screens of other processes are up to two seconds late")
    elif _beats is False and now:
        log.info("Redis carries bells again")
    _beats = now
