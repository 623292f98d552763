"""What a facilitator and the core team do on a screen to bring it into a state."""

from __future__ import annotations

from playwright.async_api import expect

from ..conversation import press
from .browser import PATIENCE
from .hands import see_all, see_the_band
from .tour import View


async def sign_in_wrongly(view: View) -> None:
    await view.page.locator("#login").fill("iemand@voorbeeld.nl")
    await view.page.locator("#password").fill("niet het goede")
    await view.page.locator("button.solid").click()
    await expect(view.page.locator("#signin-error")).to_be_visible()


async def sign_out(view: View) -> None:
    await view.page.locator("form[action='/signout/'] button").click()


async def ask_another_round(view: View) -> None:
    """Once the reveal can no longer be undone."""
    button = view.page.locator("#next").get_by_role("button", name=view.pick("Nog een ronde…", "Another round…"))
    await expect(button).not_to_have_attribute("aria-disabled", "true", timeout=PATIENCE + 15_000)
    await button.click()
    await view.page.get_by_role("dialog").locator("label").nth(1).click()


async def open_the_vote_step(view: View) -> None:
    await view.page.locator("#agenda .line", has_text=view.pick("Kiezen", "Choose")).click()


async def lose_the_server(view: View) -> None:
    assert view.wire is not None
    await see_all(view)
    view.wire.cut()
    await see_the_band(view)


async def open_share(view: View) -> None:
    await view.page.locator("header button").first.click()


async def make_own_link(view: View) -> None:
    await open_share(view)
    dialog = view.page.get_by_role("dialog")
    await dialog.get_by_role("button", name=view.pick("Maak een link voor jezelf", "Make a link for yourself")).click()
    await dialog.get_by_role(
        "img", name=view.pick("QR-code van de link", "QR code of the link")
    ).scroll_into_view_if_needed()


async def open_people(view: View) -> None:
    await view.page.locator("header button").nth(1).click()
    await view.page.locator("dialog li button", has_text="…").first.click()


async def type_for_someone(view: View) -> None:
    await view.page.locator("#cards header button").click()
    await view.page.locator("#cards form textarea").fill(view.pick("Een bank in de zon", "A bench in the sun"))


async def type_a_paper(view: View) -> None:
    """One is stored, and the next one begun."""
    words = view.pick("Papieren stembiljetten…", "Paper ballots…")
    await view.page.locator("main").get_by_role("button", name=words).click()
    dialog = view.page.get_by_role("dialog")
    await dialog.get_by_role("radio").first.check()
    await dialog.locator("ol input").first.check()
    await view.page.keyboard.press("Enter")
    await expect(dialog.locator("li b", has_text=view.pick("Papier", "Paper"))).not_to_have_count(0)
    await dialog.locator("ol input").nth(1).check()


async def take_a_paper_back(view: View) -> None:
    """It can be undone in the same place."""
    await type_a_paper(view)
    dialog = view.page.get_by_role("dialog")
    await dialog.locator("ol input").nth(1).uncheck()
    undo = dialog.get_by_role("button", name=view.pick("Maak ongedaan", "Undo"))
    # One after the other: each takes another paper back, and can undo it for ten seconds.
    async with view.tour.once(f"paper back, {view.lang}"):
        await dialog.get_by_role("button", name=view.pick("Weghalen…", "Take back…")).first.click()
        await dialog.get_by_role("button", name=view.pick("Ja, weghalen", "Yes, take back")).click()
        await expect(undo).to_be_visible()
    await undo.scroll_into_view_if_needed()


async def correct_a_card(view: View) -> None:
    act = view.page.locator("#cards li").first.locator(".more button").last
    await act.hover()
    await act.click()


async def open_a_step(view: View) -> None:
    await view.page.locator("#agenda .line").nth(3).click()


async def edit_a_step(view: View) -> None:
    await open_a_step(view)
    await view.page.get_by_role("button", name=view.pick("Wijzigen", "Edit"), exact=True).click()


async def edit_the_session(view: View) -> None:
    await view.page.locator("#agenda .add button.quiet").click()


async def add_a_step(view: View) -> None:
    await view.page.locator("#agenda .add button:not(.quiet)").click()


