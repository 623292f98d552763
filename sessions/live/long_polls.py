"""Which long polls are open in this process, and how many there may be. In the event loop."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Mapping

from django.conf import settings

from .frame_transport import EXTENSION
from .long_poll import LongPoll
from .socket import SessionSocket

PER_CREDENTIAL = 24
"""Long polls with the same cookies, as long as they are not let in. From then on the hub counts them, as sockets
(holders.py)."""
ALTOGETHER = 6_000
"""A long poll holds no file, so open files do not bound them."""

Address = tuple[str, str, str]
"""Code, role, and the name that the client gave it."""

_polls: dict[Address, LongPoll] = {}
"""In the order in which they were opened."""
_held: defaultdict[bytes, dict[LongPoll, None]] = defaultdict(dict)
"""Those that are not let in, by the cookies that were brought."""
_tasks: set[asyncio.Task[None]] = set()


def digest_of(cookies: Mapping[str, str]) -> bytes:
    """Return a digest of the cookies that grant something: the same for all tabs of a browser."""
    granting = sorted(
        (name, value)
        for name, value in cookies.items()
        if name == settings.SESSION_COOKIE_NAME or name.startswith(("p_", "stage_"))
    )
    return hashlib.sha256(repr(granting).encode()).digest()


def find(address: Address, credential: bytes) -> LongPoll | None:
    """Return the long poll, unless it is another's."""
    poll = _polls.get(address)
    return poll if poll is not None and poll.credential == credential else None


def open_poll(address: Address, credential: bytes, socket: SessionSocket) -> LongPoll | None:
    """Open one. When its owner has too many, the oldest makes room; when the process has, one that is not in does.

    Returns None when all are in: as with sockets, nobody who is in is closed for somebody who comes.
    """

    def let_go() -> None:
        _held[credential].pop(poll, None)
        if not _held[credential]:
            del _held[credential]

    def forget() -> None:
        if _polls.get(address) is poll:
            del _polls[address]
        let_go()

    if len(_polls) >= ALTOGETHER:
        other = next((poll for poll in _polls.values() if not poll.is_in or poll.closed is not None), None)
        if other is None:
            return None
        other.drop()
    poll = LongPoll(credential=credential, when_in=let_go, when_over=forget)
    if len(_held[credential]) >= PER_CREDENTIAL:
        next(iter(_held[credential])).drop()
    _held[credential][poll] = None
    _polls[address] = poll
    task = asyncio.get_running_loop().create_task(socket({"extensions": {EXTENSION: poll}}, poll.receive, poll.send))
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)
    return poll


def count() -> int:
    """Return how many are open. From any thread."""
    return len(_polls)
