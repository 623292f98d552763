"""Which sessions have a hub in this process, by table id and by code. In the event loop, but for `count_sockets`."""

from __future__ import annotations

import asyncio

from ..enums import Audience
from ..models import Session
from .hub import Hub
from .reader_threads import read

_hubs: dict[int, Hub] = {}
_ids: dict[str, int] = {}
"""Code → session, for the sessions that have a hub here."""
_lookups: dict[str, asyncio.Task[int | None]] = {}


def hub_of(session_id: int) -> Hub:
    """Return the session's hub in this process, starting it when nobody was here."""
    hub = _hubs.get(session_id)
    if hub is None:
        hub = _hubs[session_id] = Hub(session_id, when_ended=_forget)
        hub.start()
    return hub


async def find_session(code: str) -> int | None:
    """Return the table id of the session with this code. A room that comes in at once asks the database once."""
    known = _ids.get(code)
    if known is not None and known in _hubs:
        return known
    looking = _lookups.get(code)
    if looking is None:
        looking = _lookups[code] = asyncio.create_task(_look_up(code))
    return await asyncio.shield(looking)


async def say_goodbye() -> None:
    """Tell every socket that the server goes away and when to come back: not all of them at the same moment."""
    for hub in list(_hubs.values()):
        await hub.send_home("restart")
        await hub.say_gone()


def count_sockets() -> tuple[int, int, dict[Audience, int]]:
    """Return how many hubs there are, how many sockets wait to be let in, and how many are in. From any thread."""
    hubs = list(_hubs.values())
    counts = {audience: sum(len(hub.registry.sockets[audience]) for hub in hubs) for audience in Audience}
    return len(hubs), sum(len(hub.registry.strangers) for hub in hubs), counts


async def _look_up(code: str) -> int | None:
    try:
        found = await read(lambda: Session.objects.filter(code=code).values_list("pk", flat=True).first())
    finally:
        del _lookups[code]
    if found is not None:
        _ids[code] = found
    return found


def _forget(session_id: int) -> None:
    _hubs.pop(session_id, None)
    for code in [code for code, known in _ids.items() if known == session_id]:
        del _ids[code]
