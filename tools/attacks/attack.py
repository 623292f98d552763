"""One attack under way: against which server, for how long, by how many, and what it saw."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from sessions.management.simulation.websocket import WebSocket, connect


@dataclass
class Attack:
    port: int
    code: str
    seconds: float
    many: int
    saw: Counter[str] = field(default_factory=Counter)
    most_bytes: int = 0
    """The most bytes of one body that the server took."""

    def __post_init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.ends = self.loop.time() + self.seconds

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def goes_on(self) -> bool:
        return self.loop.time() < self.ends

    async def together(self, what: Callable[[int], Awaitable[None]]) -> None:
        """Do it MANY times side by side, and stop when the time is over."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(self.ends):
                await asyncio.gather(*(what(number) for number in range(self.many)))

    @contextlib.asynccontextmanager
    async def line(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            yield reader, writer
        finally:
            writer.transport.abort()

    async def socket(self, cookies: dict[str, str] | None = None) -> WebSocket:
        return await connect(f"{self.base}/ws/s/{self.code}/?as=phone", cookies=cookies or {})
