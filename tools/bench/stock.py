"""The stock way, as the tutorials have it: a JSON consumer per socket, `group_send`, one `update_or_create` per vote.

Same daphne, same database, same table. In its favour: it checks no budget and no key, keeps no log, and sends the
tally after a pause instead of after every vote.
"""

from __future__ import annotations

import asyncio
from typing import Any

import django

django.setup()

from channels.db import database_sync_to_async  # noqa: E402 - Django must be ready first
from channels.generic.websocket import AsyncJsonWebsocketConsumer  # noqa: E402
from channels.layers import get_channel_layer  # noqa: E402
from django.db.models import Count, Sum  # noqa: E402
from django.utils import timezone  # noqa: E402

from sessions.models import Vote  # noqa: E402

EVERY_S = 0.25
GROUP = "room"

_tasks: list[asyncio.Task[None]] = []


class Voter(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    async def connect(self) -> None:
        await self.channel_layer.group_add(GROUP, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(GROUP, self.channel_name)

    async def receive_json(self, content: dict[str, Any], **rest: Any) -> None:
        if "repeat" in content:
            _tasks.append(asyncio.ensure_future(_repeat(content["repeat"])))
        elif "tally" in content:
            _tasks.append(asyncio.ensure_future(_tell_tally(content["tally"])))
        else:
            await self._vote(content)
            await self.send_json({"re": content["id"]})

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def _vote(self, content: dict[str, Any]) -> None:
        now = timezone.now()
        Vote.objects.update_or_create(
            round_item_id=content["place"],
            participant_id=content["person"],
            criterion=0,
            defaults={"value": content["value"], "tap": content["id"], "last_at": now},
            create_defaults={"value": content["value"], "tap": content["id"], "first_at": now, "last_at": now},
        )

    async def tally(self, event: dict[str, Any]) -> None:
        await self.send_json(event["content"])


async def _repeat(content: dict[str, Any]) -> None:
    """Send the same tally four times a second."""
    layer, loop = get_channel_layer(), asyncio.get_running_loop()
    due = loop.time()
    while True:
        await layer.group_send(GROUP, {"type": "tally", "content": content})
        due = max(due + EVERY_S, loop.time())
        await asyncio.sleep(due - loop.time())


async def _tell_tally(places: list[int]) -> None:
    """Count and send the tally, with a pause of a second so that votes get their turn."""

    @database_sync_to_async  # type: ignore[untyped-decorator]
    def count() -> dict[str, list[int]]:
        rows = Vote.objects.filter(round_item__in=places, value__gt=0).order_by().values_list("round_item_id")
        return {str(pk): [heads, dots] for pk, heads, dots in rows.annotate(heads=Count("pk"), dots=Sum("value"))}

    while True:
        content = {"now": {"tally": await count()}}
        await get_channel_layer().group_send(GROUP, {"type": "tally", "content": content})
        await asyncio.sleep(1)


class _Application:
    """Sockets only; a page is 404."""

    def __init__(self) -> None:
        self._sockets = Voter.as_asgi()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await self._sockets(scope, receive, send)
        else:
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})


application = _Application()
