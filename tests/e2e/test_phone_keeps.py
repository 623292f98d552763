"""A phone loses no word: closed, killed or frozen tabs, two of them, a full storage, answers after closing."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Dialog, expect

from . import acts
from .browser import PATIENCE, PHONE, open_screen
from .keeping import Stand, at_a_stand, pasted, reveal_without_waiting
from .storage import fill_local_storage, forbid_disk

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


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
        phone = await open_screen(stand.browser, stand.base, size=PHONE, has_worker=True)
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
        phone = await open_screen(stand.browser, stand.base, size=PHONE, has_worker=True)
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
        dots = phone.page.get_by_role("region", name="1 change to your vote was not counted")
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
