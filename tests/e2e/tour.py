"""One session from the empty lobby to the last result, stopping at every moment that the list of states names.

A moment is what the server is in; a state is what one screen shows then. Both languages are looked at side by side,
each by a person of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import IO, Any

from playwright.async_api import Browser, Page, expect

from ..server import RunningServer
from .browser import DESKTOP, PHONE, PROJECTOR, Screen, open_screen
from .checks import come_to_rest
from .proxy import CutProxy
from .storage import forbid_disk
from .translator import in_translation, show_original, translate
from .workshop import Workshop

LANGUAGES = ("nl", "en")
SIZES = {"page": PHONE, "desk": DESKTOP, "phone": PHONE, "ghost": PHONE, "remote": PHONE, "console": DESKTOP}
SIZES["stage"] = PROJECTOR
SIZES["studio"] = SIZES["facilitator-studio"] = SIZES["leaver"] = DESKTOP
LIVE = {"phone", "console", "remote", "stage"}
"""Screens that follow the session by themselves."""

Prepare = Callable[["View"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class State:
    """`heading`: Dutch, English. `wired`: over a wire that `prepare` may cut. `kept`: goes on with the page that
    a moment kept by this name. `full`: the browser has no room but in localStorage. `small`: also at 1280 × 720.
    `squeezed`: on a desk, also enlarged and in large letters. `is_drawn_only`: made of parts that other states show, so
    that it has a picture and is not judged. `is_judged_in_dutch`: its English has the same parts and shorter words.
    """

    name: str
    moment: str
    screen: str
    heading: tuple[str, str]
    path: str = ""
    prepare: Prepare | None = None
    dark: bool = False
    wired: bool = False
    kept: str = ""
    full: bool = False
    small: bool = False
    squeezed: bool = False
    is_drawn_only: bool = False
    is_judged_in_dutch: bool = False


@dataclass(slots=True)
class View:
    """One state in one language, on a page."""

    state: State
    lang: str
    screen: Screen
    tour: Tour
    wire: CutProxy | None = None
    stood: bool = False
    """The page was there, and followed the session to this moment."""

    @property
    def page(self) -> Page:
        return self.screen.page

    def pick(self, nl: str, en: str) -> str:
        return nl if self.lang == "nl" else en

    async def see_heading(self, said: Callable[[str], str] = str) -> None:
        heading = said(self.pick(*self.state.heading))
        await expect(self.page.get_by_role("heading", name=heading).first).to_be_visible()
        await come_to_rest(self.page)


@dataclass(slots=True)
class Tour:
    server: RunningServer
    browser: Browser
    room: Workshop
    translated: frozenset[str] = frozenset()
    """Languages whose pages the browser translates: as they follow the session, or once a state is reached."""
    core: dict[str, str] = field(default_factory=dict)
    people: dict[str, dict[str, str]] = field(default_factory=dict)
    ghosts: dict[str, dict[str, str]] = field(default_factory=dict)
    rehearsals: dict[str, str] = field(default_factory=dict)
    """Language → the code of a rehearsal."""
    kept: dict[tuple[str, str], View] = field(default_factory=dict)
    pages: dict[tuple[str, str], Screen] = field(default_factory=dict)
    """One page per kind of screen and language; it follows the session as the room's own screens do."""
    untouched: dict[tuple[str, str], str] = field(default_factory=dict)
    """Which of them stands at which address, and nobody did anything on it: it need not be loaded again."""
    turning: asyncio.Lock = field(default_factory=asyncio.Lock)
    turned: set[str] = field(default_factory=set)
    """What was done to the stage, which both languages look at."""
    message: str = ""
    """What stands on all phones."""
    closed_database: IO[bytes] | None = None
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    @asynccontextmanager
    async def show(self, state: State, lang: str) -> AsyncIterator[View]:
        """Bring a page into the state, and see that it is the one."""
        if state.kept:
            view = self.kept.pop((state.kept, lang))
            view.state = state
        else:
            view = await self._open(state, lang)
        try:
            if lang in self.translated:
                await self._reach_in_translation(view)
            elif state.prepare is not None:
                await state.prepare(view)
            await view.see_heading()
            yield view
        finally:
            if view.screen is self.pages.get((state.screen, lang)):
                await view.page.emulate_media(color_scheme="light")
                if lang in self.translated and (state.screen, lang) in self.untouched:
                    await translate(view.page)
            elif view not in self.kept.values():
                await view.screen.close()

    async def _reach_in_translation(self, view: View) -> None:
        """Bring a page into its state, translate it and back. What it said wrongly is trouble of the screen."""
        state, page = view.state, view.page
        # Hands go by words, but for those in the studio.
        follows = view.stood if state.prepare is None else state.screen == "studio"
        await (translate if follows else show_original)(page)
        if state.prepare is not None:
            await state.prepare(view)
        if not follows:
            await view.see_heading()
        await translate(page)
        await view.see_heading(in_translation)
        view.screen.trouble += await show_original(page)

    async def park(self, ahead: Mapping[str, State]) -> None:
        """Empty the pages that need not follow the session, as their next state loads them anyway: to follow costs the
        processor more. `ahead`: that state, by screen.
        """
        for (screen, lang), shown in self.pages.items():
            state = ahead.get(screen)
            stands = self.untouched.get((screen, lang))
            if state is None or state.prepare is not None or stands is None or stands != self._way_to(state, lang)[0]:
                self.untouched.pop((screen, lang), None)
                await shown.page.goto("about:blank")

    @asynccontextmanager
    async def once(self, what: str) -> AsyncIterator[bool]:
        """Give whether this view is to do it: of two hands on one button, the second takes back what the first did."""
        async with self.turning:
            yield what not in self.turned
            self.turned.add(what)

    async def end(self) -> None:
        for view in self.kept.values():
            await view.screen.close()
        for screen in self.pages.values():
            await screen.context.close()

    async def keep(self, name: str, lang: str, screen: str, prepare: Prepare) -> None:
        """Bring a page somewhere now; a later state goes on with it."""
        state = State(name, "", screen, ("", ""), wired=True)
        view = await self._open(state, lang)
        await prepare(view)
        self.kept[name, lang] = view

    async def _open(self, state: State, lang: str) -> View:
        path, cookies = self._way_to(state, lang)
        look: dict[str, Any] = {
            "size": SIZES[state.screen],
            "lang": lang,
            "reduced_motion": "reduce",
            "has_worker": True,
        }
        if state.wired:
            wire = await self.stack.enter_async_context(CutProxy(port=self.server.port))
            base = f"http://127.0.0.1:{wire.port}"
            screen = await open_screen(self.browser, base, **look)
        else:
            wire, base, name = None, self.room.base, (state.screen, lang)
            if name not in self.pages:
                self.pages[name] = await open_screen(self.browser, base, **look)
            screen = self.pages[name]
            screen.trouble.clear()
            stands_there = self.untouched.pop(name, None) == path
            if state.screen in LIVE and state.prepare is None:
                self.untouched[name] = path
            if stands_there:
                return View(state, lang, screen, self, stood=True)
        wanted: list[Any] = [{"name": name, "value": value, "url": base} for name, value in cookies.items()]
        await screen.context.add_cookies(wanted)
        if state.full:
            await forbid_disk(screen.page, base)
        await screen.page.goto(path)
        return View(state, lang, screen, self, wire)

    def _way_to(self, state: State, lang: str) -> tuple[str, dict[str, str]]:
        """Return the address of a state's screen, and who looks at it."""
        code = self.room.code
        link = self.server.run["signin"]["core"].removeprefix(self.room.base)
        path = state.path.format(code=code, link=link, rehearsal=self.rehearsals.get(lang, ""))
        who: dict[str, str] = {}
        match state.screen:
            case "phone":
                who, path = self.people.get(lang, {}), path or f"/s/{code}/"
            case "ghost":
                who, path = self.ghosts[lang], f"/s/{code}/"
            case "console" | "remote":
                who, path = self.room.facilitator, path or f"/s/{code}/console/"
            case "stage" if "{rehearsal}" in state.path:
                who = self.room.facilitator
            case "stage":
                path = path or self.server.run["stage"].removeprefix(self.room.base)
            case "studio":
                who = self.core
            case "facilitator-studio":
                who = self.room.facilitator
            case "leaver":
                # Signing out ends it for everybody with the same cookie.
                who = self.core if lang == "nl" else self.room.facilitator
        return path, who | {"language": lang}
