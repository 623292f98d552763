"""Every state of every screen, once: what axe-core judges and what `make screens` draws.

A state is reached by real commands to a real server (see tour.py) and by what a person does on the screen then.
"""

from __future__ import annotations

from playwright.async_api import expect

from .tour import State, View, write_card

# -- what a person does on the screen ----------------------------------------------------------------------------


async def type_wrong_code(view: View) -> None:
    await view.page.locator("#code").fill("QQQQQQ")
    await view.page.locator("button.solid").click()
    await expect(view.page.locator("#code-error")).to_be_visible()


async def choose_an_o(view: View) -> None:
    await view.page.locator(".field").nth(2).click()


async def sign_in_wrongly(view: View) -> None:
    await view.page.locator("#login").fill("iemand@voorbeeld.nl")
    await view.page.locator("#password").fill("niet het goede")
    await view.page.locator("button.solid").click()
    await expect(view.page.locator("#signin-error")).to_be_visible()


async def sign_out(view: View) -> None:
    await view.page.locator("form[action='/signout/'] button").click()


async def look_at_mine(view: View) -> None:
    await view.page.locator("header .who").click()


async def write_two(view: View) -> None:
    await write_card(view, view.pick("Meer gebruik van bestaande zalen", "Use the rooms we have"), stored=True)
    await write_card(view, view.pick("Eén merk voor het hele gebied", "One brand for the whole area"), stored=True)


async def change_a_card(view: View) -> None:
    await view.page.locator("li.row button.word").first.click()


async def save_nothing(view: View) -> None:
    await view.page.get_by_role("button", name=view.pick("Kaart opslaan", "Save card")).click()


async def write_offline(view: View) -> None:
    assert view.wire is not None
    await expect(view.page.locator("textarea")).to_be_visible()
    view.wire.cut()
    await write_card(view, view.pick("Terrassen in de zon", "Terraces in the sun"))
    await write_card(view, view.pick("Avondbus tot middernacht", "An evening bus until midnight"))
    await expect(view.page.locator("#offline")).to_be_visible()


async def come_back_late(view: View) -> None:
    assert view.wire is not None
    view.wire.mend()
    await view.page.locator("section.inverse button").click()
    await expect(view.page.locator("#refused")).to_be_visible()


async def see_what_was_typed(view: View) -> None:
    await expect(view.page.locator("blockquote")).to_be_visible()


async def put_dots(view: View) -> None:
    await expect(view.page.locator(".circles")).to_be_visible()
    for put in range(2):
        await view.page.locator("ul .step:not(.has) button").first.click()
        await expect(view.page.locator("li.marked")).to_have_count(put + 1)


async def spend_all(view: View) -> None:
    await expect(view.page.locator(".circles")).to_be_visible()
    rows = view.page.locator("li.marked")
    while (put := await rows.count()) < 4:
        await view.page.locator("ul .step:not(.has) button").first.click()
        await expect(rows).to_have_count(put + 1)
    # It says why it does nothing, so it can be pressed.
    await view.page.locator("ul .step:not(.has) button").first.click(force=True)
    await expect(view.page.locator(".why")).to_be_visible()


async def vote_offline(view: View) -> None:
    assert view.wire is not None
    await expect(view.page.locator(".circles")).to_be_visible()
    view.wire.cut()
    await view.page.locator("ul .step.has button").first.click()
    await expect(view.page.locator("#offline")).to_be_visible()


async def see_first_pillar(view: View) -> None:
    await view.page.locator(".filter button").nth(1).click()


async def turn_page(view: View) -> None:
    await expect(view.page.locator(".foot p")).to_contain_text("1")
    await view.page.keyboard.press("ArrowRight")
    await expect(view.page.locator(".foot p")).to_contain_text("2")


async def last_page(view: View) -> None:
    await expect(view.page.locator(".foot p")).to_contain_text("1")
    await view.page.keyboard.press("ArrowLeft")
    await expect(view.page.locator(".foot p")).not_to_contain_text("1")