async def set_another_way(view: View) -> None:
    """A new vote in which every card is answered by itself."""
    await add_a_step(view)
    dialog = view.page.get_by_role("dialog")
    await dialog.locator("select").first.select_option("vote")
    await dialog.get_by_role("radio", name=view.pick("Eens of oneens", "Agree or not")).check()
    await expect(
        dialog.get_by_text(view.pick("Woorden van de drie antwoorden", "Words of the three answers"))
    ).to_be_visible()


async def order_the_options(view: View) -> None:
    """A question of a choice: the last option is put first by its button, which keeps the focus."""
    await add_a_step(view)
    dialog = view.page.get_by_role("dialog")
    await dialog.locator("select").first.select_option("question")
    await dialog.locator("input[type=radio][value=choice]").check()
    options = dialog.locator(".option")
    await dialog.get_by_role("button", name=view.pick("Nog een mogelijkheid", "One more option")).click()
    for place, words in enumerate(("Fietspad", "Café", "Avondbus")):
        await options.nth(place).locator("input").first.fill(words)
    for place in (2, 1):
        up = options.nth(place).get_by_role("button", name=view.pick("Omhoog: Avondbus", "Up: Avondbus"))
        await up.click()
    await expect(options.first.locator("input").first).to_have_value("Avondbus")
    await expect(options.first.locator("button").first).to_be_focused()
    await options.first.scroll_into_view_if_needed()


async def read_what_came_late(view: View) -> None:
    late = view.pick("2 stembiljetten kwamen na de uitslag", "2 ballots came after the result")
    await expect(view.page.get_by_text(late)).to_be_visible()


async def ask_to_reveal(view: View) -> None:
    # Next stays deaf for a moment after a step, so that a double press opens nothing.
    question = view.page.locator("#next .ask")
    for _ in range(20):
        if await question.count():
            return
        await view.page.locator("#next .pair button").first.click()
        await view.page.wait_for_timeout(100)
    raise AssertionError("the console does not ask before a reveal")


async def show_cards(view: View) -> None:
    """Those of an O that is too small to be shown have a tile in the place of its mark."""
    await view.page.locator("[data-view=cards]").click()
    tile = view.page.get_by_role(
        "img", name=view.pick("O niet getoond: te weinig mensen", "O not shown: too few people")
    )
    await expect(tile.first).to_be_visible()


async def type_another_title(view: View) -> None:
    await view.page.locator("#title").fill(view.pick("De andere avond", "The other evening"))
    await view.page.locator("main form button").click()
    await expect(view.page.locator("#title-error")).to_be_visible()


async def open_archived(view: View) -> None:
    await view.page.locator("details.sheet > summary").last.click()


async def be_there_when_it_is_deleted(view: View) -> None:
    """With words that were not sent: the step was never opened, so they come from a browser that kept them."""
    code = view.tour.rehearsals[view.lang]
    words = view.pick("Een fietspad langs de Hengelosestraat", "A cycle path along the main road")
    await _keep_words(view, code, words)
    await _delete(view, code)
    await expect(view.page.get_by_text(words)).to_be_visible()
    await view.page.wait_for_function(f"Object.keys(localStorage).every((name) => !name.includes('{code}'))")


async def come_back_too_late(view: View) -> None:
    """To the address of a session that is no more, in a browser that still has words for it."""
    words = view.pick("Een fietspad langs de Hengelosestraat", "A cycle path along the main road")
    await _keep_words(view, "QQQQQQ", words)
    await view.page.reload()
    await expect(view.page.get_by_text(words)).to_be_visible()
    await view.page.wait_for_function("Object.keys(localStorage).every((name) => !name.includes('QQQQQQ'))")
    await view.page.get_by_role("button", name=view.pick("Kopieer tekst", "Copy text")).click()
    await expect(view.page.get_by_role("status")).to_have_text(view.pick("Tekst gekopieerd", "Text copied"))


async def _keep_words(view: View, code: str, words: str) -> None:
    draft = {"text": words, "aspect": None, "pillar": None}
    await view.page.evaluate(
        "([name, draft]) => localStorage.setItem(name, JSON.stringify(draft))", [f"cocreation:{code}:draft:step", draft]
    )


async def _delete(view: View, code: str) -> None:
    tour = view.tour
    page = f"/programmes/kennispark/sessions/{code}/"
    titles = {"Rehearsal: Kennispark strategy workshop", "Rehearsal: Kennispark strategy workshop (2)"}
    for title in titles:
        await press(tour.room.base, tour.core, f"{page}delete/", title=title)
