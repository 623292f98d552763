"""Records what every audience of a real server receives, command by command.

After each command everybody says hello on a fresh socket as well, so that what the events led to can be held against a
fresh snapshot, command by command; the shipped reducer does that in frontend/src/lib/convergence.test.ts.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from ..conversation import Talk, go_on, join, show_move_code
from ..server import RunningServer

Frame = dict[str, Any]


class Recorder:
    """The sockets of one phone (two of them: one acts, one watches), the stage and the console."""

    def __init__(self, server: RunningServer, *, go: Path, over: str) -> None:
        self.server = server
        self.go = go
        self.over = over
        """How those who watch are connected."""
        self.steps: list[Frame] = []
        self.member: dict[str, str] = {}
        self.watchers: dict[str, Talk] = {}
        self.others: list[Talk] = []
        self.taken: dict[str, int] = {}
        """How many frames of each watcher stand in a step: what comes between two steps belongs to the second."""

    async def open(self, *, sectors: tuple[str, ...]) -> None:
        """Let people of these O's in; the first one is watched."""
        self.member = await self.server.sign_in("facilitator")
        cookies = [await join(self.server.base, self.server.code, sector) for sector in sectors]
        self.cookies = {"phone": cookies[0], "stage": self.member, "console": self.member}
        for role in self.cookies:
            self.watchers[role] = await self.talk(role, over=self.over)
        self.acting = await self.talk("phone")
        for other in cookies[1:]:
            self.others.append(await self.talk("phone", other))
        self.lead = await self.talk("console")
        self.first = {role: _known(await self.talk(role, close=True)) for role in self.cookies}
        self.taken = {role: len(watcher.frames) for role, watcher in self.watchers.items()}

    async def talk(
        self,
        role: str,
        cookies: dict[str, str] | None = None,
        *,
        close: bool = False,
        over: str = "socket",
        **back: Any,
    ) -> Talk:
        mine = self.cookies[role] if cookies is None else cookies
        talk = Talk(base=self.server.base, code=self.server.code, role=role, cookies=mine, over=over)
        await talk.connect(**back)
        if close:
            await talk.close()
        return talk

    async def record(self, name: str, talk: Talk, do: str, content: Frame, *, taps: bool = False) -> Frame:
        """Give a command, and keep what came of it."""
        done = await talk.call(do, content)
        await self.keep(name)
        return done

    async def keep(self, name: str) -> None:
        """Say hello anew, and take what the sockets that stayed were sent up to then."""
        fresh = await self._talk_anew({role: {} for role in self.watchers})
        # Its answer comes behind all that was sent before. Also: who is silent is taken for gone.
        everybody = (*self.watchers.values(), self.lead, self.acting, *self.others)
        await asyncio.gather(*(talk.call("ping", {"waiting": 0}, key=False) for talk in everybody))
        step: Frame = {"name": name, "audiences": {}}
        for role, watcher in self.watchers.items():
            heard = watcher.frames[self.taken[role] :]
            self.taken[role] += len(heard)
            frames = [frame for frame in heard if "from" in frame or "you" in frame]
            step["audiences"][role] = {"frames": frames, **_known(fresh[role])}
        self.steps.append(step)

    async def _talk_anew(self, back: dict[str, Frame]) -> dict[str, Talk]:
        """Say hello on a fresh socket of each role, at the same time; most of that is waiting."""
        talks = await asyncio.gather(*(self.talk(role, close=True, **known) for role, known in back.items()))
        return dict(zip(back, talks, strict=True))

    async def go_on_elsewhere(self) -> None:
        """Let the last of the others go on in another browser, and keep what came of it."""
        old, base, code = self.others.pop(), self.server.base, self.server.code
        cookies = await go_on(base, code, await show_move_code(base, code, old.cookies))
        await old.until_closed()
        self.others.append(await self.talk("phone", cookies))
        await self.keep("participant.go_on")

    async def resume_everywhere(self) -> list[Frame]:
        """Come back once from every number that was recorded."""
        resumed = []
        for step in self.steps:
            known = {
                role: {name: heard[name] for name in ("epoch", "seq")} for role, heard in step["audiences"].items()
            }
            talks = await self._talk_anew(known)
            audiences = {
                role: {"events": talk.welcome.get("events"), "you": talk.you, "seq": talk.seq}
                for role, talk in talks.items()
            }
            resumed.append({"name": step["name"], "audiences": audiences})
        return resumed

    async def close(self) -> None:
        for talk in (*self.watchers.values(), *self.others, self.acting, self.lead):
            await talk.close()


def _known(talk: Talk) -> Frame:
    return {
        "epoch": talk.welcome["epoch"],
        "seq": talk.seq,
        "snapshot": talk.snapshot,
        "you": talk.you,
    }
