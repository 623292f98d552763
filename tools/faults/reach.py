"""Rows about the way between phones and server: a network that is cut, one that wants no sockets, and an address that
browsers do not trust.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sessions.management.simulation.websocket import WebSocket, connect
from tests.e2e import acts
from tests.e2e.browser import CHROMIUM, chromium
from tests.e2e.proxy import CutProxy, Sockets
from tests.long_poll import LongPoll

from .audit import Row
from .client import Dial, now
from .crowd import Crowd, Size
from .handsets import count_cards, handset
from .network import Network
from .servers import BACK_S, hold
from .stand import Stand, by_hand, on_sqlite

CUT_S = 8.0
SWALLOWED_S = 1.0
"""How long these clients wait for a socket. A browser waits for eight."""


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


class Proxy:
    """As in a company's network: it lets pages through, and sockets only when told to."""

    def __init__(self, sockets: Sockets) -> None:
        self._sockets = sockets
        self.lines = 0
        """Lines over HTTP that were opened because no socket could be had."""

    @asynccontextmanager
    async def at(self, stand: Stand) -> AsyncIterator[Dial]:
        async with CutProxy(port=stand.first.port, sockets=self._sockets) as self.wire:
            yield lambda address, cookies: self._dial(address.replace(stand.first.base, self._base), cookies)

    @property
    def _base(self) -> str:
        return f"http://127.0.0.1:{self.wire.port}"

    async def _dial(self, address: str, cookies: dict[str, str]) -> WebSocket | LongPoll:
        try:
            return await connect(address, cookies=cookies, patience=SWALLOWED_S)
        except OSError:
            line = await LongPoll(address, cookies).open()
            self.lines += 1
            return line

    def break_all(self) -> None:
        """Break every connection, polls that wait included; all may come back at once."""
        self.wire.cut()
        self.wire.mend()


def no_sockets(row: Row, folder: Path, size: Size, *, sockets: Sockets) -> None:
    """Everybody works over HTTP; all polls are broken in the burst; then sockets are let through, and taken."""
    proxy = Proxy(sockets)

    async def act(row: Row, crowd: Crowd) -> None:
        there = [*crowd.writers, *crowd.watchers]
        await crowd.until_sent(0.3)
        row.must(proxy.lines >= len(there), "somebody had a socket")
        proxy.break_all()
        row.recovery_s = await crowd.recovery(now())
        await crowd.until_sent(0.7)
        lines, proxy.wire.sockets = proxy.lines, "pass"
        row.must(lines >= 2 * len(there), "somebody did not come back over HTTP")
        proxy.break_all()
        row.recovery_s = max(row.recovery_s, await crowd.recovery(now()))
        row.must(row.recovery_s <= BACK_S, f"back after {row.recovery_s:.1f} s")
        row.must(proxy.lines == lines, "somebody stayed on HTTP")
        row.notes.append(f"{lines} lines over HTTP, {proxy.wire.refused} sockets not let through")

    hold(row, on_sqlite(folder), size, seconds=14, act=act, between=proxy.at)


def sockets_refused(row: Row, folder: Path, size: Size) -> None:
    no_sockets(row, folder, size, sockets="refuse")


def sockets_hang(row: Row, folder: Path, size: Size) -> None:
    no_sockets(row, folder, size, sockets="hang")
