"""Records first connections through the writer, so that flood detection does not count these people."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from ..domain.actor import Actor
from ..domain.commands import NoteSeen
from ..domain.world import CommandRequest
from ..errors import Refused
from .writer import Result, writer


class FirstConnections:
    """First connections that a hub still has to record. In the event loop, except `post`."""

    def __init__(self, session_id: int) -> None:
        self._session_id = session_id
        self._people: set[int] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def tell(self, newcomers: Iterable[int]) -> None:
        self._people.update(newcomers)
        if self._people:
            self._loop = asyncio.get_running_loop()
            people, self._people = tuple(sorted(self._people)), set()
            request = CommandRequest(Actor.system(), NoteSeen(people=people))
            writer.submit(session_id=self._session_id, request=request, mailbox=self, token=people)

    def post(self, results: list[tuple[object, Result]]) -> None:
        """Called by the writer. What could not be stored is tried again with the next turn."""
        for people, result in results:
            if isinstance(result, Refused) and self._loop is not None and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._people.update, people)  # type: ignore[arg-type]
