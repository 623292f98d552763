"""One session from the empty lobby to the last result, stopping at every moment that the list of states names.

A moment is what the server is in; a state is what one screen shows then. Both languages are looked at side by side,
each by a person of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, expect

from ..conversation import sign_in
from ..server import RunningServer
from .browser import DESKTOP, PHONE, PROJECTOR, Screen, open_context, open_screen
from .checks import come_to_rest
from .proxy import Wire
from .sentences import ANYWHERE
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


async def _both(run: Callable[[str], Awaitable[None]]) -> None:
    async with asyncio.TaskGroup() as group:
        for lang in LANGUAGES:
            group.create_task(run(lang))  # type: ignore[arg-type]


# -- the moments, in order ---------------------------------------------------------------------------------------


async def door(tour: Tour) -> None:
    """Nobody is in."""


async def lobby(tour: Tour) -> None:
    await tour.room.fill()
    tour.core = await sign_in(tour.room.base, tour.server.run["signin"]["core"])
    for lang, sector in (("nl", "onderwijs"), ("en", "ondernemers")):
        tour.people[lang] = await tour.room.join_over_http(sector)
        tour.ghosts[lang] = await tour.room.join_over_http(sector)


async def locked(tour: Tour) -> None:
    await tour.room.say("session.lock", on=True)


async def welcome(tour: Tour) -> None:
    await tour.room.say("session.lock", on=False)
    await tour.room.open("Welcome")


async def writing(tour: Tour) -> None:
    await tour.room.open("Profile and brand: write")


async def written(tour: Tour) -> None:
    await tour.room.write_profile()
    await tour.room.say(
        "card.scribe",
        step=tour.room.step("Profile and brand: write"),
        text="Ik heb geen telefoon, maar wel een idee: bewegwijzering",
        aspect="hardware",
        sector=tour.room.sectors["onderzoek"],
        lang="nl",
    )
    await tour.room.say("card.hide", card=tour.room.profile[18])

    async def write_late(view: View) -> None:
        """Written out of reach; it comes back after the reveal."""
        assert view.wire is not None
        await write_card(view, view.pick("Dit kwam te laat", "This came too late"), stored=True)
        view.wire.cut()
        await write_card(view, view.pick("Een gratis shuttle naar het station", "A free shuttle to the station"))

    async def type_on(view: View) -> None:
        await view.page.locator("textarea").fill(view.pick("Nog niet af, maar", "Not finished, but"))

    async def keep(lang: str) -> None:
        await tour.keep("late", lang, "phone", write_late)
        await tour.keep("typing", lang, "phone", type_on)

    await _both(keep)


async def written_closed(tour: Tour) -> None:
    await tour.room.close("Profile and brand: write")


async def wall(tour: Tour) -> None:
    await tour.room.open("Profile and brand: look")


async def elsewhere(tour: Tour) -> None:
    """The second pillar, fast; and a step in which everyone chooses the pillar, not in silence."""
    room = tour.room
    await room.open("Top location: write")
    await room.write_location()
    await room.open("Top location: look")
    await room.add(
        kind="collect",
        title=("Over beide pilaren", "On both pillars"),
        after="Top location: look",
        prompt_nl="Wat hoort bij allebei de pilaren?",
        prompt_en="What belongs to both pillars?",
        silent=False,
        minutes=90,
    )
    await room.open("On both pillars")
    room.anywhere = await room.write("On both pillars", ANYWHERE)


async def recess(tour: Tour) -> None:
    await tour.room.open("Break")


async def ticked(tour: Tour) -> None:
    room = tour.room
    await room.tick("Choose", room.profile[:7] + room.location[:6] + room.anywhere[:3])


async def voting(tour: Tour) -> None:
    await tour.room.open("Choose")


async def voted(tour: Tour) -> None:
    await tour.room.vote("Choose", tour.room.crowd[:-2])


async def vote_closed(tour: Tour) -> None:
    await tour.room.close("Choose")


async def result(tour: Tour) -> None:
    await tour.room.open("Result")


async def live(tour: Tour) -> None:
    room = tour.room
    await room.add(
        kind="vote",
        title=("Proef met twee stippen", "A try with two dots"),
        after="Result",
        prompt_nl="Waarmee beginnen we morgen?",
        prompt_en="What do we start with tomorrow?",
        live=True,
        budget=5,
        max_per_item=2,
    )
    await room.tick("A try with two dots", room.location[:5])
    await room.open("A try with two dots")
    await room.vote("A try with two dots", room.crowd[4:24], tilt=1)


async def few(tour: Tour) -> None:
    """A vote in which fewer people took part than may be shown."""
    room = tour.room
    await room.add(kind="vote", title=("Voor wie bleef", "For who stayed"), after="Closing", minutes=0)
    await room.tick("For who stayed", room.location[:4])
    await room.open("For who stayed")
    await room.vote("For who stayed", room.crowd[:3])
    await room.say("step.reveal", step=room.step("For who stayed"))


async def closing(tour: Tour) -> None:
    await tour.room.open("Closing")
    everyone = (await _fresh(tour))["participants"]
    ghosts = [await _tag(tour, cookies) for cookies in tour.ghosts.values()]
    for person in everyone:
        if person["tag"] in ghosts:
            await tour.room.say("participant.retire", participant=person["id"])


MOMENTS: tuple[Callable[[Tour], Awaitable[None]], ...] = (
    door, lobby, locked, welcome, writing, written, written_closed, wall, elsewhere, recess, ticked, voting, voted,
    vote_closed, result, live, few, closing,
)  # fmt: skip


async def _fresh(tour: Tour) -> dict[str, Any]:
    from ..conversation import Talk

    talk = await Talk(base=tour.room.base, code=tour.room.code, role="console", cookies=tour.room.facilitator).connect()
    await talk.close()
    return talk.snapshot


async def _tag(tour: Tour, cookies: dict[str, str]) -> str:
    from ..conversation import Talk

    talk = await Talk(base=tour.room.base, code=tour.room.code, role="phone", cookies=cookies).connect()
    await talk.close()
    return str(talk.you["tag"])


async def write_card(view: View, text: str, *, stored: bool = False) -> None:
    """Write a card with thumbs; with `stored`, wait for its tick."""
    page = view.page
    await page.locator("textarea").first.fill(text)
    await page.locator("form label", has_text="Software").first.click()
    await page.get_by_role("button", name=view.pick("Kaart opslaan", "Save card")).click()
    row = page.locator("li.row", has_text=text)
    await expect(row).to_contain_text(view.pick("opgeslagen", "stored") if stored else text)
