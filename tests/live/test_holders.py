"""How many sockets and lines one person, projector or sign-in holds: enough for anybody, not all there are."""

from __future__ import annotations

import asyncio

import pytest

from sessions.live.holders import MOST

from ..conversation import Talk, join
from ..server import RunningServer


@pytest.mark.parametrize("over", ["socket", "http"])
def test_one_person_holds_so_many_and_the_oldest_goes(server: RunningServer, over: str) -> None:
    """Cookies of no session beside one's own make nobody another person."""

    async def story() -> None:
        mine, theirs = [await join(server.base, server.code, "onderwijs") for _ in range(2)]

        async def come(who: dict[str, str], number: int = 0) -> Talk:
            cookies = who | {f"p_{number:012}": "of no session"}
            return await Talk(base=server.base, code=server.code, role="phone", cookies=cookies, over=over).connect()

        other = await come(theirs)
        held = [await come(mine, number) for number in range(MOST)]
        await held[0].call("ping", {}, key=False)
        newest = [await come(mine, MOST + number) for number in range(2)]
        assert [await talk.until_closed() for talk in held[:2]] == [4000, 4000]
        for talk in (other, *held[2:], *newest):
            await talk.call("ping", {}, key=False)
        # Who goes makes room.
        await held[2].close()
        newest.append(await come(mine))
        for talk in (other, *held[3:], *newest):
            await talk.call("ping", {}, key=False)
            await talk.close()

    asyncio.run(story())
