"""The worked session of docs/protocol.md: played against a real server, told with the frames that went to and fro.

`python -m tests.docs.worked` writes it into the document; tests/docs/test_worked.py plays it again and compares.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import re
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import websockets

from ..conversation import PLAIN, Talk, events_of, join
from ..server import ROOT, RunningServer
from .told import Frame, Story

DOCUMENT = ROOT / "docs" / "protocol.md"


_PLAYED = re.compile(r"(<!-- played -->\n).*?(<!-- end -->)", flags=re.DOTALL)


class Socket:
    """A socket on which everything is kept."""

    def __init__(self, story: Story, server: RunningServer, role: str, cookies: dict[str, str]) -> None:
        self._story, self._server, self._role, self._cookies = story, server, role, cookies
        self.frames: list[Frame] = []
        self.cursor = 0
        self._ids = itertools.count(1)
        self._news = asyncio.Condition()

    async def __aenter__(self) -> Self:
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._socket = await websockets.connect(
            f"{self._server.base.replace('http', 'ws', 1)}/ws/s/{self._server.code}/?as={self._role}",
            additional_headers={"Cookie": cookie},
            compression=None,
            max_size=None,
        )
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()
        await self._reading

    async def send(self, do: str, content: Frame, *, key: str | None = None, shown: bool = True) -> Frame:
        """Send, wait for the answer and tell both; return the answer."""
        frame: Frame = {"id": next(self._ids), "do": do, "with": content}
        if do not in ("hello", "ping"):
            frame["key"] = key or str(uuid.uuid4())
        await self._socket.send(json.dumps(frame))
        self._story.from_client.append(frame)
        answer = await self.until(lambda found: found.get("re") == frame["id"])
        if shown:
            self._story.sent(frame, console=self._role == "console")
            self._story.got(answer, console=self._role == "console")
        return answer

    async def until(self, seen: Callable[[Frame], bool]) -> Frame:
        """Wait for a frame, received already or still to come."""
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(lambda: any(map(seen, self.frames))), 20)
        return next(frame for frame in self.frames if seen(frame))

    async def hear(self, seen: Callable[[Frame], bool]) -> Frame:
        """Wait for a frame and tell it."""
        frame = await self.until(seen)
        self._story.got(frame, console=self._role == "console")
        return frame

    async def _read(self) -> None:
        async for text in self._socket:
            frame = json.loads(text)
            self._story.from_server.append(frame)
            async with self._news:
                self.frames.append(frame)
                self.cursor = max(self.cursor, frame["to"]) if "from" in frame else self.cursor
                self._news.notify_all()


def holds(kind: str, **fields: Any) -> Callable[[Frame], bool]:
    """Whether a frame has an event of this type whose document has these values."""

    def seen(frame: Frame) -> bool:
        found = [event for event in events_of(frame) if event["type"] == kind]
        documents = [inner for event in found for inner in event.values() if isinstance(inner, dict)]
        return bool(found) and (not fields or any(fields.items() <= document.items() for document in documents))

    return seen


async def play(server: RunningServer) -> Story:
    """Play the session on a fresh demo."""
    story = Story()
    others = [await join(server.base, server.code, sector) for sector in SECTORS]
    talks = [await Talk(base=server.base, code=server.code, role="phone", cookies=one).connect() for one in others]
    phone = await _join(story, server)
    member = await _sign_in(story, server)
    async with Socket(story, server, "console", member) as console:
        seq, epoch, vote, item = await _until_the_connection_breaks(story, server, phone, console, talks)
        story.say(
            "The connection breaks. Meanwhile the facilitator reveals the result, which also closes the vote; the "
            "console is told as everybody is."
        )
        await console.send("step.reveal", {"step": vote["step"]})
        async with Socket(story, server, "phone", phone) as back:
            story.say(
                "The phone comes back on a new socket with the epoch and the number it had, and gets the rest. The "
                "four O's are too small to be shown apart, so there are no groups."
            )
            hello = {"protocol": 2, "lang": "en", "epoch": epoch, "seq": seq}
            await back.send("hello", hello)
            story.say("What comes too late is refused, for good: `retry` is false.")
            await back.send("vote.cast", {"round": vote["round"], "item": item, "value": 0, "tap": 5})
    for talk in talks:
        await talk.close()
    return story


SECTORS = ("onderwijs", "onderzoek", "onderzoek", "ondernemers", "overheden")


TEXTS = ("A lab that is open at night", "One desk for every permit", "A bridge to the campus")


async def _join(story: Story, server: RunningServer) -> dict[str, str]:
    story.say("Somebody has the code of a session and looks what it is. The code may be typed as people type.")
    async with httpx.AsyncClient(
        verify=PLAIN, timeout=60, base_url=server.base, headers={"Accept-Language": "en"}
    ) as client:
        found = await client.get(f"/api/v1/sessions/{server.code.lower()}")
        story.http(found.request, found)
        story.say("They join as one of the O's. What the cookie holds is their secret; keep it as long as the session.")
        joined = await client.post(f"/api/v1/sessions/{server.code}/participants", json={"sector": "onderwijs"})
        story.http(joined.request, joined)
        return dict(joined.cookies)


async def _sign_in(story: Story, server: RunningServer) -> dict[str, str]:
    story.say("The facilitator signs in with a one-time link: the page first, for its token, then the button.")
    link = server.run["signin"]["facilitator"]
    async with httpx.AsyncClient(verify=PLAIN, timeout=60, base_url=server.base) as client:
        page = await client.get(link)
        story.http(page.request, page, body='… <input type="hidden" name="csrfmiddlewaretoken" value="…"> …')
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token is not None
        done = await client.post(link, data={"csrfmiddlewaretoken": token[1]})
        story.http(done.request, done)
        story.say("With these cookies a link for the projector is made, and opened as the projector opens it.")
        member = {cookie.name: cookie.value or "" for cookie in client.cookies.jar if cookie.path == "/"}
        headers = {"X-CSRFToken": member["csrftoken"]}
        made = await client.post(f"/s/{server.code}/stage/link/", headers=headers)
        story.http(made.request, made, body='{"url":"http://…/s/' + server.code + '/stage/?link=…"}')
        async with httpx.AsyncClient(verify=PLAIN, timeout=60, base_url=server.base) as projector:
            opened = await projector.get(urlsplit(made.json()["url"])._replace(scheme="", netloc="").geturl())
            story.http(opened.request, opened)
    return member


async def _until_the_connection_breaks(
    story: Story, server: RunningServer, cookies: dict[str, str], console: Socket, talks: list[Talk]
) -> tuple[int, str, dict[str, str], str]:
    async with Socket(story, server, "phone", cookies) as phone:
        story.say("The phone opens its socket, says hello and gets everything it may see. No step was opened yet.")
        hello = (await phone.send("hello", {"protocol": 2, "lang": "en"}))["ok"]
        story.say(
            "So does the console, which sees the whole agenda. From here on `⇒` and `⇐` are the console's frames."
        )
        agenda = (await console.send("hello", {"protocol": 2, "lang": "en"}))["ok"]["snapshot"]["steps"]
        collect, vote = (next(step for step in agenda if step["kind"] == kind) for kind in ("collect", "vote"))
        story.say("The facilitator opens a step; all are told.")
        await console.send("step.open", {"step": collect["id"]})
        await phone.hear(holds("step.put", id=collect["id"], state="open"))
        story.say(
            "The phone writes a card: the answer says that it is stored, and the private frame brings it as the server "
            "has it."
        )
        card = {"step": collect["id"], "text": "A place where start-ups stay", "aspect": "both", "lang": "en"}
        mine = (await phone.send("card.write", card))["ok"]["id"]
        await phone.hear(holds("you.card", id=mine))
        written = [mine]
        for talk, text in zip(talks, TEXTS, strict=False):
            done = await talk.call("card.write", {**card, "text": text})
            written.append(done["id"])
        story.say(
            "Others write as well. To a phone that is nothing but a number that moves on. The facilitator sets one dot "
            "per person and live counts, puts the cards to the vote, and opens it."
        )
        await console.send(
            "agenda.edit",
            {"step": vote["id"], "settings": {"rules": {"ballot": "dots", "budget": 1, "most": 1}, "live": True}},
        )
        for number, found in enumerate(written):
            content = {"round": vote["round"], "card": found, "on": True}
            told = await console.send("card.tick", content, shown=number == 0)
        # Else these lines may be told together with the opening, and tell of the step as it is then.
        await console.until(lambda frame: "from" in frame and frame["to"] >= told["ok"]["seq"])
        await console.send("step.open", {"step": vote["id"]})
        story.say("The private frame, which says that one's own card stays as it is now, comes before the shared one.")
        await phone.hear(holds("you.card", id=mine, fixed=True))
        opened = await phone.hear(holds("round.put", id=vote["round"]))
        round_ = next(event["round"] for event in opened["events"] if event["type"] == "round.put")
        items = [item["id"] for item in sorted(round_["items"], key=lambda item: written.index(item["card"]))]
        names = {"step": vote["id"], "round": vote["round"]}
        await _vote(story, phone, names["round"], items)
        story.say(
            "The others vote. As enough took part now, everybody gets the counts, `[heads, dots]` for each item; the "
            "log has nothing in it for a phone."
        )
        last = 0
        for place, talk in enumerate(talks):
            content = {"round": names["round"], "item": items[1 + place % 2], "value": 1, "tap": 1}
            last = (await talk.call("vote.cast", content))["seq"]
        await phone.hear(lambda frame: bool(frame.get("now", {}).get("tally")))
        await phone.until(lambda frame: "from" in frame and frame["to"] >= last)
        return phone.cursor, hello["epoch"], names, items[1]


async def _vote(story: Story, phone: Socket, round_: str, items: list[str]) -> None:
    story.say("A dot. The same command again, as after a lost answer: the same answer, and one dot.")
    key = str(uuid.uuid4())
    for _ in range(2):
        await phone.send("vote.cast", {"round": round_, "item": items[0], "value": 1, "tap": 1}, key=key)
    story.say("A second dot is one too many; so the first is taken back, then the second can stand.")
    for item, value, tap in ((items[1], 1, 2), (items[0], 0, 3), (items[1], 1, 4)):
        await phone.send("vote.cast", {"round": round_, "item": item, "value": value, "tap": tap})
    story.say(
        "An older tap that comes late is acknowledged and changes nothing: the number is that of the line before."
    )
    await phone.send("vote.cast", {"round": round_, "item": items[0], "value": 1, "tap": 2})
    await phone.send("ping", {"waiting": 0})


def fill(document: str, told: str) -> str:
    """Return the document with this session in it."""
    return _PLAYED.sub(lambda match: f"{match[1]}\n{told}\n{match[2]}", document)


def told_in(document: str) -> str:
    """Return the session that stands in the document."""
    found = re.search(r"<!-- played -->\n(.*?)<!-- end -->", document, flags=re.DOTALL)
    assert found is not None
    return found[1].strip("\n") + "\n"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")
    with tempfile.TemporaryDirectory() as folder, RunningServer(data_dir=Path(folder)) as server:
        story = asyncio.run(play(server))
    DOCUMENT.write_text(fill(DOCUMENT.read_text(), story.text))


if __name__ == "__main__":
    main()
