"""Bad input on a real socket: a typed, translated error, never a crash, and the socket stays open."""

from __future__ import annotations

import asyncio
import itertools
import json
import string
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.domain.commands import CONSOLE_COMMANDS, PHONE_COMMANDS
from sessions.errors import SENTENCES, Code
from sessions.live.protocol import COMMAND_TYPES, FRAME_BYTES

from ..conversation import Talk, join
from ..server import RunningServer
from .nonsense import KEY, VOTE, WRITE, answer_to, command_frame, with_phone

KNOWN = {code.value for code in Code}


FRAMES: list[tuple[str, str | bytes, str, int | None]] = [
    # what it is, the frame, the code of the error, the id that it answers
    ("nothing", "", "message.bad", None),
    ("no JSON", "hello", "message.bad", None),
    ("half of it", '{"id":1,"do":"ping"', "message.bad", 1),
    ("two of them", "{}{}", "message.bad", None),
    ("a list", "[]", "message.bad", None),
    ("null", "null", "message.bad", None),
    ("a number", "12", "message.bad", None),
    ("nothing in it", "{}", "message.bad", None),
    ("deep", "[" * 16_000, "message.bad", None),
    ("100,000 deep in a command", '{"id":1,"do":"ping","with":' + "[" * 16_000, "message.bad", 1),
    ("deep content", '{"id":1,"do":"ping","with":' + "[" * 7_000 + "]" * 7_000 + "}", "message.bad", 1),
    ("NaN", '{"id":NaN,"do":"ping"}', "message.bad", None),
    ("Infinity", '{"id":1,"do":"ping","with":{"waiting":Infinity}}', "message.bad", 1),
    ("a huge id", '{"id":99999999999999999999999999,"do":"ping"}', "message.bad", None),
    ("a negative id", '{"id":-1,"do":"ping"}', "message.bad", None),
    ("id as text", '{"id":"1","do":"ping"}', "message.bad", None),
    ("half a number", '{"id":1.5,"do":"ping"}', "message.bad", None),
    ("a number too large for a float", '{"id":1,"do":"ping","with":{"waiting":1e999}}', "message.bad", 1),
    ("a lone surrogate", '{"id":1,"do":"ping","with":{"x":"\\ud800"}}', "message.bad", 1),
    ("a lone surrogate as name", '{"id":1,"do":"\\udfff"}', "message.bad", 1),
    ("a lone surrogate in a text", command_frame("card.write", WRITE | {"text": "a\ud800"}), "message.bad", 1),
    ("a lone surrogate before the id", '{"do":"ping","with":{"x":"\\ud800"},"id":1}', "message.bad", 1),
    ("a huge number before the id", '{"with":{"waiting":1' + "0" * 400 + '},"id":1,"do":[]}', "message.bad", 1),
    ("an id with a nought in front", '{"id":01,"do":"ping"}', "message.bad", None),
    ("an id in other figures", '{"id":１,"do":"ping"}', "message.bad", None),
    ("true as id", '{"do":"ping","id":true}', "message.bad", None),
    ("an id further in", '{"with":{"id":1},"do":"ping"}', "message.bad", None),
    ("the largest id", '{"id":9007199254740992,"do":[]}', "message.bad", 2**53),
    ("an id above the largest", '{"id":9007199254740993,"do":[]}', "message.bad", None),
    ("a binary frame", b"\x00\x01\x02", "message.bad", None),
    ("a binary frame that is JSON", b'{"id":1,"do":"ping"}', "message.bad", None),
    ("an unknown command", command_frame("card.explode"), "command.unknown", 1),
    ("no command", command_frame(""), "command.unknown", 1),
    ("NUL as command", command_frame("\x00"), "command.unknown", 1),
    ("a command's name that is too long", command_frame("x" * 41), "message.bad", 1),
    ("a command that is a list", command_frame(["card.write"]), "message.bad", 1),
    (
        "what only the server does",
        command_frame("participant.join", {"sector": "0" * 12, "token_hash": "a"}),
        "command.unknown",
        1,
    ),
    ("content that is a list", command_frame("card.write", []), "message.bad", 1),
    ("content that is text", command_frame("card.write", "text"), "message.bad", 1),
    ("no content", '{"id":1,"do":"card.write","key":"' + KEY + '"}', "message.bad", 1),
    ("a field too many", command_frame("card.write", WRITE | {"participant": "0" * 12}), "message.bad", 1),
    ("a field too few", command_frame("card.write", {"text": "a"}), "message.bad", 1),
    ("a wrong type", command_frame("card.write", WRITE | {"text": 5}), "message.bad", 1),
    ("NUL in a text", command_frame("card.write", WRITE | {"text": "a\x00b"}), "step.unknown", 1),
    ("NUL in an id", command_frame("card.write", WRITE | {"step": "\x00" * 12}), "message.bad", 1),
    ("an id and a line end", command_frame("card.write", WRITE | {"step": "0" * 12 + "\n"}), "message.bad", 1),
    ("a language and a line end", command_frame("card.write", WRITE | {"lang": "nl\n"}), "message.bad", 1),
    ("a text that is too long", command_frame("card.write", WRITE | {"text": "a" * 241}), "message.bad", 1),
    ("a huge value", command_frame("vote.cast", VOTE | {"value": 10**30}), "message.bad", 1),
    ("a huge tap", command_frame("vote.cast", VOTE | {"tap": 2**63}), "message.bad", 1),
    ("true for one", command_frame("vote.cast", VOTE | {"value": True}), "message.bad", 1),
    ("no key", json.dumps({"id": 1, "do": "card.write", "with": WRITE}), "key.missing", 1),
    ("a bad key", command_frame("card.write", WRITE, key="1"), "message.bad", 1),
    ("a number as key", command_frame("card.write", WRITE, key=1), "message.bad", 1),
    ("a command of the console", command_frame("step.open", {"step": "0" * 12}), "auth.not_allowed", 1),
    ("hello in another language", '{"id":1,"do":"hello","with":{"protocol":2,"lang":"de"}}', "message.bad", 1),
    ("hello with a line end", '{"id":1,"do":"hello","with":{"protocol":2,"lang":"nl\\n"}}', "message.bad", 1),
]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_bad_frames_get_a_typed_and_translated_error(server: RunningServer, lang: str) -> None:
    async def send_all(talk: Talk) -> None:
        for what, frame, code, re in FRAMES:
            answer = await answer_to(talk, frame)
            assert (answer["error"]["code"], answer["re"]) == (code, re), what
            with translation.override(lang):
                assert answer["error"]["message"] == str(SENTENCES[Code(code)]), what
            assert answer["error"]["retry"] is False, what

    asyncio.run(with_phone(server, send_all, lang))
    assert "Traceback" not in server.log


