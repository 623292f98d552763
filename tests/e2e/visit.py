"""Goes through the list of states, moment by moment, with both languages side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from playwright.async_api import Browser

from ..server import RunningServer
from .checks import come_to_rest
from .moments import MOMENTS
from .states import STATES
from .tour import LANGUAGES, State, Tour, View
from .workshop import Workshop

See = Callable[[View, str], Awaitable[None]]
"""Called with a view and its theme."""


async def visit(
    server: RunningServer, browser: Browser, see: See, *, wanted: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """Bring every state (or those whose names begin so) to the screen; return each that could not be, and why."""
    room = await Workshop(server).begin()
    tour = Tour(server, browser, room)
    left = [state for state in STATES if not wanted or state.name.startswith(tuple(wanted))]
    wrong: list[tuple[str, str]] = []
    async with tour.stack:
        try:
            for moment in MOMENTS:
                if not left:
                    break
                await moment(tour)
                for state in [state for state in left if state.moment == moment.__name__]:
                    left.remove(state)
                    looks = [_look(tour, state, lang, see) for lang in LANGUAGES]
                    for lang, outcome in zip(
                        LANGUAGES, await asyncio.gather(*looks, return_exceptions=True), strict=True
                    ):
                        if outcome is not None:
                            wrong.append((state.name, f"{lang}: {str(outcome)[:600]}"))
        finally:
            for view in tour.kept.values():
                await view.screen.close()
            await room.end()
    return wrong


async def _look(tour: Tour, state: State, lang: str, see: See) -> None:
    async with tour.show(state, lang) as view:
        await see(view, "light")
        if state.dark:
            await view.page.emulate_media(color_scheme="dark")
            await come_to_rest(view.page)
            await see(view, "dark")
