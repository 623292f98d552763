"""A thousand phones in a process of their own that stay: they vote, keep what is not acknowledged, and come back by
themselves as docs/protocol.md tells them to. `python -m tools.faults.herd` answers what rush.py asks.
"""

from __future__ import annotations

import asyncio
import json
import time
from random import Random

from ..bench.generator import Load, main
from ..bench.phone import Content, Phone, plan_votes

FIRST_S, SOON_S, SOON_FOR_S = 0.5, 4.0, 20.0
RETRY_S = 1.0


class Stayer:
    """A phone that reconnects. `lost` and `back`: when connections broke, and when it had caught up."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.outbox: dict[int, tuple[bytes, str, str, int, int]] = {}
        """Tap → text, key, item, value, tap."""
        self.sent: list[str] = []
        self.acked: list[tuple[str, int, str, int, int]] = []
        """Key, number of the line, item, value, tap."""
        self.lost: list[float] = []
        self.back: list[float] = []
        self.codes: list[int] = []
        self.byes: list[int] = []
        self.refused = 0
        self.tries = 0
        self.live = False
        self.settled_at = 0.0
        self._closed = asyncio.Event()
        self._chance = Random(phone.number)

    async def stay(self, address: str, path: str) -> None:
        """It is connected; stay so."""
        while True:
            self._listen()
            await self._closed.wait()
            self.live = False
            self.lost.append(time.time())
            tries = 0
            while not self.live:
                most = min(SOON_S, FIRST_S * 2**tries)
                pause = self.byes[-1] / 1000 if tries == 0 and self.codes[-1] == 4000 else self._chance.uniform(0, most)
                await asyncio.sleep(pause)
                tries += 1
                try:
                    await self.phone.come_in(address, path)
                    await self.phone.say_hello({"epoch": self.phone.epoch, "seq": self.phone.seq})
                except OSError:
                    continue
                self.live = True
            self.tries += tries
            self.back.append(time.time())

    def give(self, vote: tuple[bytes, str, str, int, int]) -> None:
        self.outbox[vote[4]] = vote
        self.sent.append(vote[1])
        self._send(vote[4])

    def is_settled(self, planned: int) -> bool:
        """Whether it is connected and all it was to give was acknowledged."""
        return self.live and len(self.acked) == planned and len(self.lost) == len(self.back)

    def _listen(self) -> None:
        socket = self.phone.socket
        assert socket is not None
        self._closed = closed = asyncio.Event()

        def hang_up(code: int) -> None:
            self.codes.append(code)
            closed.set()

        socket.on_text, socket.on_close = self._hear, hang_up
        self.live = True
        if socket.transport.is_closing():
            hang_up(1006)
        for tap in list(self.outbox):
            self._send(tap)

    def _send(self, tap: int) -> None:
        if self.live and tap in self.outbox and self.phone.socket is not None:
            self.phone.socket.send_text(self.outbox[tap][0])

    def _hear(self, payload: bytes) -> None:
        if payload.startswith(b'{"re":'):
            frame = json.loads(payload)
            tap = frame["re"]
            if "error" in frame:
                self.refused += 1
                asyncio.get_running_loop().call_later(RETRY_S, self._send, tap)
            elif "seq" in frame["ok"] and tap in self.outbox:
                _, key, item, value, _ = self.outbox.pop(tap)
                self.acked.append((key, frame["ok"]["seq"], item, value, tap))
                self.settled_at = time.time()
        elif payload.startswith(b'{"from"'):
            self.phone.take_shared(payload)
        elif payload.startswith(b'{"bye"'):
            self.byes.append(json.loads(payload)["after"])


class Herd(Load):
    def __init__(self) -> None:
        super().__init__()
        self.stayers: list[Stayer] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def stay(
        self, address: str, round: str, items: list[str], votes: int, budget: int, seconds: float
    ) -> Content:
        """From now on everybody stays, and each gives some votes at moments of their own within so many seconds."""
        self.stayers = [Stayer(phone) for phone in self.phones]
        for stayer in self.stayers:
            self._tasks.append(asyncio.create_task(stayer.stay(address, self.path)))
            plan = plan_votes(stayer.phone, round, items, votes=votes, budget=budget)
            moments = sorted(stayer._chance.uniform(0, seconds) for _ in plan)
            for moment, vote in zip(moments, plan, strict=True):
                asyncio.get_running_loop().call_later(moment, stayer.give, vote)
        return {}

    async def settle(self, planned: int, within: float) -> Content:
        """Wait until everybody is back and everything given is acknowledged; return what happened."""
        async with asyncio.timeout(within):
            while not all(stayer.is_settled(planned) for stayer in self.stayers):  # noqa: ASYNC110 - a thousand of them
                await asyncio.sleep(0.05)
        return {
            "back": [moment for stayer in self.stayers for moment in stayer.back],
            "lost": [moment for stayer in self.stayers for moment in stayer.lost],
            "settled": max(stayer.settled_at for stayer in self.stayers),
            "codes": [code for stayer in self.stayers for code in stayer.codes],
            "byes": [after for stayer in self.stayers for after in stayer.byes],
            "tries": sum(stayer.tries for stayer in self.stayers),
            "refused": sum(stayer.refused for stayer in self.stayers),
            "sent": [key for stayer in self.stayers for key in stayer.sent],
            "acked": [answer for stayer in self.stayers for answer in stayer.acked],
        }


if __name__ == "__main__":
    main(Herd)
