"""A whole session: 32 people, one facilitator, one stage; a phone is cut off twice, the server is killed once.

Every number that the room sees and the files hold is compared with the table in expected.py.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from ..server import RunningServer
from . import acts, expected
from .browser import chromium
from .expected import ITEMS, A, B, C, D, E, F
from .files import check_files
from .room import Cast
from .stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

WITHDRAWN = "On second thoughts, never mind this one"
SCRIBED = "A bench where the bus stops"
HIDDEN = "Call Mr Jansen of the permits on 06 12345678"


def test_a_session_from_lobby_to_export(tmp_path: Path) -> None:
    async def session() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with chromium() as browser, Cast(server, browser) as room:
                await come_in(room)
                await write_in_silence(room)
                await reveal_the_cards(room)
                await choose_what_goes_to_the_vote(room)
                await vote_through_a_crash(room)
                await reveal_the_result(room)
                await check_files(room)
                for screen in room.screens:
                    assert screen.trouble == []

    tell(session())


async def come_in(room: Cast) -> None:
    await room.fill()
    await expect(room.console.page.get_by_role("button", name="32 of 32 present")).to_be_visible()
    await expect(room.stage.page.locator(".present li")).to_have_count(3)
    assert await acts.read_list(room.stage.page.locator(".present li")) == expected.GROUPS
    await acts.go_to(room.console, "Welcome")
    for phone in room.phones.values():
        await expect(phone.page.get_by_role("heading", name="Welcome to Kennispark")).to_be_visible()


async def write_in_silence(room: Cast) -> None:
    phones = room.phones
    await acts.go_to(room.console, "Profile and brand: write")
    for phone in phones.values():
        await expect(phone.page.get_by_label("What should the world know Kennispark for")).to_be_visible()

    # Cut off in the middle of a sentence: it goes on, and waits.
    cut = phones["onderzoek"]
    await cut.page.locator("textarea").fill(B[:11])
    room.wire.cut()
    await cut.page.locator("textarea").press_sequentially(B[11:])
    await acts.save(cut, "Software")
    await acts.expect_offline(cut)
    await expect(acts.card(cut, B)).to_contain_text("waits for connection")
    await cut.page.locator("textarea").fill("And one more thing that is not fin")

    for sector, text, aspect in (
        ("onderwijs", A, "Hardware"),
        ("ondernemers", C, "Both"),
        ("overheden", D, "Not sure"),
    ):
        await expect(await acts.write(phones[sector], text, aspect)).to_contain_text("stored")
    taken_back = await acts.write(phones["overheden"], WITHDRAWN, "Hardware")
    await expect(taken_back).to_contain_text("stored")
    await taken_back.get_by_role("button", name="change").click()
    await phones["overheden"].page.get_by_role("button", name="Withdraw card").click()
    await phones["overheden"].page.get_by_role("button", name="Yes, withdraw it").click()
    await expect(acts.card(phones["overheden"], WITHDRAWN)).to_have_count(0)

    room.wire.mend()
    await acts.try_now(cut)
    await expect(acts.card(cut, B)).to_contain_text("stored")
    await cut.page.reload()
    await expect(acts.card(cut, B)).to_contain_text("stored")
    await expect(cut.page.locator("textarea")).to_have_value("And one more thing that is not fin")
    await cut.page.locator("textarea").fill("")

    step = await _step_now(room)
    for sector, number, aspect in (
        ("onderwijs", 4, "hardware"),
        ("onderzoek", 3, "software"),
        ("ondernemers", 3, "software"),
        ("overheden", 1, "hardware"),
    ):
        for place, person in enumerate(room.crowd[sector][:number], start=1):
            await person.write(step=step, text=f"From {sector}, number {place}", aspect=aspect)
    await room.crowd["onderwijs"][4].write(step=step, text=HIDDEN, aspect="hardware")
    await acts.scribe(room.console, SCRIBED, "overheden")
    hide = acts.card_on_desk(room.console, HIDDEN).get_by_role("button", name="Hide")
    await hide.click()
    await room.console.page.get_by_role("button", name="A name or other personal data").click()
    await expect(acts.card_on_desk(room.console, HIDDEN)).to_contain_text("hidden: a name")

    # 16 of 32 people wrote; the room sees that, and not a word.
    await expect(room.stage.page.get_by_text("16 of 32 wrote a card")).to_be_visible()
    writers = {A: "onderwijs", B: "onderzoek", C: "ondernemers", D: "overheden", WITHDRAWN: "overheden"}
    for text, sector in writers.items():
        assert room.heard_by_the_room(text, but=[phones[sector]]) == []
    for sector in room.crowd:
        writer = room.crowd[sector][0]
        assert room.heard_by_the_room(f"From {sector}, number 1", but=[writer]) == []
    assert room.heard_by_the_room(SCRIBED) == []
    assert room.heard_by_the_room(HIDDEN, but=[room.crowd["onderwijs"][4]]) == []


async def reveal_the_cards(room: Cast) -> None:
    await acts.reveal(room.console, "Profile and brand: look", phones=32)
    stage = room.stage.page
    await expect(stage.get_by_role("heading", name="What stands out, and what is missing?")).to_be_attached()
    assert await _read_wall(room) == expected.WALL
    for text in (A, B, C, D, SCRIBED, "From overheden, number 1"):
        assert room.stage.has_heard(text)
    assert not room.stage.has_heard(HIDDEN)
    assert not room.stage.has_heard(WITHDRAWN)
    # The cards of others never go to a phone.
    assert room.heard_by_the_room(A, but=[room.stage, room.phones["onderwijs"]]) == []

    await acts.go_to(room.console, "Top location: write")
    step = await _step_now(room)
    await room.crowd["ondernemers"][3].write(step=step, text=E, aspect="hardware")
    await room.crowd["onderwijs"][5].write(step=step, text=F, aspect="hardware")
    await expect(await acts.write(room.phones["onderwijs"], "A card that nobody votes on", "Hardware")).to_contain_text(
        "stored"
    )
    await acts.reveal(room.console, "Top location: look", phones=32)


async def choose_what_goes_to_the_vote(room: Cast) -> None:
    page = room.console.page
    await acts.tick(room.console, ITEMS)
    await expect(page.get_by_text("6 cards go to the vote")).to_be_visible()
    await acts.set_up_step(room.console, "Choose", Dots_on_one_card="2")
    await acts.go_to(room.console, "Break")
    await expect(page.get_by_role("button", name="Next: Choose")).to_contain_text("6 cards ticked for it")
    await acts.go_to(room.console, "Choose")


async def vote_through_a_crash(room: Cast) -> None:
    phones, crowd = room.phones, room.crowd
    for phone in phones.values():
        await expect(phone.page.get_by_role("heading", name="3 of 3 dots left")).to_be_visible()
    told = await crowd["onderwijs"][0].talk.event("round.put")
    round_ = told["round"]["id"]
    items = {item["text"]: item["id"] for item in told["round"]["items"]}

    async def put(sector: str, people: range, dots: dict[str, int]) -> None:
        for person in people:
            for text, value in dots.items():
                await crowd[sector][person].put(round=round_, item=items[text], value=value)

    await put("onderwijs", range(0, 8), {A: 1})
    await put("onderwijs", range(8, 9), {A: 2})
    await put("onderwijs", range(0, 4), {B: 1})
    await put("onderwijs", range(4, 9), {C: 1})
    await put("onderzoek", range(0, 7), {B: 1})
    await acts.put_dot(phones["onderwijs"], A)
    await acts.put_dot(phones["onderwijs"], B)
    await acts.expect_dots(phones["onderwijs"], {A: 1, B: 1}, "1 of 3 dots left")

    # Cut off in the middle of voting; and then the server dies.
    cut = phones["onderzoek"]
    await acts.put_dot(cut, B)
    await acts.expect_dots(cut, {B: 1}, "2 of 3 dots left")
    room.wire.cut()
    await acts.put_dot(cut, D)
    await acts.expect_offline(cut)
    room.server.kill()
    away = phones["ondernemers"]
    for text in (C, C, E):
        await acts.put_dot(away, text)
    await acts.expect_offline(away)
    await expect(room.stage.page.get_by_role("region", name="Connection")).to_be_visible()
    await expect(room.console.page.get_by_text("No connection with the server")).to_be_visible()
    room.server.start()
    room.wire.mend()
    await room.all_back()

    # Everybody has what they had, and what they gave meanwhile is stored.
    await acts.expect_dots(phones["onderwijs"], {A: 1, B: 1}, "1 of 3 dots left")
    await acts.expect_dots(cut, {B: 1, D: 1}, "1 of 3 dots left")
    await acts.expect_dots(away, {C: 2, E: 1}, "0 of 3 dots left")
    await acts.expect_dots(phones["overheden"], {}, "3 of 3 dots left")
    assert [vote["value"] for vote in crowd["onderwijs"][8].talk.you["votes"] if vote["item"] == items[A]] == [2]
    assert sum(vote["value"] for group in crowd.values() for person in group for vote in person.talk.you["votes"]) == 26
    await expect(acts.now(room.console, "Choose")).to_be_visible()
    await expect(room.console.page.get_by_role("button", name="32 of 32 present")).to_be_visible()

    # A tap that cannot act says why.
    await acts.card(away, A).get_by_role("button", name="Put a dot").press("Enter")
    await expect(
        away.page.get_by_role("main").get_by_text("All 3 dots are placed. Take one back first.")
    ).to_be_visible()

    await put("onderzoek", range(0, 3), {D: 1})
    await put("ondernemers", range(0, 5), {C: 1})
    await put("ondernemers", range(0, 2), {E: 1})
    await put("ondernemers", range(5, 7), {A: 1})
    await put("ondernemers", range(7, 8), {F: 1})
    await put("ondernemers", range(7, 8), {F: 0})
    await put("overheden", range(0, 3), {D: 1})
    await put("overheden", range(0, 1), {B: 1})
    await acts.put_dot(phones["overheden"], D)
    await acts.put_dot(phones["overheden"], E)
    await acts.card(phones["overheden"], E).get_by_role("button", name="Take a dot back").click()
    await acts.put_dot(phones["overheden"], B)
    await acts.expect_dots(phones["overheden"], {B: 1, D: 1}, "1 of 3 dots left")

    await expect(room.stage.page.get_by_text("31 of 32 have voted")).to_be_visible()
    for sign in ('"tally"', '"result.put"', '"balanced"'):
        assert room.heard_by_the_room(sign) == []


async def reveal_the_result(room: Cast) -> None:
    await acts.close_and_show(
        # The server was away while people voted: there may be phones that it never heard of.
        room.console,
        "Result",
        said="32 of at least 32 phones confirmed.",
    )
    stage = room.stage.page

    await expect(stage.get_by_text("Every person counts once.")).to_be_visible()
    assert [[row[0], row[1], row[3]] for row in await acts.read_table(stage)] == expected.HEADS
    await expect(stage.get_by_text("31 people, 51 dots")).to_be_visible()

    await acts.show_picture(room.stage, 2)
    await expect(stage.get_by_text("Four O’s, each the same weight.")).to_be_visible()
    assert [row[:6] for row in await acts.read_table(stage)] == expected.EQUAL
    heads = await acts.read_list(stage.locator("thead .head"))
    assert heads == ["n = 10 Education", "n = 12 Research + Government", "n = 9 Entrepreneurs"]

    await acts.show_picture(room.stage, 3)
    await expect(stage.get_by_text("How far the O’s lie apart.")).to_be_visible()
    apart = [(row[0], row[-1]) for row in await acts.read_table(stage)]
    assert sorted(apart) == sorted(expected.APART)
    assert [points for _, points in apart] == [points for _, points in expected.APART]

    for phone in room.phones.values():
        await expect(phone.page.get_by_text("31 people voted")).to_be_visible()
        lines = await acts.read_list(phone.page.locator("ol > li .numbers"))
        texts = await acts.read_list(phone.page.locator("ol > li .words > p:first-child"))
        assert list(zip(texts, lines, strict=True)) == [(text, f"{share} {n}") for text, share, n in expected.PHONE]

    await acts.show_picture(room.stage, 2)
    first = room.console.page.locator("tbody tr").first
    await expect(first).to_contain_text(expected.DESK[0][0])
    desk = await acts.read_table(room.console.page)
    assert len(desk) == 6
    for row, (text, share) in zip(desk, expected.DESK, strict=True):
        assert text in row[0]
        assert row[1].startswith(share)


async def _step_now(room: Cast) -> str:
    answer = await room.console.context.request.get(f"/api/v1/sessions/{room.server.code}")
    return str((await answer.json())["now"]["id"])


async def _read_wall(room: Cast) -> dict[str, str]:
    """Turn the wall's pages and return how many cards each aspect has."""
    stage = room.stage.page
    seen: dict[str, str] = {}
    place = stage.locator(".foot .page")
    pages = 1
    if await place.count():
        pages = int((await place.inner_text()).rsplit(" ", 1)[1])
        await stage.keyboard.press("Space")
        await expect(place).to_contain_text("held")
    for _ in range(pages):
        # "Hardware 6 cards", or over several pages "Hardware 1 to 6 of 12" and "card 12 of 12".
        for line in await acts.read_list(stage.locator(".aspect")):
            found = re.fullmatch(r"(\D+?) (?:(?:card )?\d+ (?:to \d+ )?of )?(\d+)(?: cards?)?", line)
            assert found, line
            seen[found[1]] = found[2]
        if pages > 1:
            stood = await place.inner_text()
            await stage.keyboard.press("ArrowRight")
            await expect(place).not_to_have_text(stood, use_inner_text=True)
    return seen
