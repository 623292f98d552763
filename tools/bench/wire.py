"""HTTP as raw as it gets, for a thousand at once; and figures from lists of numbers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit


class HttpConnection:
    """One kept-alive connection, as a browser holds it while a page loads."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address)
        self._writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> HttpConnection:
        self._reader, self._writer = await asyncio.open_connection(self._host.hostname, self._host.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._writer is not None:
            self._writer.close()

    def abort(self) -> None:
        """Cut it, whatever is under way."""
        if self._writer is not None:
            self._writer.transport.abort()

    async def ask(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes = b""
    ) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers (the last of each name; all cookies, a line each) and body."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host.netloc}", "Accept-Encoding: gzip"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        assert self._writer is not None
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin1").split("\r\n")
        fields = [
            (name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in head[1:]) if name
        ]
        told = dict(fields)
        told["set-cookie"] = "\n".join(value for name, value in fields if name == "set-cookie")
        if told.get("transfer-encoding", "").lower() == "chunked":
            found = b""
            while size := int((await self._reader.readline()).split(b";")[0], 16):
                found += await self._reader.readexactly(size)
                await self._reader.readline()
            await self._reader.readline()
        else:
            found = await self._reader.readexactly(int(told.get("content-length", "0")))
        return int(head[0].split()[1]), told, found


def cookie_of(told: dict[str, str], prefix: str) -> tuple[str, str]:
    """Return name and value of the cookie that an answer sets under a name of this beginning."""
    line = next(line for line in told["set-cookie"].splitlines() if line.startswith(prefix))
    name, _, value = line.split(";")[0].partition("=")
    return name, value


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that is at least as large as this share of them."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(len(ordered) * share * 1000) // 1000) - 1))]
