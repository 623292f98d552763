"""A phone and the projector in the engines that half of a room has and Playwright has no hands for: Firefox, WebKit.

Where they are not installed, the end of the run says that they were not tried. ENGINES="firefox webkit" demands them.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import NoReturn, Protocol

import pytest
from playwright.async_api import ViewportSize

from ..server import RunningServer
from .ballot_moments import put_to_vote, reveal_vote
from .ballot_rounds import ROUNDS, Asked
from .browser import PHONE, PROJECTOR
from .firefox import find_firefox, firefox
from .webkit import find_webkit, webkit
from .window import Window, press, see, until
from .workshop import Workshop

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

CARD = "Written in another engine"


OPINION = Asked(
    ballot="opinion",
    title=("Herkenbaar", "Recognised"),
    prompt=("Wat herken je?", "What do you recognise?"),
    cards=5,
)
GIVEN = {
    "opinion": (".pick.large button", "Pass", "body *", "4 of 5 cards left"),
    "approve": ("li.row .step button", "", "li.row.marked", ""),
    "rating": ("li.row .cells button", "4", "li.row .cells button[aria-pressed=true]", "4"),
    "criteria": (".questions .cells button", "4", ".questions .cells button[aria-pressed=true]", "4"),
    "ranking": ("li.row .figures:not(.given)", "", "li.row .figures.given", "1"),
    "points": ("li.row .step button[aria-disabled=false]", "", "body *", "95 of 100 points left"),
    "budget": ("li.row .step button", "", "li.row.marked", ""),
    "matrix": (".plane button", "", ".plane .chosen", ""),
    "pairwise": ("button.half.large", "", "body *", "4 of 5 pairs left"),
    "choice": ("label.option", "campus", "li.chosen", "campus"),
    "scale": (".cells button", "6", ".cells button[aria-pressed=true]", "6"),
}
"""Ballot → what a finger presses on the phone, and where it is to be seen then."""

WAITS = "() => Object.keys(localStorage).some((name) => name.includes(':entry:'))"
"""Whether something that was given is not stored yet."""


class Engine(Protocol):
    async def window(self, size: ViewportSize) -> Window: ...


def test_a_phone_and_the_stage_in_firefox(tmp_path: Path) -> None:
    program = find_firefox()
    if program is None:
        leave_out("firefox", "firefox-esr is not installed")
    play(firefox(program), tmp_path)


def test_a_phone_and_the_stage_in_webkit(tmp_path: Path) -> None:
    programs = find_webkit()
    if programs is None:
        leave_out("webkit", "webkit2gtk-driver or xvfb is not installed")
    play(webkit(programs), tmp_path)


def leave_out(engine: str, why: str) -> NoReturn:
    """Skip the test, or fail where ENGINES demands the engine."""
    if engine in os.environ.get("ENGINES", "").split():
        pytest.fail(f"ENGINES demands {engine}, and {why}")
    pytest.skip(why)


def test_an_engine_that_is_demanded_is_not_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGINES", "firefox")
    with pytest.raises(pytest.fail.Exception, match="demands firefox, and it is not installed"):
        leave_out("firefox", "it is not installed")
    with pytest.raises(pytest.skip.Exception):
        leave_out("webkit", "it is not installed")


def play(engine: AbstractAsyncContextManager[Engine], data: Path) -> None:
    async def run() -> None:
        with RunningServer(data_dir=data) as server:
            async with engine as browser:
                room = await Workshop(server).begin()
                try:
                    phone, stage = await browser.window(PHONE), await browser.window(PROJECTOR)
                    await write(room, phone, stage)
                    await vote(room, phone, stage)
                    await vote_in_every_way(room, phone, stage)
                finally:
                    await room.end()

    asyncio.run(run())


async def write(room: Workshop, phone: Window, stage: Window) -> None:
    """In, a card, the wall."""
    await room.fill()
    for window in (phone, stage):
        await window.goto(f"{room.base}/?lang=en")
    await stage.goto(room.server.run["stage"])
    await see(stage, "Kennispark strategy workshop")
    await phone.type("#code", room.code)
    await press(phone, "button", "Join")
    await press(phone, ".field", "Entrepreneurs")
    await press(phone, "button.go")
    await see(phone, "You are in.")
    await room.open("Welcome")
    await room.open("Profile and brand: write")
    await press(phone, "textarea")
    await phone.type("textarea", CARD)
    await press(phone, "form label", "Software")
    await press(phone, "button", "Save card")
    await see(phone, "stored", "li.row")
    await room.write_profile()
    await see(stage, "wrote a card")
    await room.open("Profile and brand: look")
    await see(phone, "The cards of everyone are on the big screen now.")
    await see(stage, "Page 1 of")


async def vote(room: Workshop, phone: Window, stage: Window) -> None:
    """Dots, one taken back, the result."""
    await room.open("Top location: write")
    await room.write_location()
    await room.open("Top location: look")
    await room.tick("Choose", room.profile[:7] + room.location[:6])
    await room.open("Choose")
    await see(stage, "Place 3 dots")
    await see(phone, "3 of 3 dots left")
    await press(phone, "button[aria-label^='Put a dot']")
    await see(phone, "2 of 3 dots left")
    await press(phone, "button[aria-label^='Take a dot back']")
    await see(phone, "3 of 3 dots left")
    await press(phone, "button[aria-label^='Put a dot']")
    await see(phone, "You can change until voting closes.")
    await room.vote("Choose", room.crowd)
    await see(stage, "32 of 32 have voted")
    await room.close("Choose")
    await see(phone, "is closed")
    await room.open("Result")
    await see(phone, "32 people voted")
    await until(phone, "() => document.querySelectorAll('ol > li.marked').length === 1")
    await see(stage, "Every person counts once")
    for window in (phone, stage):
        # Nothing runs off the screen sideways.
        assert await window.call("() => document.documentElement.scrollWidth <= innerWidth")


async def vote_in_every_way(room: Workshop, phone: Window, stage: Window) -> None:
    """Each ballot has code of its own on both screens, fetched when it is needed: a mark, stored, and the result."""
    after = "Result"
    for asked in (OPINION, *ROUNDS):
        await put_to_vote(room, asked, after=after)
        after = asked.title[1]
        await see(phone, asked.prompt[1])
        await see(stage, asked.prompt[1])
        pressed, words, shown, said = GIVEN[asked.ballot]
        await press(phone, pressed, words)
        await see(phone, said, shown)
        await until(phone, f"() => !({WAITS})()")
        await reveal_vote(room, asked)
        await see(phone, "people voted")
        await see(phone, "", "main ol > li")
        await see(stage, "Picture 1 of")
        for window in (phone, stage):
            assert await window.call("() => document.documentElement.scrollWidth <= innerWidth"), asked.ballot
