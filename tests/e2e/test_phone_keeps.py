"""A phone loses no word: closed, killed or frozen tabs, two of them, a full storage, answers after closing."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, CDPSession, Dialog, Page, expect

from ..server import RunningServer
from . import acts
from .browser import DESKTOP, PATIENCE, PHONE, Screen, chromium, open_screen
from .proxy import Wire
from .storage import fill_local_storage, forbid_disk
from .stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

TAKEOVER = 5_000 + 2 * 2_000 + PATIENCE
"""A lease of 4 s, the beat of another tab, a database that a frozen tab holds twice for 2 s, and a busy machine."""


class Stand:
    """A server, a facilitator's console, and a phone whose tabs share one browser behind a wire that can be cut."""

    def __init__(self, server: RunningServer, browser: Browser, wire: Wire, console: Screen, host: str) -> None:
        self.server, self.browser, self.wire, self.console = server, browser, wire, console
        self.base = f"http://{host}:{wire.port}"

    async def phone(self, sector: str = "ondernemers") -> Screen:
        screen = await open_screen(self.browser, self.base, size=PHONE)
        await acts.join(screen, self.server.code, sector)
        return screen

    async def tab(self, phone: Screen) -> Screen:
        """Another tab of the same person."""
        tab = Screen(phone.context, await phone.context.new_page(), self.base)
        await tab.page.goto(f"/s/{self.server.code}/")
        return tab

    async def write_step(self) -> None:
        await acts.go_to(self.console, "Welcome")
        await acts.go_to(self.console, "Profile and brand: write")

    async def close_step(self, title: str) -> None:
        await acts.turn_to_step(self.console, title)
        await self.console.page.locator("#agenda").get_by_role("button", name="Close", exact=True).click()
        await expect(self.console.page.locator("#agenda")).to_contain_text("closed")

    async def expect_stored(self, *texts: str) -> None:
        """Each once on the console, and so in the log."""
        for text in texts:
            await expect(acts.card_on_desk(self.console, text)).to_have_count(1)


def at_a_stand(path: Path, story: Callable[[Stand], Awaitable[None]], *, host: str = "127.0.0.1") -> None:
    async def run() -> None:
        flags = (f"--host-resolver-rules=MAP {host} 127.0.0.1",) if host != "127.0.0.1" else ()
        with RunningServer(data_dir=path) as server:
            async with chromium(*flags) as browser, Wire(port=server.port) as wire:
                console = await open_screen(browser, server.base, size=DESKTOP)
                await acts.sign_in(console, server.run["signin"]["facilitator"])
                await story(Stand(server, browser, wire, console, host))

    tell(run())


@pytest.mark.parametrize("host", ["127.0.0.1", "workshop.test"])
def test_two_tabs_have_one_outbox(tmp_path: Path, host: str) -> None:
    """On plain HTTP at a name that is not localhost too, where a browser has no Web Locks."""

    async def story(stand: Stand) -> None:
        await stand.write_step()
        one = await stand.phone()
        two = await stand.tab(one)
        assert await two.page.evaluate("'locks' in navigator") is (host == "127.0.0.1")
        sent = {"one": watch_sent(one), "two": watch_sent(two)}
        for tab in (one, two):
            await expect(tab.page.locator("textarea")).to_be_visible()
        # Only the first tab says anything but hello and ping, whichever was written in; new sockets show it.
        stand.wire.cut()
        await acts.write(two, "First, in the second tab", "Software")
        await acts.write(one, "Second, in the first", "Hardware")
        await acts.write(two, "Third, in the second", "Both")
        texts = ("First, in the second tab", "Second, in the first", "Third, in the second")
        for tab in (one, two):
            for text in texts:
                await expect(acts.card(tab, text)).to_contain_text("waits for connection")
        stand.wire.mend()
        for tab in (one, two):
            await acts.try_now(tab)
        for tab in (one, two):
            for text in texts:
                await expect(acts.card(tab, text)).to_contain_text("stored")
                await expect(acts.card(tab, text)).to_have_count(1)
        await stand.expect_stored(*texts)
        wrote = [name for name, frames in sent.items() if any("card.write" in frame for frame in frames)]
        assert len(wrote) == 1
        order = [text for frame in sent[wrote[0]] for text in texts if text in frame]
        assert order == list(texts)
        assert one.trouble + two.trouble == []

    at_a_stand(tmp_path, story, host=host)


