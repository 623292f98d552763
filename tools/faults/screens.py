"""Rows about the phone itself, in a real browser: asleep, open twice, with a clock that is wrong."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack
from pathlib import Path

from playwright.async_api import expect

from tests.e2e import acts
from tests.e2e.browser import Screen, chromium
from tests.e2e.proxy import CutProxy

from .audit import Row
from .client import now
from .crowd import SHORT, Crowd, Size
from .handsets import Handset, Sleeper, count_cards, handset
from .servers import hold
from .stand import by_hand, on_sqlite

AWAKE_S = 2.0
HOUR_MS = 3_600_000


def asleep(row: Row, folder: Path, size: Size) -> None:
    """Every process of a phone's browser stands still for 60 s (8 s in the short form). The others go on; on waking
    it has all that happened, and its own words are kept."""
    seconds = 8 if size == SHORT else 60

    async def act(row: Row, crowd: Crowd) -> None:
        sleeper = Sleeper(folder)
        crowd.may_go_on.clear()
        async with sleeper.browser() as browser, handset(browser, crowd, "Een telefoon in een broekzak") as phone:
            await phone.write()
            await phone.sees_stored()
            await phone.page.locator("textarea").fill("Half af")
            await count_cards(row, crowd, [phone])
            await by_hand(sleeper.sleep)
            crowd.may_go_on.set()
            asleep_since = now()
            await crowd.until(crowd.is_voting)
            await asyncio.sleep(seconds - (now() - asleep_since))
            woken = now()
            await by_hand(sleeper.wake)
            await expect(phone.page.locator("li.row", has_text="Voorstel 3")).to_be_visible()
            row.recovery_s = now() - woken
            row.must(row.recovery_s <= AWAKE_S, f"caught up {row.recovery_s:.1f} s after waking")
            await phone.page.get_by_text("1 text was not sent yet").click()
            await expect(phone.page.get_by_text("Half af")).to_be_visible()
            await phone.vote_and_take_back("Voorstel 3")
            crowd.guests = 1

    hold(row, on_sqlite(folder), size, seconds=12, act=act)


def two_tabs(row: Row, folder: Path, size: Size) -> None:
    """One person has the page open twice while the network is away: what either tab took arrives once, also when one
    of them is closed before it could send; both show the same; one voter."""

    async def act(row: Row, crowd: Crowd) -> None:
        crowd.may_go_on.clear()
        async with AsyncExitStack() as stack:
            browser = await stack.enter_async_context(chromium())
            wire = await stack.enter_async_context(CutProxy(port=crowd.stand.first.port))
            base = f"http://127.0.0.1:{wire.port}"
            one = await stack.enter_async_context(handset(browser, crowd, "De eerste tab", base=base))
            page = await one.screen.context.new_page()
            two = Handset(Screen(one.screen.context, page, base), "De tweede tab", texts=one.texts)
            await page.goto(one.page.url)
            for tab in (one, two):
                await tab.write()
                await tab.sees_stored()
            await one.sees_stored()
            wire.cut()
            for tab in (one, two):
                await acts.expect_offline(tab.screen)
                await tab.write()
                await tab.write()
            # Closed with two answers that no other page has sent.
            row.must(two.screen.trouble == [], f"the second tab complained: {two.screen.trouble}")
            await two.page.close()
            mended = now()
            wire.mend()
            await acts.try_now(one.screen)
            await count_cards(row, crowd, [one])
            row.recovery_s = now() - mended
            page = await one.screen.context.new_page()
            await page.goto(one.page.url)
            again = Handset(Screen(one.screen.context, page, base), "De derde tab", texts=one.texts)
            await again.sees_stored()
            crowd.may_go_on.set()
            await crowd.until(crowd.is_voting)
            for tab in (one, again):
                await tab.page.bring_to_front()
                await tab.vote_and_take_back("Voorstel 3")
            crowd.guests = 1
            row.must(again.screen.trouble == [], f"the third tab complained: {again.screen.trouble}")

    hold(row, on_sqlite(folder), size, seconds=10, act=act)


def wrong_clocks(row: Row, folder: Path, size: Size) -> None:
    """Phones whose clocks are an hour slow, right and an hour fast show the same time left and keep every deadline."""

    async def act(row: Row, crowd: Crowd) -> None:
        crowd.may_go_on.clear()
        async with AsyncExitStack() as stack:
            browser = await stack.enter_async_context(chromium())
            phones = [
                await stack.enter_async_context(
                    handset(browser, crowd, f"Klok {hours:+d} uur", script=_shift_clock(hours * HOUR_MS))
                )
                for hours in (-1, 0, 1)
            ]
            told = [await phone.page.evaluate("Date.now()") for phone in phones]
            shifts = [round((moment - told[1]) / HOUR_MS) for moment in told]
            row.must(shifts == [-1, 0, 1], f"the clocks are wrong by {shifts} hours")
            await crowd.lead.ask("clock.add", {"step": crowd.collect, "seconds": 120})
            await asyncio.sleep(1)
            await _compare_clocks(row, phones)
            for phone in phones:
                await phone.write()
            await count_cards(row, crowd, phones)
            await crowd.lead.ask("clock.pause", {"step": crowd.collect})
            await asyncio.sleep(1.5)
            await _compare_clocks(row, phones)
            await crowd.lead.ask("clock.start", {"step": crowd.collect})
            crowd.may_go_on.set()
            await crowd.until(crowd.is_voting)
            for phone in phones:
                await phone.vote_and_take_back("Voorstel 3")
            crowd.guests = len(phones)

    hold(row, on_sqlite(folder), size, seconds=10, act=act)
    row.must(row.sockets_closed == 0, f"{row.sockets_closed} sockets were closed")
    row.must(row.refused == 0, f"{row.refused} answers were refused")


def _shift_clock(milliseconds: int) -> str:
    """Return a script after which this page believes another time; timers run on."""
    return f"""(() => {{
        const Real = Date;
        const shifted = () => Real.now() + {milliseconds};
        globalThis.Date = class extends Real {{
            constructor(...parts) {{ parts.length ? super(...parts) : super(shifted()); }}
            static now() {{ return shifted(); }}
        }};
    }})()"""


async def _compare_clocks(row: Row, phones: list[Handset]) -> None:
    """All at one moment: what their clocks say differs by no more than a second."""
    texts = await asyncio.gather(*(phone.page.get_by_role("timer").inner_text() for phone in phones))
    left = []
    for text in texts:
        found = re.search(r"(\d+):(\d\d)", text)
        left.append(int(found[1]) * 60 + int(found[2]) if found else -1)
    row.notes.append(f"clocks of the phones: {', '.join(text.strip() for text in texts)}")
    row.must(min(left) > 0 and max(left) - min(left) <= 1, f"clocks show {texts}")
