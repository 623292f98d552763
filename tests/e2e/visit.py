"""Goes through the list of states, moment by moment, with both languages side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.async_api import Browser

from ..server import RunningServer
from ..small_disk import CannotMount, small_disk
from .browser import SMALL
from .checks import come_to_rest
from .moments import MOMENTS
from .states import STATES
from .tour import LANGUAGES, SIZES, State, Tour, View
from .workshop import Workshop

See = Callable[[View, str], Awaitable[None]]
"""Called with a view and how it is seen: light, dark, or small."""


@contextmanager
def serve(folder: Path) -> Iterator[RunningServer]:
    """The program, with its data on a disk that can be filled where this machine lets us mount one."""
    with ExitStack() as stack:
        data = folder / "data"
        try:
            stack.enter_context(small_disk(data))
        except CannotMount as error:
            print(error)
        yield stack.enter_context(RunningServer(data_dir=data))


async def visit(
    server: RunningServer,
    browser: Browser,
    see: See,
    *,
    states: Sequence[State] = STATES,
    wanted: Sequence[str] = (),
    translated: frozenset[str] = frozenset(),
    languages: Callable[[State], Sequence[str]] | None = None,
) -> list[tuple[str, str]]:
    """Bring every state (or those whose names begin so) to the screen; return each that could not be, and why.

    `languages`: those that a state is looked at in, when not all. Pages in the languages of `translated` are translated
    on the way. Without a small disk nothing is full: states of that moment are left out.
    """
    room = await Workshop(server).begin()
    tour = Tour(server, browser, room, translated)
    left = [state for state in states if not wanted or state.name.startswith(tuple(wanted))]
    if not server.data_dir.is_mount():
        left = [state for state in left if state.moment != "full"]
    wrong: list[tuple[str, str]] = []
    async with tour.stack:
        try:
            for moment in MOMENTS:
                if not left:
                    break
                await moment(tour)
                for state in [state for state in left if state.moment == moment.__name__]:
                    left.remove(state)
                    langs = LANGUAGES if languages is None else languages(state)
                    looks = [_look(tour, state, lang, see) for lang in langs]
                    for lang, outcome in zip(langs, await asyncio.gather(*looks, return_exceptions=True), strict=True):
                        if outcome is not None:
                            wrong.append((state.name, f"{lang}: {str(outcome)[:600]}"))
                await tour.park(_next_on_screens(left))
        finally:
            await tour.end()
            await room.end()
    return wrong


def _next_on_screens(left: Sequence[State]) -> dict[str, State]:
    """Return, by screen, the state that its page shows next."""
    moments = [moment.__name__ for moment in MOMENTS]
    ahead: dict[str, State] = {}
    for state in sorted(left, key=lambda state: moments.index(state.moment)):
        if not state.wired and not state.kept:
            ahead.setdefault(state.screen, state)
    return ahead


async def _look(tour: Tour, state: State, lang: str, see: See) -> None:
    async with tour.show(state, lang) as view:
        await see(view, "light")
        if state.small:
            await view.page.set_viewport_size(SMALL)
            # The width is known before the page is told that it changed, and only then is the stage scaled.
            await view.page.wait_for_function(
                """(width) => innerWidth === width && [...document.querySelectorAll(".stage")].every(
                     (sheet) => sheet.getBoundingClientRect().width <= width)""",
                arg=SMALL["width"],
            )
            await come_to_rest(view.page)
            await see(view, "small")
            await view.page.set_viewport_size(SIZES[state.screen])
        if state.dark:
            await view.page.emulate_media(color_scheme="dark")
            await come_to_rest(view.page)
            await see(view, "dark")
