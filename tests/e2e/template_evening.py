"""An evening by a template: hands on the console in Dutch, a phone, a projector, and simulated people."""

from __future__ import annotations

import re
from contextlib import AsyncExitStack
from typing import Any, Self

from playwright.async_api import Browser, Page, ViewportSize, expect

from sessions.domain.kind import kind_of
from sessions.domain.templates import DEFAULT, TEMPLATES, Template, step_title
from sessions.management.demo import PILLARS
from sessions.models import Pillar

from ..conversation import join
from ..server import RunningServer
from . import acts
from .browser import DESKTOP, PHONE, PROJECTOR, Screen, open_screen
from .simulated import Simulated

AREA = "Kennispark Twente"
PEOPLE = {"expert": 10, "interview": 0, "paper": 0, "reaction": 28}
"""Where it is not a room of five of each O; who speaks in an interview, or writes on paper, has no phone."""
USUAL = 20
ON_PAPER = 12
SAID = ("Meer groen op het plein", "Een bus in de avond", "Betaalbare ruimte voor starters", "Een plek om te eten")
STATEMENTS = ("Het plein is ’s avonds leeg", "Studenten blijven hier niet", "Er is te weinig te doen")


async def sign_in_at(browser: Browser, base: str, cookies: dict[str, str], *, size: ViewportSize) -> Screen:
    screen = await open_screen(browser, base, size=size, lang="nl")
    await screen.context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])
    return screen


async def make_session(server: RunningServer, browser: Browser, key: str) -> tuple[Screen, str]:
    """Make a session from a template in the studio; return the console, and the code."""
    cookies = await server.sign_in("facilitator")
    console = await sign_in_at(browser, server.base, cookies, size=DESKTOP)
    page = console.page
    await page.goto(server.run["studio"])
    await page.locator("summary", has_text="Nieuwe sessie").click()
    await page.get_by_label("Titel in het Nederlands").fill("Avond 3")
    await page.get_by_label("Begin met").select_option("default" if key == DEFAULT else key)
    await page.get_by_role("button", name="Sessie maken en Regie openen").click()
    await page.wait_for_url("**/console/")
    return console, page.url.split("/")[-3]


def named(template: Template) -> Template:
    """Return it with the names of the programme's pillars."""
    pillars = {number: Pillar(short_nl=found["short_nl"]) for number, found in enumerate(PILLARS, start=1)}
    steps = [step | {"title_nl": step_title(step, language="nl", pillars=pillars)} for step in template.steps]
    return template._replace(steps=tuple(steps))


