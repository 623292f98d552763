"""Each ballot from finger to file, in Dutch: twenty people of four O's, a phone that is cut off in the middle, a server
that dies while a mark is stored and not yet acknowledged, a reveal, another round about some of it. What every screen
and file says of both rounds is compared with tables that were worked out by hand (tests/e2e/ballots).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from sessions.ballots import all_ballots

from ..server import RunningServer
from .ballots import BALLOTS
from .ballots.declared import Declared, Round
from .ballots.evening import BallotEvening
from .ballots.reading import Reading
from .browser import chromium
from .stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_every_ballot_has_its_journey() -> None:
    assert [declared.key for declared in BALLOTS] == [ballot.key for ballot in all_ballots()]


@pytest.mark.parametrize("declared", BALLOTS, ids=lambda declared: declared.key)
def test_a_ballot_from_finger_to_file(declared: Declared, tmp_path: Path) -> None:
    async def story() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with chromium() as browser, BallotEvening(server, browser) as evening:
                await evening.prepare(
                    list(declared.first.items), ballot=declared.name, numbers=declared.numbers, prices=declared.prices
                )
                await expect(evening.stage.page.get_by_text(declared.rule)).to_be_visible()
                await vote_through_a_crash(evening, declared)
                differences = await show(evening, declared, declared.first, number=1)
                await vote_again(evening, declared)
                differences += await show(evening, declared, declared.second, number=2)
                assert not differences, "\n".join(differences)
                for screen in evening.screens:
                    assert screen.trouble == []

    tell(story())


async def vote_through_a_crash(evening: BallotEvening, declared: Declared) -> None:
    given, of_w, of_n = declared.first, evening.of_w, evening.of_n
    early = {sector: given.crowd[sector] for sector in ("onderwijs", "onderzoek")}
    await evening.give(early)
    taps = declared.hand(evening, of_w, given.of_w)
    await anext(taps)
    if declared.try_out:
        await declared.try_out(evening, of_w)
    for _ in range((declared.taps or len(given.of_w)) - 2):
        await anext(taps)
    await evening.acknowledged(of_w)

    others = declared.hand(evening, of_n, given.of_n)
    await anext(others)
    await evening.acknowledged(of_n)
    await evening.cut_off()
    async for _ in others:
        pass

    async def last() -> None:
        await anext(taps)

    await evening.lose_the_server(last)
    await evening.come_back()
    for gestures, phone in ((taps, of_w), (others, of_n)):
        assert not [tap async for tap in gestures], "more taps than were declared"
        await evening.stored(phone)
    await evening.give({sector: people for sector, people in given.crowd.items() if sector not in early})


async def vote_again(evening: BallotEvening, declared: Declared) -> None:
    given = declared.second
    await evening.again(list(given.items))
    await evening.give(given.crowd)
    for phone, order in ((evening.of_w, given.of_w), (evening.of_n, given.of_n)):
        async for _ in declared.hand(evening, phone, order):
            pass
        await evening.stored(phone)


async def show(evening: BallotEvening, declared: Declared, round_: Round, *, number: int) -> list[str]:
    if number == 1:
        # Nobody saw how it stands: not a number of it was sent.
        assert not any(screen.has_heard('"tally":{"') for screen in evening.screens)
    await evening.reveal()
    return await Reading(evening, declared, round_, number=number).whole()
