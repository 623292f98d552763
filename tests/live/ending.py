"""A session with people, a projector and a console in it that is about to end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from sessions.enums import Role
from sessions.models import Session

from ..conversation import Talk, press
from ..factory import make_member, make_room
from ..server import RunningServer
from .client import member_cookies

WITHIN_S = 1.5
"""A second, and half of one for a loaded machine."""


class EndingSession:
    """A session on a running server, and those who are in it."""

    def __init__(self, server: RunningServer, *, rehearsal: bool = False) -> None:
        self.server = server
        with server.database():
            self.room = make_room()
            if rehearsal:
                Session.objects.filter(pk=self.room.session.pk).update(rehearsal=True)
            self.round, self.items = self.room.open_vote(items=6)
            self.people = self.room.join("onderwijs", n=3)
            self.core = member_cookies(make_member(self.room.session.programme, Role.CORE))
            self.lead = member_cookies(self.room.member)
        self.session = self.room.session
        self.code, self.slug = self.session.code, self.session.programme.slug
        self.token = self.room.tokens[self.people[0].id]

    @property
    def phone(self) -> dict[str, str]:
        return {f"p_{self.session.public_id}": self.token}

    async def enter(self) -> dict[str, Talk]:
        """Let a phone, a console and a stage come in."""
        ways = {"phone": self.phone, "console": self.lead, "stage": self.lead}
        return {
            role: await Talk(base=self.server.base, code=self.code, role=role, cookies=cookies, lang="en").connect()
            for role, cookies in ways.items()
        }

    async def press(self, act: str, **typed: str) -> str:
        """Send the studio's form, as the core team; return where it leads to."""
        address = f"/programmes/{self.slug}/sessions/{self.code}/{act}/"
        return await press(self.server.base, self.core, address, **typed)


async def until(condition: Callable[[], Any], within: float) -> float:
    """Wait for something; return how long it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < within, f"not within {within} s"
        await asyncio.sleep(0.01)
    return time.monotonic() - began


async def told_on(talk: Talk) -> str:
    """Return with what reason and close code a socket was closed."""
    await until(lambda: talk.closed is not None, WITHIN_S)
    said = [frame["error"]["code"] for frame in talk.frames if "error" in frame and frame["re"] is None]
    return f"{talk.closed} {said[-1] if said else ''}"


async def told_at_the_door(evening: EndingSession) -> str:
    talk = Talk(base=evening.server.base, code=evening.code, role="phone", cookies=evening.phone)
    with pytest.raises((ConnectionError, ConnectionClosed)):
        await talk.connect()
    return await told_on(talk)


async def told_once_wiped(evening: EndingSession) -> str:
    """Whoever comes while it is still being wiped is told to come back, with 4000."""
    began = time.monotonic()
    while (told := await told_at_the_door(evening)) == "4000 ":
        assert time.monotonic() - began < 10
    return told


def left_in(folder: Path, needles: set[str]) -> set[str]:
    """Return what stands in any file of the server: database, write-ahead log, whatever it keeps."""
    everything = b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".log")
    return {needle for needle in needles if needle.encode() in everything}