class TemplateEvening:
    def __init__(self, server: RunningServer, browser: Browser, console: Screen, *, code: str, key: str) -> None:
        self.server, self.browser, self.console, self.code = server, browser, console, code
        self.key, self.template = key, named(TEMPLATES[key])
        self.screens = [console]
        self.room = Simulated(server=server, code=code, people=PEOPLE.get(key, USUAL))
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self.stage = await self._open(PROJECTOR, await self.server.sign_in("core"), f"/s/{self.code}/stage/")
        self.phone: Screen | None = None
        if self.room.count:
            cookies = await join(self.server.base, self.code, "onderwijs")
            self.phone = await self._open(PHONE, cookies, f"/s/{self.code}/")
        await self._stack.enter_async_context(self.room)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()
        for screen in self.screens:
            await screen.close()

    async def _open(self, size: ViewportSize, cookies: dict[str, str], path: str) -> Screen:
        screen = await sign_in_at(self.browser, self.server.base, cookies, size=size)
        await screen.page.goto(path)
        self.screens.append(screen)
        return screen

    @property
    def _page(self) -> Page:
        return self.console.page

    # -- before --------------------------------------------------------------------------------------------------

    async def agenda_is_what_was_chosen(self) -> None:
        """Its page sums the minutes up, and has nothing to say of how they fit."""
        page, minutes = self._page, self.template.steps_minutes
        await page.get_by_role("link", name="Agenda voorbereiden").click()
        await expect(page.get_by_role("heading", name=f"Agenda: {minutes} minuten", exact=True)).to_be_visible()
        await expect(page.locator("ol .title bdi")).to_have_text([step["title_nl"] for step in self.template.steps])
        await expect(page.locator("aside .sum").get_by_role("status")).to_have_text(
            "ja" if self.key != DEFAULT else "1 waarschuwing"
        )
        await page.get_by_role("link", name="Naar de Regie").click()

    async def lobby(self) -> None:
        session = self.room.hand.client.room.session
        assert session["kind"] == self.template.kind
        await expect(self.stage.page.locator("body")).to_contain_text(re.compile(r"\s*".join(self.code)))
        if self.phone is not None:
            await expect(self.phone.page.get_by_role("heading", name="Je bent binnen")).to_be_visible()

    # -- a step --------------------------------------------------------------------------------------------------

    async def play(self, place: int) -> None:
        wanted = self.template.steps[place]
        kind = kind_of(wanted["kind"])
        await self._fill(self._step(place))
        await self._go(place)
        await self._is_shown(place)
        if kind.shows_subject:
            await self._shows(self._step(self._subject(place)))
        if not kind.takes_answers:
            return
        await self._answer(place)
        settings = wanted.get("settings", {})
        if settings.get("practice") or self._is_shown_later(place):
            return
        if settings.get("mode") != "qa":
            await self._reveal_here()
        await self._shows(self._step(place))

    def _step(self, place: int) -> dict[str, Any]:
        return self.room.hand.client.room.agenda()[place]

    def _subject(self, place: int) -> int:
        name = self.template.steps[place]["subject"]
        return next(n for n, step in enumerate(self.template.steps) if step.get("names") == name)

    def _is_shown_later(self, place: int) -> bool:
        name = self.template.steps[place].get("names")
        return name is not None and any(step.get("subject") == name for step in self.template.steps)

    async def _fill(self, step: dict[str, Any]) -> None:
        """What is voted on: cards that were ticked, or what was typed before the evening."""
        if not await kind_of(step["kind"]).prepare(facilitator=self.room.hand, step=step):
            page = self._page
            await page.locator("#agenda .line", has_text=re.compile(rf"^\S+\s+{step['title']['nl']}\b")).click()
            await page.locator("#agenda").get_by_role("button", name="Waarover wordt gestemd…").click()
            dialog = page.get_by_role("dialog")
            await dialog.get_by_label("Eén per regel").fill("\n".join(STATEMENTS))
            await dialog.get_by_role("button", name=f"Voeg {len(STATEMENTS)} items toe").click()
            await expect(dialog.get_by_role("heading", name=f"{len(STATEMENTS)} items")).to_be_visible()
            await dialog.get_by_role("button", name="Sluiten").first.click()

    async def _go(self, place: int) -> None:
        """Press what is next on the console, until it is open; a reveal is asked about first."""
        page, title = self._page, self.template.steps[place]["title_nl"]
        next_, opened = page.locator("#next"), page.locator("p.kind", has_text=f"Nu: {title}")
        question, reveal = next_.locator(".ask"), next_.get_by_role("button", name="Onthul nu")
        go = next_.get_by_role("button", name=re.compile(f"^(Volgende: {re.escape(title)}|Toon plaatje 1)"))
        shut, shown = next_.get_by_role("button", name="Sluit de stemming"), go.or_(question)
        if await shut.count():
            await acts.press_until(shut, shown)
        if kind_of(self.template.steps[place]["kind"]).shows_subject:
            await acts.press_until(go, question)
            await reveal.click()
            await expect(opened).to_be_visible()
        else:
            await acts.press_until(go, opened)

    async def _is_shown(self, place: int) -> None:
        """The question stands on the console, the phone and the projector; the minutes beside it."""
        wanted = self.template.steps[place]
        prompt = wanted["prompt_nl"].replace("{area}", AREA)
        await expect(self._page.locator("#now")).to_have_text(prompt)
        if wanted["minutes"]:
            await expect(self._page.locator("p.kind")).to_contain_text(f"{wanted['minutes']} min")
        if self.phone is not None:
            await expect(self.phone.page.get_by_role("heading", level=1)).to_have_text(prompt)
        await expect(self.stage.page.get_by_role("heading", level=1)).to_have_text(prompt)
        step = self._step(place)
        assert (step["kind"], step["state"]) == (wanted["kind"], "open")

    async def _answer(self, place: int) -> None:
        """Everybody does, and the console counts them; where nobody has a phone it is typed in, and counted as well."""
        step, counted = self._step(place), self._page.locator("#next")
        if people := self.room.count:
            # The console's count comes once a second: at first it may still be that of the step before.
            await self.room.have_answered(step)
            await expect(counted).to_contain_text(f"{people} van {people + 1} ")
        elif step["round"] is None:
            for number, said in enumerate(SAID * 3):
                await self.room.scribe(step, said, sector=number)
            await expect(self._page.locator("#cards li", has_text=SAID[-1])).to_have_count(3)
        else:
            typed = await self.room.type_in(step, papers=ON_PAPER)
            await expect(counted).to_contain_text(f"{typed} op papier")

    async def _reveal_here(self) -> None:
        page = self._page
        more = page.locator("#next .more").get_by_role("button", name=re.compile("…$"))
        await acts.press_until(more.first, page.locator("#next .ask"))
        await page.locator("#next .ask").get_by_role("button", name="Onthul nu").click()
        await expect(page.locator("#next .ask")).to_have_count(0)

    async def _shows(self, step: dict[str, Any]) -> None:
        """What came of a step is on the projector; the figures of a vote beside the console's words too."""
        stage = self.stage.page
        if step["kind"] != "vote":
            said = "|".join(re.escape(text) for text in self.room.said(step) or SAID)
            await expect(stage.locator("main")).to_contain_text(re.compile(said))
            return
        result = self._page.get_by_role("region", name="Uitslag")
        await expect(result.locator("tbody tr, li").first).to_be_visible()
        first = await result.locator("bdi").first.inner_text()
        await expect(stage.locator("main")).to_contain_text(first)

    async def end(self) -> None:
        page = self._page
        over = page.get_by_role("link", name="De sessie is voorbij: naar de uitslagen")
        await acts.press_until(page.get_by_role("button", name="Sluit de laatste stap"), over)
        if self.phone is not None:
            await expect(self.phone.page.get_by_text("De sessie is voorbij.")).to_be_visible()
