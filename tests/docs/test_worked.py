"""The worked session of docs/protocol.md is what a server does today, and all its frames fit the schema."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest

from sessions.live import protocol

from .. import schema
from ..server import RunningServer
from .reading import prose_of
from .worked import DOCUMENT, Story, play, told_in


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    with RunningServer(data_dir=tmp_path_factory.mktemp("worked")) as server:
        return asyncio.run(play(server))


def outline(told: str) -> list[str]:
    """Return the session with what differs from one to the next taken out: ids, numbers, secrets, line breaks."""
    joined = re.sub(r"\n {7}", "", told)
    for pattern, name in (
        (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "KEY"),
        (r'(?<=[_"])[0-9a-z]{12}(?=[="])', "ID"),
        (r"\b[0-9A-Z]{6}\b", "CODE"),
        (r"(?<=/sessions/)[0-9a-z]{6}", "CODE"),
        (r'(?<="tag":")\w{4}', "TAG"),
        (r'(?<="text":")[^"]+(?=",…)', "TEXT"),  # the order of items is drawn
        (r"(?<=[:\[,])-?\d+(\.\d+)?(?=[,\]}])", "N"),
    ):
        joined = re.sub(pattern, name, joined)
    return [line.rstrip() for line in joined.splitlines()]


def test_a_server_does_today_what_is_told(story: Story) -> None:
    """When it does not, `python -m tests.docs.worked` tells it anew."""
    assert outline(story.text) == outline(told_in(DOCUMENT.read_text()))


def test_its_frames_fit_the_schema(story: Story) -> None:
    assert len(story.from_client) > 15
    for frame in story.from_client:
        schema.check(frame["do"], frame)
        schema.check("ClientFrame", frame)
    kinds = set()
    for frame in story.from_server:
        schema.check("ServerFrame", frame)
        kinds |= frame.keys()
    assert {"ok", "error", "events", "you", "now"} <= kinds


def test_every_command_that_is_told_whole_is_one() -> None:
    frames = [frame for frame in frames_told() if "do" in frame]
    assert len(frames) > 15
    for frame in frames:
        schema.check(frame["do"], frame)
        protocol.decode_content(protocol.decode_envelope(json.dumps(frame)))


def test_every_answer_that_is_told_whole_is_one() -> None:
    answers = [frame for frame in frames_told() if "re" in frame]
    assert len(answers) > 10
    for frame in answers:
        schema.check("ServerFrame", frame)


def test_the_schema_refuses_what_is_none() -> None:
    vote: dict[str, Any] = {"round": "0" * 12, "item": "0" * 12, "value": 1, "tap": 1}
    frame: dict[str, Any] = {"id": 1, "do": "vote.cast", "key": "9b2f64a1-4d0e-4c56-8a7b-1c3d5e7f9a0b", "with": vote}
    assert schema.is_valid("ClientFrame", frame) and schema.is_valid("PhoneFrame", frame)
    assert not schema.is_valid("ConsoleFrame", frame)
    for wrong in (
        frame | {"with": vote | {"value": "one"}},
        frame | {"with": vote | {"item": "no id"}},
        frame | {"with": vote | {"more": 1}},
        frame | {"with": {name: value for name, value in vote.items() if name != "tap"}},
        frame | {"do": "vote.counted"},
        {name: value for name, value in frame.items() if name != "key"},
        {name: value for name, value in frame.items() if name != "with"},
    ):
        assert not schema.is_valid("ClientFrame", wrong)
    answer = {"re": 1, "ok": {"seq": 1, "id": None}}
    assert schema.is_valid("ServerFrame", answer)
    for bad in ({"re": 1}, {"re": 1, "ok": {"seq": "1", "id": None}}, {"re": None, "ok": {"seq": 1, "id": None}}):
        assert not schema.is_valid("ServerFrame", bad)


def frames_told() -> list[dict[str, Any]]:
    """Return the frames of the document from which nothing was cut."""
    joined = re.sub(r"\n {7}(?=\S)", "", prose_of(DOCUMENT))
    found = re.findall(r"^    (?:[→←⇒⇐] )?(\{.*\})$", joined, flags=re.MULTILINE)
    return [json.loads(text) for text in found if "…" not in text]