def test_a_tab_that_dies_or_sleeps_leaves_its_words_to_the_other(tmp_path: Path) -> None:
    async def story(stand: Stand) -> None:
        await stand.write_step()
        first = await stand.phone()
        second = await stand.tab(first)
        await expect(second.page.locator("textarea")).to_be_visible()
        stand.wire.cut()
        await acts.write(first, "Written before the tab was killed", "Software")
        await expect(acts.card(second, "Written before the tab was killed")).to_be_visible()
        await first.page.evaluate("0")
        killed = await renderer_of(first.page)
        assert killed != await renderer_of(second.page)
        os.kill(killed, signal.SIGKILL)
        await acts.write(second, "Written after it", "Software")
        stand.wire.mend()
        await acts.try_now(second)
        for text in ("Written before the tab was killed", "Written after it"):
            await expect(acts.card(second, text)).to_contain_text("stored", timeout=TAKEOVER)
        await stand.expect_stored("Written before the tab was killed", "Written after it")

        # The one that sends is frozen: the other takes over, and the frozen one wakes to find it done.
        third = await stand.tab(second)
        await expect(third.page.locator("textarea")).to_be_visible()
        frozen = await renderer_of(second.page)
        assert frozen != await renderer_of(third.page)
        sent = watch_sent(second)
        os.kill(frozen, signal.SIGSTOP)
        try:
            await acts.write(third, "Written while the other slept", "Hardware")
            await expect(acts.card(third, "Written while the other slept")).to_contain_text("stored", timeout=TAKEOVER)
        finally:
            os.kill(frozen, signal.SIGCONT)
        await acts.try_now(second)
        await expect(acts.card(second, "Written while the other slept")).to_contain_text("stored")
        await acts.write(second, "Written awake again", "Hardware")
        await expect(acts.card(third, "Written awake again")).to_contain_text("stored")
        await stand.expect_stored("Written while the other slept", "Written awake again")
        assert not [frame for frame in sent if "card.write" in frame]

    at_a_stand(tmp_path, story)


def test_words_survive_a_reload_and_a_closed_tab(tmp_path: Path) -> None:
    async def story(stand: Stand) -> None:
        await stand.write_step()
        phone = await stand.phone()
        await expect(phone.page.locator("textarea")).to_be_visible()
        stand.wire.hang()
        await acts.write(phone, "Sent by nobody yet", "Software")
        await phone.page.locator("textarea").fill("Half a thought")
        # Out of reach the page itself cannot come: it comes when the network does.
        await phone.page.close()
        stand.wire.mend()
        again = await stand.tab(phone)
        await expect(again.page.locator("textarea")).to_have_value("Half a thought")
        await expect(acts.card(again, "Sent by nobody yet")).to_contain_text("stored")
        await again.page.locator("textarea").fill("A whole thought")
        await again.page.reload()
        await expect(again.page.locator("textarea")).to_have_value("A whole thought")

        # What is typed in another tab does not take its place.
        other = await stand.tab(again)
        await other.page.locator("textarea").fill("Another thought")
        await again.page.reload()
        await expect(again.page.locator("textarea")).to_have_value("A whole thought")
        await stand.expect_stored("Sent by nobody yet")

    at_a_stand(tmp_path, story)


def test_screens_that_come_after_the_first_look_may_come_late(tmp_path: Path) -> None:
    async def story(stand: Stand) -> None:
        phone = await open_screen(stand.browser, stand.base, size=PHONE)
        later, mine = "**/assets/later-*.js", phone.page.locator(".tag")
        await phone.page.route(later, lambda route: route.abort())
        await acts.join(phone, stand.server.code, "ondernemers")
        await phone.page.locator("header .who").click()
        again = phone.page.get_by_role("button", name="Load the page again")
        await expect(again).to_be_visible()
        await phone.page.unroute(later)
        await again.click()
        await phone.page.locator("header .who").click()
        await expect(mine).to_be_visible()

        # Fetched without being asked for: they are there when the network is not.
        await phone.page.reload()
        await phone.page.wait_for_function(
            """() => {
              const names = performance.getEntriesByType("resource").map(({ name }) => name);
              return ["js", "css"].every((kind) => names.some((name) => /[/]later-/.test(name) && name.endsWith(kind)));
            }"""
        )
        stand.wire.cut()
        await phone.page.locator("header .who").click()
        await expect(mine).to_be_visible()

    # Where there is no worker that has them already.
    at_a_stand(tmp_path, story, host="workshop.test")


