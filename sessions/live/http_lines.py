"""Which lines over HTTP are open in this process, and how many there may be. In the event loop."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Mapping

from django.conf import settings

from .http_line import HttpLine
from .socket import SessionSocket
from .wire import EXTENSION

PER_CREDENTIAL = 24
"""Lines of one person, projector or sign-in; and of all who bring none."""
ALTOGETHER = 6_000
"""A line holds no file, so open files do not bound them."""

Address = tuple[str, str, str]
"""Code, role, and the name that the client gave its line."""

_lines: dict[Address, HttpLine] = {}
"""In the order in which they were opened."""
_held: Counter[bytes] = Counter()
_tasks: set[asyncio.Task[None]] = set()


def digest_of(cookies: Mapping[str, str]) -> bytes:
    """Return what tells apart who asks: only cookies that grant something are looked at."""
    granting = sorted(
        (name, value)
        for name, value in cookies.items()
        if name == settings.SESSION_COOKIE_NAME or name.startswith(("p_", "stage_"))
    )
    return hashlib.sha256(repr(granting).encode()).digest()


def find(address: Address, credential: bytes) -> HttpLine | None:
    """Return the line, unless it is another's."""
    line = _lines.get(address)
    return line if line is not None and line.credential == credential else None


def open_line(address: Address, credential: bytes, socket: SessionSocket) -> HttpLine:
    """Open a line. When its owner or the process has too many, the oldest makes room."""

    def forget() -> None:
        if _lines.get(address) is line:
            del _lines[address]
            _held[credential] -= 1
            if not _held[credential]:
                del _held[credential]

    line = HttpLine(credential=credential, when_over=forget)
    _make_room(credential)
    _lines[address] = line
    _held[credential] += 1
    task = asyncio.get_running_loop().create_task(socket({"extensions": {EXTENSION: line}}, line.receive, line.send))
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)
    return line


def count() -> int:
    """Return how many are open. From any thread."""
    return len(_lines)


def _make_room(credential: bytes) -> None:
    if _held[credential] >= PER_CREDENTIAL:
        next(line for line in _lines.values() if line.credential == credential).drop()
    elif len(_lines) >= ALTOGETHER:
        next((line for line in _lines.values() if not line.is_in), next(iter(_lines.values()))).drop()
