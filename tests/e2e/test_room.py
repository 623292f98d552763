"""What happens in rooms: a slip of the finger, two facilitators, a lost phone, a closed laptop, a borrowed cookie."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from ..conversation import CommandRefused, Talk
from ..server import RunningServer
from . import acts
from .browser import DESKTOP, PATIENCE, PHONE, PROJECTOR, Screen, chromium, open_screen
from .stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


class Desk:
    """A server, a console with the facilitator at it, and phones when they are asked for."""

    def __init__(self, server: RunningServer, browser: Browser) -> None:
        self.server, self.browser = server, browser
        self.screens: list[Screen] = []

    async def screen(self, size: dict[str, int]) -> Screen:
        screen = await open_screen(self.browser, self.server.base, size=size)
        self.screens.append(screen)
        return screen

    async def console(self, who: str) -> Screen:
        screen = await self.screen(DESKTOP)
        if who == "facilitator":
            await acts.sign_in(screen, self.server.run["signin"][who])
        else:
            await screen.page.goto(self.server.run["signin"][who])
            await screen.page.get_by_role("button", name="Sign in").click()
            await screen.page.goto(f"/s/{self.server.code}/console/")
        return screen

    async def phone(self, sector: str) -> Screen:
        screen = await self.screen(PHONE)
        await acts.join(screen, self.server.code, sector)
        return screen


@asynccontextmanager
async def desk_at(path: Path) -> AsyncIterator[Desk]:
    with RunningServer(data_dir=path) as server:
        async with chromium() as browser:
            desk = Desk(server, browser)
            yield desk
            for screen in desk.screens:
                assert screen.trouble == []
                await screen.close()


def at_a_desk(path: Path, story: Callable[[Desk], Awaitable[None]]) -> None:
    async def run() -> None:
        async with desk_at(path) as desk:
            await story(desk)

    tell(run())


def test_two_facilitators_and_a_slip_of_the_finger(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        one, two = await desk.console("facilitator"), await desk.console("core")
        phone = await desk.phone("onderzoek")
        await acts.go_to(one, "Welcome")
        await expect(acts.now(two, "Welcome")).to_be_visible()
        await expect(phone.page.get_by_role("heading", name="Welcome to Kennispark")).to_be_visible()

        # The second one takes back what the first did by accident.
        undo = two.page.get_by_role("button", name="Undo")
        await expect(undo).to_contain_text("Welcome opened")
        await undo.click()
        for console in (one, two):
            await expect(console.page.get_by_text("Not begun yet")).to_be_visible()
        await expect(phone.page.get_by_role("heading", name="You are in. We start in a moment.")).to_be_visible()

        # Both at once ask for the same step: it is opened once, and neither is told off.
        await asyncio.gather(*(acts.go_to(console, "Welcome") for console in (one, two)))
        assert await one.page.get_by_role("alert").count() == 0

        # The laptop is closed; the room goes on, and finds it as it was.
        await acts.go_to(one, "Profile and brand: write")
        await one.page.goto("about:blank")
        await expect(await acts.write(phone, "Written without a facilitator", "Both")).to_contain_text("stored")
        await one.page.goto(f"/s/{desk.server.code}/console/")
        await expect(acts.now(one, "Profile and brand: write")).to_be_visible()
        await expect(acts.card_on_desk(one, "Written without a facilitator")).to_have_count(1)

    at_a_desk(tmp_path, story)


def test_a_second_facilitator_goes_on_when_the_first_laptop_dies(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        one, two = await desk.console("facilitator"), await desk.console("core")
        phone = await desk.phone("onderzoek")
        await expect(two.page.get_by_text("Also runs this session:")).to_be_visible()
        await acts.go_to(one, "Welcome")
        await acts.go_to(one, "Profile and brand: write")

        # In the middle of a step, and within the time to take it back, the first one is gone.
        await one.context.close()
        desk.screens.remove(one)
        await two.page.get_by_role("button", name="Undo").click()
        await expect(acts.now(two, "Welcome")).to_be_visible()
        await acts.go_to(two, "Profile and brand: write")
        await expect(await acts.write(phone, "Written for the second facilitator", "Both")).to_contain_text("stored")
        await two.page.get_by_role("button", name="+1").click()
        await expect(two.page.get_by_text("Also runs this session:")).to_have_count(0)

        # It closes: the phone says that it holds nothing more, and the count is beside the step.
        closing = two.page.get_by_role("region", name="Closing: Profile and brand: write")
        await acts.press_until(two.page.get_by_role("button", name="Close this step"), closing)
        await expect(closing).to_contain_text("The one phone confirmed.")
        await expect(closing).to_contain_text("Late answers still count for")
        question = two.page.locator("#next .ask")
        await acts.press_until(two.page.get_by_role("button", name="Next: Profile and brand: look"), question)
        await expect(question).to_contain_text("The one phone confirmed.")
        await question.get_by_role("button", name="Reveal now").click()
        await expect(acts.card_on_desk(two, "Written for the second facilitator")).to_have_count(1)

        # After the reveal no answer is filed any more: closed for good, and it cannot be opened again.
        await closing.get_by_role("button", name="Close for good…").click()
        await closing.get_by_role("button", name="Close for good", exact=True).click()
        await acts.turn_to_step(two, "Profile and brand: write")
        await expect(two.page.get_by_text("Closed for good at")).to_contain_text("The one phone confirmed.")
        await expect(two.page.get_by_role("button", name="Open again")).to_have_count(0)

    at_a_desk(tmp_path, story)


def test_screens_say_how_old_they_are_when_the_server_stands_still(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        console = await desk.console("facilitator")
        stage = await desk.screen(PROJECTOR)
        await stage.page.goto(desk.server.run["stage"])
        await acts.go_to(console, "Welcome")
        assert desk.server.pid is not None
        os.kill(desk.server.pid, signal.SIGSTOP)
        try:
            await expect(console.page.get_by_text("Nothing is heard of the server.")).to_be_visible(timeout=PATIENCE)
            await expect(console.page.get_by_text("What you see is from")).to_be_visible()
            band = stage.page.get_by_role("region", name="Connection")
            await expect(band).to_contain_text("The server is behind – numbers from")
        finally:
            os.kill(desk.server.pid, signal.SIGCONT)
        for screen in (console, stage):
            await acts.try_now(screen)
        await expect(console.page.get_by_text("What you see is from")).to_have_count(0)
        await expect(stage.page.get_by_role("region", name="Connection")).to_have_count(0)

    at_a_desk(tmp_path, story)


def test_a_lost_phone_and_a_locked_door(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        console = await desk.console("facilitator")
        phone, other = await desk.phone("onderwijs"), await desk.phone("overheden")
        tag = await _tag(phone)

        # Joining again is the same person, by the code and by the address.
        await phone.page.goto(f"/join/{desk.server.code}/")
        await phone.page.wait_for_url(f"**/s/{desk.server.code}/")
        assert await _tag(phone) == tag
        await expect(console.page.get_by_role("button", name="of 2 present")).to_be_visible()

        # The O can be changed until the first vote.
        await phone.page.locator("header .who").click()
        await phone.page.get_by_role("button", name="Entrepreneurs").click()
        await expect(phone.page.locator("header .who")).to_contain_text("Entrepreneurs")

        await _lock(console, "Close the door")
        stranger = await desk.screen(PHONE)
        await stranger.page.goto(f"/join/{desk.server.code}/")
        await expect(stranger.page.get_by_role("heading", name="This session lets nobody new in")).to_be_visible()
        await phone.page.reload()
        assert await _tag(phone) == tag
        await _lock(console, "Open the door")

        # The phone is lost: its ghost is retired, and its person comes in with another one.
        await console.page.get_by_role("button", name="present").click()
        dialog = console.page.get_by_role("dialog")
        row = dialog.locator("li", has_text=tag)
        await row.get_by_role("button", name="Sign off…").click()
        await row.get_by_role("button", name=f"Sign off {tag}").click()
        await expect(row).to_contain_text("signed off")
        await expect(phone.page.get_by_role("heading", name="This phone was signed off")).to_be_visible()
        await acts.join(phone, desk.server.code, "ondernemers")
        assert await _tag(phone) != tag
        await expect(other.page.get_by_role("heading", name="You are in.")).to_be_visible()

    at_a_desk(tmp_path, story)


def test_who_joins_is_let_in_or_refused(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        console = await desk.console("facilitator")
        await _lock(console, "Ask me first")
        stranger = (await desk.screen(PHONE)).page
        door = console.page.get_by_role("region", name="waits to be let in")
        for answer in ("Refuse", "Let in"):
            await stranger.goto(f"/join/{desk.server.code}/")
            await stranger.locator(".field").first.click()
            await stranger.locator("button.go").click()
            await expect(stranger.get_by_role("heading", name="Wait a moment")).to_be_visible()
            await expect(door).to_contain_text(await stranger.locator(".letters").inner_text())
            await expect(console.page.get_by_role("button", name="of 0 present")).to_be_visible()
            await door.get_by_role("button", name=answer).first.click()
            if answer == "Refuse":
                await expect(stranger.get_by_role("heading", name="You were not let in")).to_be_visible()
                await stranger.get_by_role("link", name="Ask again").click()
        await stranger.wait_for_url(f"**/s/{desk.server.code}/")
        await expect(door).to_have_count(0)
        await expect(console.page.get_by_role("button", name="of 1 present")).to_be_visible()

    at_a_desk(tmp_path, story)


def test_a_cookie_of_one_session_gives_nothing_in_another(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        core = await desk.screen(DESKTOP)
        await core.page.goto(desk.server.run["signin"]["core"])
        await core.page.get_by_role("button", name="Sign in").click()
        await core.page.locator("details.more summary").first.click()
        await core.page.get_by_role("button", name="Duplicate").first.click()
        await core.page.wait_for_url("**/console/")
        second = core.page.url.split("/")[-3]
        assert second != desk.server.code

        phone = await desk.phone("onderwijs")
        await phone.page.goto(f"/s/{second}/")
        await phone.page.wait_for_url(f"**/join/{second}/")
        cookies = {each["name"]: each["value"] for each in await phone.context.cookies()}  # type: ignore[typeddict-item]
        name, secret = next((name, value) for name, value in cookies.items() if name.startswith("p_"))
        there = await core.page.evaluate("JSON.parse(document.getElementById('start').textContent).session")
        for borrowed in (cookies, {f"p_{there}": secret}):
            with pytest.raises((CommandRefused, ConnectionError)):
                await Talk(base=desk.server.base, code=second, role="phone", cookies=borrowed).connect()
        # And where it belongs it still is somebody.
        talk = Talk(base=desk.server.base, code=desk.server.code, role="phone", cookies={name: secret})
        await talk.connect()
        await talk.close()

    at_a_desk(tmp_path, story)


async def _tag(phone: Screen) -> str:
    await phone.page.locator("header .who").click()
    tag = await phone.page.locator(".tag").inner_text()
    await phone.page.get_by_role("button", name="Back to the session").click()
    return tag


async def _lock(console: Screen, act: str) -> None:
    await console.page.get_by_role("button", name="code").click()
    dialog = console.page.get_by_role("dialog")
    await dialog.get_by_role("button", name=act).click()
    await expect(dialog.get_by_role("button", name=act)).to_have_count(0)
    await dialog.get_by_role("button", name="Close", exact=True).click()