def test_a_full_storage_is_told_and_loses_nothing(tmp_path: Path) -> None:
    async def story(stand: Stand) -> None:
        await stand.write_step()
        # Chromium remembers for half a minute how much room it gave IndexedDB: so there is none from the start,
        # and localStorage has some until it is filled.
        phone = await open_screen(stand.browser, stand.base, size=PHONE)
        page = phone.page
        await forbid_disk(page, stand.base)
        await acts.join(phone, stand.server.code, "ondernemers")
        await expect(page.locator("textarea")).to_be_visible()
        stand.wire.cut()
        await acts.write(phone, "Kept while there was room", "Software")
        await expect(acts.card(phone, "Kept while there was room")).to_contain_text("waits for connection")
        notice = page.get_by_text("storage is full or switched off")
        await expect(notice).to_have_count(0)
        await fill_local_storage(page)
        await acts.write(phone, "Only in this page", "Hardware")
        await expect(notice.last).to_be_visible()
        kept = await page.evaluate("Object.entries(localStorage).filter(([name]) => name.includes(':entry:')).join()")
        assert "Kept while there was room" in kept and "Only in this page" not in kept

        # Closing asks first, as something would be lost.
        asked: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        async def stay(dialog: Dialog) -> None:
            await dialog.dismiss()
            asked.set_result(dialog.type)

        page.once("dialog", stay)
        await page.close(run_before_unload=True)
        assert await asyncio.wait_for(asked, PATIENCE / 1000) == "beforeunload"

        stand.wire.mend()
        await acts.try_now(phone)
        for text in ("Kept while there was room", "Only in this page"):
            await expect(acts.card(phone, text)).to_contain_text("stored")
        await stand.expect_stored("Kept while there was room", "Only in this page")
        assert phone.trouble == []

    at_a_stand(tmp_path, story)


def test_after_closing_an_answer_is_filed_in_its_step_or_given_back(tmp_path: Path) -> None:
    async def story(stand: Stand) -> None:
        await stand.write_step()
        phone = await stand.phone()
        await expect(phone.page.locator("textarea")).to_be_visible()

        # Within the grace time it is filed where it was written.
        stand.wire.cut()
        await acts.write(phone, "A little late", "Software")
        await stand.close_step("Profile and brand: write")
        stand.wire.mend()
        await acts.try_now(phone)
        await expect(phone.page.get_by_role("heading", name="is closed")).to_be_visible()
        await expect(acts.card(phone, "A little late")).to_contain_text("stored")
        await stand.expect_stored("A little late")

        # After the reveal it is not, and comes back.
        await acts.open_from_agenda(stand.console, "Top location: write")
        await expect(phone.page.locator("textarea")).to_be_visible()
        stand.wire.cut()
        await acts.write(phone, "Too late", "Software")
        await reveal_without_waiting(stand.console)
        stand.wire.mend()
        await acts.try_now(phone)
        refused = phone.page.get_by_role("region", name="1 text was not stored")
        await expect(refused.locator("blockquote")).to_have_text("Too late")
        await phone.context.grant_permissions(["clipboard-write"])
        await refused.get_by_role("button", name="Copy text").click()
        assert await pasted(phone) == "Too late"
        await phone.page.reload()
        await expect(refused.locator("blockquote")).to_have_text("Too late")
        await refused.get_by_role("button", name="Put away").click()
        await expect(refused).to_have_count(0)

        # So are dots.
        await acts.tick(stand.console, ["A little late"])
        await acts.open_from_agenda(stand.console, "Choose")
        await expect(phone.page.get_by_role("button", name="Put a dot")).to_be_visible()
        stand.wire.cut()
        await acts.put_dot(phone, "A little late")
        await reveal_without_waiting(stand.console)
        stand.wire.mend()
        await acts.try_now(phone)
        dots = phone.page.get_by_role("region", name="1 change to your dots was not counted")
        await expect(dots).to_contain_text("The vote was closed before it came in.")
        await expect(dots.locator("blockquote")).to_have_text(re.compile(r"^A little late\s+1 dot$"))
        await phone.page.reload()
        await dots.get_by_role("button", name="Put away").click()
        await expect(dots).to_have_count(0)
        assert phone.trouble == []

    at_a_stand(tmp_path, story)


