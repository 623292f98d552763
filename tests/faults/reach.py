"""Rows about the way between phones and server: a network that is cut, and an address that browsers do not trust."""

from __future__ import annotations

import asyncio
from pathlib import Path

from ..e2e import acts
from ..e2e.browser import CHROMIUM, chromium
from .audit import Row
from .client import now
from .crowd import Crowd, Size
from .handsets import count_cards, handset
from .network import Network
from .servers import BACK_S, hold
from .stand import by_hand, on_sqlite

CUT_S = 8.0


def network_cut(row: Row, folder: Path, size: Size) -> None:
    """The link of all phones is down for 8 s. They say so, go on writing, and deliver when it is up again."""

    with Network() as network:

        async def act(row: Row, crowd: Crowd) -> None:
            crowd.may_go_on.clear()
            crowd.may_write.clear()  # a browser starts as quickly as the machine is; the cut must meet a busy crowd
            async with (
                chromium(program=network.program(CHROMIUM, folder)) as browser,
                handset(browser, crowd, "Een telefoon buiten bereik") as phone,
            ):
                await phone.write()
                await phone.sees_stored()
                crowd.may_write.set()
                await crowd.until_sent(0.1)
                await by_hand(network.cut)
                cut = now()
                await phone.write()
                await acts.expect_offline(phone.screen)
                said = now() - cut
                await phone.write()
                await asyncio.sleep(CUT_S * size.outage - (now() - cut))
                acknowledged = sum(cut < answer.acknowledged_at for _, answer in crowd.given())
                row.must(not acknowledged, "something was acknowledged through a cable that was pulled out")
                given = sum(cut < answer.given_at for _, answer in crowd.given())
                row.must(given > 0.1 * crowd.planned, "nothing was given meanwhile")
                back = now()
                await by_hand(network.mend)
                await phone.sees_stored()
                row.recovery_s = max(await crowd.recovery(back), now() - back)
                row.must(row.recovery_s <= BACK_S, f"all was delivered {row.recovery_s:.1f} s after the return")
                row.notes.append(f"the phone's screen said so after {said:.1f} s; {given} answers given meanwhile")
                await count_cards(row, crowd, [phone])
                crowd.may_go_on.set()

        hold(row, on_sqlite(folder, host=network.host), size, seconds=18, act=act, dial=network.dial)


def plain_http(row: Row, folder: Path, size: Size) -> None:
    """In a real browser at an address that is not the loopback's: half of its abilities are missing, ours are not."""

    with Network() as network:

        async def act(row: Row, crowd: Crowd) -> None:
            crowd.may_go_on.clear()
            async with (
                chromium(program=network.program(CHROMIUM, folder)) as browser,
                handset(browser, crowd, "Een telefoon zonder slotje") as phone,
            ):
                has = "['randomUUID' in crypto, 'locks' in navigator, 'serviceWorker' in navigator, isSecureContext]"
                row.must(await phone.page.evaluate(has) == [False] * 4, "the browser trusts this address")
                begun = now()
                await phone.write()
                await phone.sees_stored()
                row.notes.append(f"a card was stored {now() - begun:.2f} s after the hand began to write it")
                await phone.write()
                await phone.page.reload()
                await count_cards(row, crowd, [phone])
                crowd.may_go_on.set()
                await crowd.until(crowd.is_voting)
                await phone.vote_and_take_back("Voorstel 3")
                crowd.guests = 1

        hold(row, on_sqlite(folder, host=network.host), size, seconds=10, act=act, dial=network.dial)
    row.must(row.sockets_closed == 0, f"{row.sockets_closed} sockets were closed")
    row.must(row.refused == 0, f"{row.refused} answers were refused")