async def turn_to(view: View, picture: int) -> None:
    """Each picture may have pages of its own."""
    await view.page.locator("table").first.wait_for()
    place = view.page.locator(".foot p b")
    while view.pick(f"Plaatje {picture} ", f"Picture {picture} ") not in await place.inner_text():
        await view.page.keyboard.press("ArrowRight")


async def second_picture(view: View) -> None:
    await turn_to(view, 2)


async def third_picture(view: View) -> None:
    await turn_to(view, 3)


async def lose_the_server(view: View) -> None:
    assert view.wire is not None
    await view.page.locator("h1, h2").first.wait_for()
    await expect(view.page.locator("main")).to_be_visible()
    view.wire.cut()
    await expect(view.page.locator(".inverse[role=status], .band.inverse").first).to_be_visible()


async def open_share(view: View) -> None:
    await view.page.locator("header button").first.click()


async def open_people(view: View) -> None:
    await view.page.locator("header button").nth(1).click()
    await view.page.locator("dialog li button", has_text="…").first.click()


async def type_for_someone(view: View) -> None:
    await view.page.locator("#cards header button").click()
    await view.page.locator("#cards form textarea").fill(view.pick("Een bank in de zon", "A bench in the sun"))


async def correct_a_card(view: View) -> None:
    await view.page.locator("#cards li .acts button").first.click()


async def open_a_step(view: View) -> None:
    await view.page.locator("#agenda .line").nth(3).click()


async def edit_a_step(view: View) -> None:
    await open_a_step(view)
    await view.page.get_by_role("button", name=view.pick("Wijzigen", "Edit"), exact=True).click()


async def add_a_step(view: View) -> None:
    await view.page.locator("#agenda .add button").click()


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
    await view.page.locator("[data-view=cards]").click()


# -- the list ----------------------------------------------------------------------------------------------------

PROFILE = ("Waar moet de wereld Kennispark over tien jaar van kennen?",) + (
    "What should the world know Kennispark for in ten years?",
)
CHOOSE = ("Wat moet er als eerste gebeuren?", "What should happen first?")
REVEALED = ("Wat valt op, en wat ontbreekt nog?", "What stands out, and what is missing?")
OUTCOME = ("Waar zijn de O’s het over eens, en waar verschillen ze?", "Where do the O’s agree, and where do they differ?")
TITLE = ("Werksessie strategie Kennispark", "Kennispark strategy workshop")
WELCOME = ("Welkom bij Kennispark", "Welcome to Kennispark")
MINE = ("Jij in deze sessie", "You in this session")
WHICH_CODE = ("Welke code staat op het scherm?", "Which code is on the screen?")
WHICH_O = ("Van welke O ben jij?", "Which O are you?")
SIGN_IN = ("Inloggen", "Sign in")
RESULTS = ("Waar de O’s verschillen", "Where the O’s differ")
LOOKED_AT = "Top location: look"

