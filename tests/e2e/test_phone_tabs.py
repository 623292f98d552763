"""Several tabs of one person: one outbox, which the others take over."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from playwright.async_api import expect

from . import acts
from .browser import PATIENCE
from .keeping import Stand, at_a_stand, renderer_of, watch_sent

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


TAKEOVER = 5_000 + 2 * 2_000 + PATIENCE
"""A lease of 4 s, the beat of another tab, a database that a frozen tab holds twice for 2 s, and a busy machine."""


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