junk = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**70), 2**70),
        st.floats(),
        st.text(max_size=20),
        st.sampled_from(["", "\x00", "\ud800", "0" * 12, "0" * 12 + "\n", "nl", "nl\n", "\u202e", "😀" * 60, KEY]),
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


FIELDS = sorted({name for command in COMMAND_TYPES.values() for name in command.__struct_fields__})


contents = st.one_of(junk, st.dictionaries(st.sampled_from(FIELDS), junk, max_size=8))


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A good frame of a phone with some letters lost, doubled or exchanged."""
    do, content = draw(st.sampled_from([("card.write", WRITE), ("vote.cast", VOTE), ("ping", {"waiting": 0})]))
    letters = list(command_frame(do, content))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(letters) - 1))
        letters[at] = draw(st.one_of(st.just(""), st.just(letters[at] * 2), st.sampled_from('"{}[],:\\0-eE.\x00é')))
    return "".join(letters)


large = st.builds(
    lambda part, times, is_whole: part * times if is_whole else [part * (times // 9 + 1)] * 9,
    st.sampled_from(["[", "x", '{"a":', "é", b"\x00", b"\xff["]),
    st.sampled_from([FRAME_BYTES + 1, 100_000, 400_000]),
    st.booleans(),
)


frames = st.one_of(
    st.binary(max_size=200),
    mutated(),
    large,
    st.text(max_size=200),
    st.text(alphabet='[]{}":,0nN\\u' + string.digits, max_size=200),
    st.builds(
        lambda do, content, number, key: json.dumps({"id": number, "do": do, "key": key, "with": content}),
        st.one_of(st.sampled_from([*COMMAND_TYPES, "hello", "ping", "participant.join"]), junk),
        contents,
        st.one_of(st.integers(0, 2**53), junk),
        st.one_of(st.just(KEY), junk),
    ),
)


@settings(max_examples=40)
@given(sent=st.lists(frames, min_size=1, max_size=12))
def test_nothing_that_is_sent_breaks_anything(server: RunningServer, sent: list[Any]) -> None:
    async def send_all(talk: Talk) -> None:
        talk._ids = itertools.count(2**52)  # no frame of chance has such an id
        for frame in sent:
            try:
                await talk.send_raw(frame)
            except UnicodeEncodeError:  # a lone surrogate outside of JSON cannot be sent at all
                continue
        pong = await talk.call("ping", {"waiting": 0}, key=False)
        assert isinstance(pong["time"], int)
        for frame in talk.frames:
            if "error" in frame:
                assert set(frame["error"]) == {"code", "message", "retry", "fields"}
                assert frame["error"]["code"] in KNOWN - {"server.internal"}

    asyncio.run(with_phone(server, send_all))
    assert "Traceback" not in server.log


class Scene:
    """A session in which somebody wrote, and a stranger who has come to know every id there is."""

    def __init__(self, server: RunningServer) -> None:
        self.server = server
        self.ids: list[str] = []

    async def lay_out(self) -> None:
        server = self.server
        self.member = await server.sign_in("facilitator")
        lead = await Talk(base=server.base, code=server.code, role="console", cookies=self.member).connect()
        pillar = lead.snapshot["pillars"][0]["id"]
        options = {
            "kind": "collect",
            "title_nl": "a",
            "title_en": "b",
            "pillar": pillar,
            "settings": {"max_cards": 5, "silent": True},
        }
        self.step = (await lead.call("agenda.add", options))["id"]
        await lead.call("step.open", {"step": self.step})
        self.victim = await join(server.base, server.code, "onderwijs")
        phone = await Talk(base=server.base, code=server.code, role="phone", cookies=self.victim).connect()
        await phone.call("card.write", WRITE | {"step": self.step, "text": "Van een ander"})
        await phone.close()
        await lead.close()
        known = await self.snapshot("console", self.member)
        self.ids = sorted({found["id"] for part in known.values() if isinstance(part, list) for found in part})
        self.before = await self.look()

    async def snapshot(self, role: str, cookies: dict[str, str]) -> dict[str, Any]:
        talk = await Talk(base=self.server.base, code=self.server.code, role=role, cookies=cookies).connect()
        await talk.close()
        return talk.snapshot | {"you": talk.you}

    async def look(self) -> dict[str, Any]:
        """Return what must stay as it is: all but what strangers write and who they are."""
        console = await self.snapshot("console", self.member)
        victim = await self.snapshot("phone", self.victim)
        return {name: console[name] for name in ("session", "steps", "rounds", "results")} | {"you": victim["you"]}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with RunningServer(data_dir=tmp_path_factory.mktemp("scene")) as server:
        made = Scene(server)
        asyncio.run(made.lay_out())
        yield made


VALUES = st.one_of(st.sampled_from(["both", "nl", "Een tekst", True, 1, 5]), junk)


@settings(max_examples=30)
@given(data=st.data())
def test_ids_of_others_change_nothing_of_theirs(scene: Scene, data: st.DataObject) -> None:
    """Every command with every field an id that exists, as one who may not."""
    commands = data.draw(st.lists(st.sampled_from([*PHONE_COMMANDS, *CONSOLE_COMMANDS]), min_size=1, max_size=10))
    values = st.one_of(st.sampled_from(scene.ids), VALUES)
    contents = [{name: data.draw(values) for name in command.__struct_fields__} for command in commands]

    async def send_all(talk: Talk) -> None:
        for command, content in zip(commands, contents, strict=True):
            await talk.send_raw(command_frame(command.do, content, key=str(uuid4())))
        await talk.call("ping", {"waiting": 0}, key=False)
        codes = [frame["error"]["code"] for frame in talk.frames if "error" in frame]
        assert set(codes) <= KNOWN - {"server.internal"}
        assert talk.closed is None
        assert await scene.look() == scene.before

    asyncio.run(with_phone(scene.server, send_all))
    assert "Traceback" not in scene.server.log