S = State
STATES: tuple[State, ...] = (
    S("join-code", "door", "page", WHICH_CODE, "/", dark=True),
    S("join-code-wrong", "door", "page", WHICH_CODE, "/", type_wrong_code),
    S("join", "door", "page", WHICH_O, "/join/{code}/", dark=True),
    S("join-chosen", "door", "page", WHICH_O, "/join/{code}/", choose_an_o, dark=True),
    S("signin", "door", "page", SIGN_IN, "/signin/"),
    S("signin-wrong", "door", "desk", SIGN_IN, "/signin/", sign_in_wrongly, dark=True),
    S("link", "door", "desk", ("Welkom, Kernteam", "Welcome, Kernteam"), "{link}"),
    S("link-used", "lobby", "page", ("Deze link werkt niet meer", "This link no longer works"), "{link}"),
    S("no-session", "door", "page", ("Er is geen sessie met deze code", "There is no session"), "/join/QQQQQQ/", dark=True),
    S("stage-no-link", "door", "desk", ("Deze link voor de projector werkt", "This projector link"), "/s/{code}/stage/?link=x"),
    S("stage-lobby-empty", "door", "stage", TITLE),
    S("console-lobby-empty", "door", "console", TITLE),
    # The room comes in.
    S("phone-waiting", "lobby", "phone", ("Je bent binnen. We beginnen zo.", "You are in."), dark=True),
    S("phone-mine-first", "lobby", "phone", MINE, prepare=look_at_mine),
    S("stage-lobby", "lobby", "stage", TITLE, dark=True),
    S("console-lobby", "lobby", "console", TITLE),
    S("console-share", "lobby", "console", ("Code, projector en bestanden", "Join code, projector and files"), prepare=open_share, dark=True),
    S("console-people", "lobby", "console", ("Mensen", "People"), prepare=open_people, dark=True),
    S("studio-waiting", "lobby", "studio", TITLE, "/programmes/kennispark/sessions/{code}/"),
    S("join-locked", "locked", "page", ("Meedoen is gesloten", "Joining is closed"), "/join/{code}/"),
    S("stage-locked", "locked", "stage", TITLE),
    # Welcome and writing.
    S("phone-welcome", "welcome", "phone", WELCOME),
    S("stage-welcome", "welcome", "stage", ("Welkom", "Welcome"), dark=True),
    S("console-welcome", "welcome", "console", WELCOME),
    S("phone-collect", "writing", "phone", PROFILE, dark=True),
    S("phone-collect-nothing", "writing", "phone", PROFILE, prepare=save_nothing),
    S("phone-collect-own", "writing", "phone", PROFILE, prepare=write_two, dark=True),
    S("phone-collect-change", "writing", "phone", PROFILE, prepare=change_a_card),
    S("phone-collect-offline", "writing", "phone", PROFILE, prepare=write_offline, wired=True, dark=True),
    S("stage-writing", "written", "stage", PROFILE, dark=True),
    S("console-collect", "written", "console", PROFILE, dark=True),
    S("console-scribe", "written", "console", PROFILE, prepare=type_for_someone),
    S("console-correct", "written", "console", PROFILE, prepare=correct_a_card),
    S("console-step-acts", "written", "console", PROFILE, prepare=open_a_step),
    S("console-step-edit", "written", "console", ("‘Toplocatie: schrijven’ wijzigen", "Edit"), prepare=edit_a_step, dark=True),
    S("console-step-add", "written", "console", ("Stap toevoegen", "Add a step"), prepare=add_a_step),
    S("console-reveal-ask", "written", "console", PROFILE, prepare=ask_to_reveal),
    S("console-remote", "written", "remote", PROFILE, dark=True),
    S("console-cut", "written", "console", PROFILE, prepare=lose_the_server, wired=True),
    S("stage-cut", "written", "stage", PROFILE, prepare=lose_the_server, wired=True),
    S("phone-collect-closed", "written_closed", "phone", ("is gesloten", "is closed")),
    S("stage-collect-closed", "written_closed", "stage", ("Het schrijven is klaar", "Writing is closed")),
    # Revealed cards.
    S("phone-wall", "wall", "phone", REVEALED),
    S("phone-refused", "wall", "phone", REVEALED, prepare=come_back_late, kept="late", dark=True),
    S("phone-typing", "wall", "phone", REVEALED, prepare=see_what_was_typed, kept="typing"),
    S("stage-wall", "wall", "stage", ("Kaarten", "Cards"), dark=True),
    S("stage-wall-next", "wall", "stage", ("Kaarten", "Cards"), prepare=turn_page),
    S("stage-wall-last", "wall", "stage", ("Kaarten", "Cards"), prepare=last_page),
    S("console-wall", "wall", "console", REVEALED),
    S("phone-collect-pillar", "elsewhere", "phone", ("Wat hoort bij allebei", "What belongs to both")),
    S("stage-wall-two", "elsewhere", "stage", ("Kaarten", "Cards"), dark=True),
    S("phone-break", "recess", "phone", ("Pauze", "Break")),
    S("stage-break", "recess", "stage", ("Pauze", "Break"), dark=True),
    S("console-ticked", "ticked", "console", ("Pauze. Daarna kiezen we.", "Break. After that we choose.")),
    # The vote.
    S("phone-vote", "voting", "phone", ("Nog 4 van 4", "4 of 4"), dark=True),
    S("phone-vote-some", "voting", "phone", ("Nog 2 van 4", "2 of 4"), prepare=put_dots),
    S("phone-vote-none-left", "voting", "phone", ("Nog 0 van 4", "0 of 4"), prepare=spend_all, dark=True),
    S("phone-vote-offline", "voting", "phone", ("Nog 1 van 4", "1 of 4"), prepare=vote_offline, wired=True, dark=True),
    S("phone-vote-pillar", "voting", "phone", ("Nog 0 van 4", "0 of 4"), prepare=see_first_pillar),
    S("stage-voting", "voted", "stage", ("Zet 4 stippen", "Place 4 dots"), dark=True),
    S("console-vote", "voted", "console", CHOOSE, dark=True),
    S("phone-vote-closed", "vote_closed", "phone", ("is gesloten", "is closed")),
    S("stage-vote-closed", "vote_closed", "stage", ("De stemming is gesloten", "The vote is closed")),
    S("console-vote-closed", "vote_closed", "console", CHOOSE),
    # The result.
    S("phone-result", "result", "phone", OUTCOME, dark=True),
    S("phone-mine", "result", "phone", MINE, prepare=look_at_mine, dark=True),
    S("stage-result-1", "result", "stage", ("Iedereen telt één keer", "Every person counts once"), dark=True),
    S("stage-result-2", "result", "stage", ("Vier O’s, elk even zwaar", "Four O’s, each the same weight"), prepare=second_picture, dark=True),
    S("stage-result-3", "result", "stage", ("Waar de O’s het meest verschillen", "Where the O’s differ most"), prepare=third_picture, dark=True),
    S("console-result", "result", "console", OUTCOME, dark=True),
    S("studio-programme", "result", "studio", ("Sessies", "Sessions"), "/programmes/kennispark/", dark=True),
    S("studio-results", "result", "studio", RESULTS, "/programmes/kennispark/sessions/{code}/", dark=True),
    S("studio-cards", "result", "studio", ("Kaarten", "Cards"), "/programmes/kennispark/sessions/{code}/", show_cards, dark=True),
    S("studio-facilitator", "result", "facilitator-studio", RESULTS, "/programmes/kennispark/sessions/{code}/"),
    # Live results, and too few.
    S("phone-vote-live", "live", "phone", ("5 van 5", "5 of 5")),
    S("stage-live", "live", "stage", ("stippen", "dots"), dark=True),
    S("console-live", "live", "console", ("Waarmee beginnen", "What do we start with")),
    S("phone-few", "few", "phone", ("Voor wie bleef", "For who stayed")),
    S("stage-few", "few", "stage", ("Voor wie bleef", "For who stayed"), dark=True),
    S("console-few", "few", "console", ("Voor wie bleef", "For who stayed")),
    S("studio-few", "few", "studio", ("Voor wie bleef", "For who stayed"), "/programmes/kennispark/sessions/{code}/"),
    S("phone-closing", "closing", "phone", ("Dank jullie wel", "Thank you")),
    S("phone-retired", "closing", "ghost", ("Deze telefoon is vervangen", "This phone was replaced"), dark=True),
    S("stage-closing", "closing", "stage", ("Dank jullie wel", "Thank you")),
    S("console-last", "closing", "console", ("Dank jullie wel", "Thank you")),
    S("signed-out", "closing", "leaver", ("Je bent uitgelogd", "You are signed out"), "/programmes/kennispark/", sign_out),
)  # fmt: skip
