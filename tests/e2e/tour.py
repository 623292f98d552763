"""One session from the empty lobby to the last result, stopping at every moment that the list of states names.

A moment is what the server is in; a state is what one screen shows then. Both languages are looked at side by side,
each by a person of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, expect

from ..server import RunningServer
from .browser import DESKTOP, PHONE, PROJECTOR, Screen, open_context, open_screen
from .checks import come_to_rest
from .proxy import Wire
from .workshop import Workshop

LANGUAGES = ("nl", "en")
SIZES = {"page": PHONE, "desk": DESKTOP, "phone": PHONE, "ghost": PHONE, "remote": PHONE, "console": DESKTOP}
SIZES["stage"] = PROJECTOR
SIZES["studio"] = SIZES["facilitator-studio"] = SIZES["leaver"] = DESKTOP

Prepare = Callable[["View"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class State:
    """`heading`: Dutch, English. `wired`: over a wire that `prepare` may cut. `keeps`: the page stays for later."""

    name: str
    moment: str
    screen: str
    heading: tuple[str, str]
    path: str = ""
    prepare: Prepare | None = None
    dark: bool = False
    wired: bool = False
    kept: str = ""


@dataclass(slots=True)
class View:
    """One state in one language, on a page."""

    state: State
    lang: str
    screen: Screen
    tour: Tour
    wire: Wire | None = None

    @property
    def page(self) -> Page:
        return self.screen.page

    def pick(self, nl: str, en: str) -> str:
        return nl if self.lang == "nl" else en


@dataclass(slots=True)
class Tour:
    server: RunningServer
    browser: Browser
    room: Workshop
    core: dict[str, str] = field(default_factory=dict)
    people: dict[str, dict[str, str]] = field(default_factory=dict)
    ghosts: dict[str, dict[str, str]] = field(default_factory=dict)
    kept: dict[tuple[str, str], View] = field(default_factory=dict)
    contexts: dict[tuple[str, str], BrowserContext] = field(default_factory=dict)
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
            if state.prepare is not None:
                await state.prepare(view)
            heading = state.heading[LANGUAGES.index(lang)]
            await expect(view.page.get_by_role("heading", name=heading).first).to_be_visible()
            await come_to_rest(view.page)
            yield view
        finally:
            if view not in self.kept.values():
                await view.screen.close()

    async def keep(self, name: str, lang: str, screen: str, prepare: Prepare) -> None:
        """Bring a page somewhere now; a later state goes on with it."""
        state = State(name, "", screen, ("", ""), wired=True)
        view = await self._open(state, lang)
        await prepare(view)
        self.kept[name, lang] = view

    async def _open(self, state: State, lang: str) -> View:
        path, cookies = self._way_to(state, lang)
        if state.wired:
            wire = await self.stack.enter_async_context(Wire(port=self.server.port))
            base = f"http://127.0.0.1:{wire.port}"
            screen = await open_screen(self.browser, base, size=SIZES[state.screen], lang=lang, reduced_motion="reduce")
        else:
            # One browser per kind of screen and language: what it loaded once it need not load again.
            wire, base = None, self.room.base
            name = state.screen, lang
            if name not in self.contexts:
                self.contexts[name] = await open_context(
                    self.browser, base, size=SIZES[state.screen], lang=lang, reduced_motion="reduce"
                )
            screen = Screen(self.contexts[name], await self.contexts[name].new_page(), base)
            screen.shared = True
        wanted: list[Any] = [{"name": name, "value": value, "url": base} for name, value in cookies.items()]
        await screen.context.add_cookies(wanted)
        await screen.page.goto(path)
        return View(state, lang, screen, self, wire)

    def _way_to(self, state: State, lang: str) -> tuple[str, dict[str, str]]:
        """Return the address of a state's screen, and who looks at it."""
        code = self.room.code
        link = self.server.run["signin"]["core"].removeprefix(self.room.base)
        path = state.path.format(code=code, link=link)
        who: dict[str, str] = {}
        match state.screen:
            case "phone":
                who, path = self.people.get(lang, {}), path or f"/s/{code}/"
            case "ghost":
                who, path = self.ghosts[lang], f"/s/{code}/"
            case "console" | "remote":
                who, path = self.room.facilitator, path or f"/s/{code}/console/"
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
