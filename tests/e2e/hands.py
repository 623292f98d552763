"""What a person does on a screen to bring it from what it shows at once into a state of the list."""

from __future__ import annotations

import re

from playwright.async_api import expect

from .browser import PATIENCE
from .checks import come_to_rest
from .storage import expect_kept, expect_page_kept, fill_local_storage
from .tour import View


async def type_wrong_code(view: View) -> None:
    await view.page.locator("#code").fill("QQQQQQ")
    await view.page.locator("button.solid").click()
    await expect(view.page.locator("#code-error")).to_be_visible()


async def choose_an_o(view: View) -> None:
    await view.page.locator(".field").nth(2).click()


async def ask_to_join(view: View) -> None:
    await choose_an_o(view)
    await view.page.locator("button.go").click()
    letters = view.page.locator(".letters")
    await expect(letters).to_have_text(re.compile(r"^\w{4}$"))
    # Drawn by chance; the widest that there may be.
    await letters.evaluate("(letters) => { letters.textContent = 'MWMW' }")


async def join_without_cookies(view: View) -> None:
    """In a browser that refuses them: it sends none along with the form."""
    await choose_an_o(view)
    await view.screen.context.clear_cookies()
    await view.page.locator("button.go").click()


async def look_at_mine(view: View) -> None:
    await view.page.locator("header .who").click()


async def see_receipt(view: View) -> None:
    await look_at_mine(view)
    await view.page.locator("a[href^='/receipt/#']").click()
    await view.page.locator("#receipt button").click()


async def ask_to_be_erased(view: View) -> None:
    """See what goes; nothing is erased yet."""
    await see_receipt(view)
    erase = view.pick("Wis mij uit deze sessie…", "Erase me from this session…")
    await view.page.get_by_role("button", name=erase).click()


async def write_two(view: View) -> None:
    await write_card(view, view.pick("Meer gebruik van bestaande zalen", "Use the rooms we have"), stored=True)
    await write_card(view, view.pick("Eén merk voor het hele gebied", "One brand for the whole area"), stored=True)
    # A second tap on Save means the first: nothing is said to be missing.
    await save_nothing(view)
    await expect(view.page.locator("textarea")).to_be_focused()
    await expect(view.page.locator(".save .wrong")).to_be_hidden()


async def change_a_card(view: View) -> None:
    await view.page.locator("li.row button.word").first.click()


async def save_nothing(view: View) -> None:
    await view.page.get_by_role("button", name=view.pick("Kaart opslaan", "Save card")).click()


async def write_offline(view: View) -> None:
    await expect(view.page.locator("textarea")).to_be_visible()
    await lose_connection(view)
    await write_card(view, view.pick("Terrassen in de zon", "Terraces in the sun"))
    await write_card(view, view.pick("Avondbus tot middernacht", "An evening bus until midnight"))


async def write_in_full_storage(view: View) -> None:
    await expect(view.page.locator("textarea")).to_be_visible()
    await fill_local_storage(view.page)
    await lose_connection(view)
    await write_card(view, view.pick("Terrassen in de zon", "Terraces in the sun"))
    await expect(view.page.locator(".apart.waiting")).to_be_visible()
    await come_back(view)
    row = view.page.locator("li.row", has_text=view.pick("Terrassen in de zon", "Terraces in the sun"))
    await expect(row).to_contain_text(view.pick("opgeslagen", "stored"))


async def lose_connection(view: View) -> None:
    """And see the band: it moves what stands below it, as a hand that is on its way would find."""
    assert view.wire is not None
    view.wire.cut()
    await expect(view.page.locator("section.inverse")).to_be_visible(timeout=PATIENCE)


async def block_sockets(view: View) -> None:
    """As a company's network does; what is open is broken, and nothing new gets through."""
    assert view.wire is not None
    view.wire.sockets = "refuse"
    view.wire.cut()
    view.wire.mend()
    words = view.pick("etwerk blokkeert liveverbindingen", "etwork blocks live connections")
    await expect(view.page.get_by_text(words)).to_be_visible(timeout=PATIENCE)


async def come_back(view: View) -> None:
    """At once, unless the phone has come back by itself."""
    assert view.wire is not None
    view.wire.mend()
    await view.page.evaluate("document.querySelector('section.inverse button')?.click()")


async def write_on_full_disk(view: View) -> None:
    await write_card(view, view.pick("Een veerpont over het kanaal", "A ferry across the canal"))


async def see_that_it_waits(view: View) -> None:
    # The server itself tries for two seconds.
    await expect(view.page.locator("section.inverse")).to_be_visible(timeout=PATIENCE)
    await expect(view.page.locator("li.row.waiting")).to_contain_text(
        view.pick("wacht op de server", "waits for the server")
    )
    # It stays open: what waits arrives when there is room again.
    view.tour.kept[view.state.kept, view.lang] = view


async def see_that_it_arrives(view: View) -> None:
    row = view.page.locator("li.row", has_text=view.pick("Een veerpont", "A ferry"))
    await expect(row).to_contain_text(view.pick("opgeslagen", "stored"))
    await expect(view.page.locator("section.inverse")).to_have_count(0)


async def open_without_network(view: View) -> None:
    """As an app on the home screen does."""
    assert view.wire is not None
    await expect(view.page.locator("textarea")).to_be_visible()
    await page_is_kept(view)
    await expect_kept(view.page, view.tour.room.code)
    view.wire.cut()
    await view.page.reload()
    await expect(view.page.locator("section.inverse")).to_be_visible()
    await expect(view.page.locator("textarea")).to_be_visible()