def test_what_is_changed_on_its_way_is_kept_or_given_back(tmp_path: Path) -> None:
    async def story(stand: Stand) -> None:
        await stand.write_step()
        phone = await stand.phone()
        page = phone.page
        typing = page.locator("li.row textarea")
        await expect(page.locator("textarea")).to_be_visible()

        # The card gets its id while somebody changes it: form, words and focus stay.
        stand.wire.cut()
        await acts.write(phone, "As it was at first", "Software")
        await acts.expect_offline(phone)
        await page.get_by_role("button", name="change: As it was at first").click()
        await typing.fill("As it is now, and")
        await typing.press_sequentially(" more")
        stand.wire.mend()
        await acts.try_now(phone)
        await stand.expect_stored("As it was at first")
        await typing.press_sequentially(" and more")
        await expect(typing).to_have_value("As it is now, and more and more")
        await expect(typing).to_be_focused()
        await page.get_by_role("button", name="Save change").click()
        await stand.expect_stored("As it is now, and more and more")

        # Too late: what was being changed, and what was corrected.
        await acts.write(phone, "Corrected too late", "Software")
        await expect(acts.card(phone, "Corrected too late")).to_contain_text("stored")
        stand.wire.cut()
        await page.get_by_role("button", name="change: Corrected too late").click()
        await page.locator("li.row form label", has_text="Hardware").click()
        await page.get_by_role("button", name="Save change").click()
        await acts.write(phone, "Never stored", "Software")
        await acts.expect_offline(phone)
        await page.get_by_role("button", name="change: Never stored").click()
        await typing.fill("Never stored, still being changed")
        await reveal_without_waiting(stand.console)
        stand.wire.mend()
        await acts.try_now(phone)
        refused = page.get_by_role("region", name="1 text was not stored")
        await expect(refused.locator("blockquote")).to_have_text("Never stored")
        kept = page.get_by_role("region", name="1 change was not stored")
        await expect(kept.locator("blockquote")).to_have_text("Corrected too late")
        await page.reload()
        await expect(kept).to_contain_text("This card was not changed.")
        await kept.get_by_role("button", name="Put away").click()
        await expect(kept).to_have_count(0)
        await refused.get_by_role("button", name="Put away").click()
        await page.get_by_text("1 text was not sent yet").click()
        await expect(page.get_by_text("Never stored, still being changed")).to_be_visible()
        await page.get_by_role("button", name="Throw away").click()
        await expect(page.get_by_text("was not sent yet")).to_have_count(0)
        assert phone.trouble == []

    at_a_stand(tmp_path, story)


# -- what a test needs of a browser ------------------------------------------------------------------------------


def watch_sent(screen: Screen) -> list[str]:
    """Return the list that fills with every frame the page sends from now on, on sockets or over HTTP."""
    sent: list[str] = []

    def hear(data: str | bytes) -> None:
        sent.append(data if isinstance(data, str) else data.decode())

    screen.page.on("websocket", lambda socket: socket.on("framesent", hear))
    # After two sockets that broke young the next way is HTTP.
    screen.page.on("request", lambda request: hear(request.post_data or "") if "/http/s/" in request.url else None)
    return sent


async def pasted(screen: Screen) -> str:
    """Return what is on the clipboard, as a hand pastes it elsewhere: no page of ours may read it."""
    elsewhere = await screen.context.new_page()
    await elsewhere.set_content("<textarea></textarea>")
    await elsewhere.locator("textarea").press("Control+V")
    text = await elsewhere.locator("textarea").input_value()
    await elsewhere.close()
    return text


async def renderer_of(page: Page) -> int:
    """Return the id of the process that runs the page."""
    session = await page.context.browser.new_browser_cdp_session()  # type: ignore[union-attr]
    before = await _cpu_of_renderers(session)
    await page.evaluate("() => { const end = performance.now() + 400; while (performance.now() < end); }")
    after = await _cpu_of_renderers(session)
    await session.detach()
    return max(after, key=lambda number: after[number] - before.get(number, 0))


async def _cpu_of_renderers(session: CDPSession) -> dict[int, float]:
    processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
    return {int(each["id"]): float(each["cpuTime"]) for each in processes if each["type"] == "renderer"}


async def reveal_without_waiting(console: Screen) -> None:
    """Open the next step, which reveals, though a phone still sends."""
    question = console.page.locator("#next .ask")
    await acts.press_until(console.page.locator("#next .pair button").first, question)
    await question.get_by_role("button", name=re.compile("Reveal")).first.click()
    await expect(question).to_have_count(0)