async def open_as_nobody(view: View) -> None:
    """Somebody else joined meanwhile, whose own page never came."""
    assert view.wire is not None
    await page_is_kept(view)
    await view.page.context.clear_cookies(name="seed")
    view.wire.cut()
    await view.page.reload()
    await expect(view.page.locator("section.inverse")).to_be_visible()


async def page_is_kept(view: View) -> None:
    await expect_page_kept(view.page, f"/s/{view.tour.room.code}/")


async def see_all_files(view: View) -> None:
    """What the phone fetches after its first look is there: a browser does not ask again for what failed."""
    known = still = 0
    for _ in range(PATIENCE // 50):
        files = await view.page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
        rests = len(files) == known and any("/later-" in file for file in files)
        known, still = len(files), still + 1 if rests else 0
        if still == 10:
            return
        await view.page.wait_for_timeout(50)
    raise AssertionError(f"{view.page.url} did not fetch the rest of its files")


async def vote_too_late(view: View) -> None:
    """Out of reach; it comes back after the reveal."""
    await expect(view.page.locator(".circles")).to_be_visible()
    await see_all_files(view)
    await lose_connection(view)
    for put in range(2):
        await view.page.locator("li:not(.marked) .step button:last-child").first.click()
        await expect(view.page.locator("li.marked")).to_have_count(put + 1)


async def come_back_with_dots(view: View) -> None:
    await come_back(view)
    await expect(view.page.locator("#refused-votes")).to_be_visible(timeout=PATIENCE)


async def see_all(view: View) -> None:
    """The screen knows the session and shows it."""
    for _ in range(PATIENCE // 50):
        if view.screen.has_heard('"snapshot":{'):
            return await come_to_rest(view.page)
        await view.page.wait_for_timeout(50)
    raise AssertionError(f"{view.page.url} was not welcomed")


async def see_the_door_closed(view: View) -> None:
    await expect(view.page.get_by_text(view.pick("De deur is dicht.", "The door is closed."))).to_be_visible()


async def see_the_band(view: View) -> None:
    await expect(view.page.locator(".inverse[role=status], .band.inverse").first).to_be_visible()


async def type_wrong_receipt(view: View) -> None:
    await view.page.locator("#receipt input[name=code]").fill("QQQQ-QQQQ-QQQQ-QQQQ")
    await view.page.locator("#receipt button").click()
    await expect(view.page.locator("[aria-invalid=true]")).to_be_visible()


async def ask_to_seal(view: View) -> None:
    await view.page.get_by_role("button", name=view.pick("Definitief sluiten…", "Close for good…")).click()


async def come_back_late(view: View) -> None:
    await come_back(view)
    await expect(view.page.locator("#refused")).to_be_visible(timeout=PATIENCE)


async def see_what_was_typed(view: View) -> None:
    await view.page.locator("details.apart summary").click()
    await expect(view.page.locator("blockquote")).to_be_visible()


async def put_dots(view: View) -> None:
    await expect(view.page.locator(".circles")).to_be_visible()
    for put in range(2):
        await view.page.locator("li:not(.marked) .step button:last-child").first.click()
        await expect(view.page.locator("li.marked")).to_have_count(put + 1)


async def see_answers(view: View) -> None:
    """Their code comes after the question."""
    await expect(view.page.locator(".pick button").first).to_be_visible()


async def answer_one(view: View) -> None:
    """And see that the next one stands there."""
    words = view.page.locator("section.item h2")
    first = await words.inner_text()
    await view.page.locator(".pick button").first.click()
    await expect(words).not_to_have_text(first)


async def answer_offline(view: View) -> None:
    await expect(view.page.locator("section.item")).to_be_visible()
    await lose_connection(view)
    await answer_one(view)


async def answer_all(view: View) -> None:
    """Up to the list of one's own answers."""
    words = view.page.locator("section.item h2")
    await expect(words).to_be_visible()
    while await words.count():
        said = await words.inner_text()
        await view.page.locator(".pick.large button").nth(1).click()
        await expect(words.filter(has_text=said)).to_have_count(0)
    await expect(view.page.locator(".pick:not(.large)").first).to_be_visible()
    await expect(view.page.get_by_text(view.pick("Alles is opgeslagen", "Everything is stored"))).to_be_visible()


async def spend_all(view: View) -> None:
    await expect(view.page.locator(".circles")).to_be_visible()
    rows = view.page.locator("li.marked")
    while (put := await rows.count()) < 4:
        await view.page.locator("li:not(.marked) .step button:last-child").first.click()
        await expect(rows).to_have_count(put + 1)
    await expect(view.page.get_by_role("heading", name=view.pick("Nog 0", "0 of"))).to_be_visible()
    # It says why it does nothing, so it can be pressed.
    await view.page.locator("li:not(.marked) .step button:last-child").first.press("Enter")
    await expect(view.page.locator(".left .wrong")).to_be_visible()


async def vote_offline(view: View) -> None:
    await expect(view.page.locator(".circles")).to_be_visible()
    await lose_connection(view)
    await view.page.locator("li.marked .step button").first.click()
    await expect(view.page.locator("section.inverse")).to_be_visible()


async def write_card(view: View, text: str, *, stored: bool = False) -> None:
    """Write a card with thumbs; with `stored`, wait for its tick."""
    page = view.page
    await page.locator("textarea").first.fill(text)
    await page.locator("form label", has_text="Software").first.click()
    await page.get_by_role("button", name=view.pick("Kaart opslaan", "Save card")).click()
    row = page.locator("li.row", has_text=text)
    await expect(row).to_contain_text(view.pick("opgeslagen", "stored") if stored else text)
