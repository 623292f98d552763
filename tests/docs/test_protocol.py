"""docs/protocol.md says what the code does: every command, event, error, key and shape, and no other."""

from __future__ import annotations

import json
import re

import msgspec
import pytest

from sessions.domain import documents, flood, wire_events
from sessions.domain.verbs import CONSOLE_VERBS, PHONE_VERBS, Verb
from sessions.errors import RETRY, SENTENCES, Code
from sessions.live import limits, missed, protocol, socket
from sessions.live.hub import ABSENT_AFTER, UNSENT_BYTES
from sessions.management import inbound, requests, strangers
from sessions.views import bodies, brake

from .reading import ROOT, Row, interfaces_in, names_in, prose_of, read_tables

PROTOCOL = ROOT / "docs" / "protocol.md"
UNSHOWN = {"Document"}
"""Structs that nobody is sent."""


def by_name(rows: list[Row], column: str) -> dict[str, Row]:
    names = [names_in(row[column])[0] for row in rows]
    assert len(names) == len(set(names)), "something stands there twice"
    return dict(zip(names, rows, strict=True))


def commands() -> dict[str, Row]:
    return by_name(read_tables(PROTOCOL, "command"), "command")


def events() -> dict[str, Row]:
    return by_name(read_tables(PROTOCOL, "event"), "event")


def errors() -> dict[str, Row]:
    return by_name(read_tables(PROTOCOL, "code"), "code")


def test_every_command_is_told_and_nothing_else() -> None:
    assert set(commands()) == {verb.do for verb in (*PHONE_VERBS, *CONSOLE_VERBS)}


def test_commands_stand_under_the_screen_that_may_give_them() -> None:
    text = prose_of(PROTOCOL)
    phone = text.split("### Of a phone")[1].split("### Of a console")[0]
    console = text.split("### Of a console")[1].split("### Limits of fields")[0]
    for part, verbs in ((phone, PHONE_VERBS), (console, CONSOLE_VERBS)):
        assert re.findall(r"^\| `([^`]+)`", part, flags=re.MULTILINE) == [verb.do for verb in verbs]


@pytest.mark.parametrize("verb", [*PHONE_VERBS, *CONSOLE_VERBS], ids=lambda verb: verb.do)
def test_a_commands_fields_are_told_with_what_may_be_left_out(verb: type[Verb]) -> None:
    told = {name: mark == "?" for name, mark in re.findall(r"`(\w+)`(\??)", commands()[verb.do]["fields"])}
    assert told == {field.encode_name: not field.required for field in msgspec.structs.fields(verb)}


def test_every_event_is_told_with_its_fields() -> None:
    found = {
        struct.__struct_config__.tag: {field.encode_name for field in msgspec.structs.fields(struct)} - {"seq"}
        for struct in (*wire_events.SharedEvent.__args__, *wire_events.OwnEvent.__args__)
    }
    assert {name: set(names_in(row["fields"])) for name, row in events().items()} == found


def test_every_error_is_told_with_retry_and_fields() -> None:
    found = {
        code.value: ("yes" if code in RETRY else "no", set(re.findall(r"%\((\w+)\)s", str(SENTENCES[code]))))
        for code in Code
    }
    told = {name: (row["retry"], set(names_in(row["fields"]))) for name, row in errors().items()}
    assert told == found


def test_every_latest_value_is_told() -> None:
    told = {names_in(row["key"])[0] for row in read_tables(PROTOCOL, "key")}
    assert told == set(documents.NowDoc.__struct_fields__)


def test_every_shape_is_told_with_its_fields() -> None:
    found = {
        name.removesuffix("Doc"): set(struct.__struct_fields__)
        for name, struct in vars(documents).items()
        if isinstance(struct, type) and issubclass(struct, documents.Document) and name not in UNSHOWN
    }
    assert interfaces_in(PROTOCOL) == found


def test_hello_and_its_answer_are_told() -> None:
    hello, welcome, *_ = prose_of(PROTOCOL).split("## Hello")[1].split("## Order")[0].split("The answer:")
    assert set(protocol.Hello.__struct_fields__) <= set(names_in(hello))
    assert set(protocol.Welcome.__struct_fields__) <= set(names_in(welcome))


def test_numbers_are_those_of_the_code() -> None:
    text = " ".join(prose_of(PROTOCOL).split())
    for sentence in (
        f"| a message from a client | {protocol.FRAME_BYTES:,} bytes;",
        f"A message of more than {protocol.FRAME_BYTES:,} bytes",
        f"One message of more than {inbound.MESSAGE_BYTES:,} bytes",
        f"more than {inbound.DROPPED_BYTES:,} bytes of such messages",
        f"{limits.ELSE_BURST:.0f} at once, then {limits.ELSE_PER_SECOND:.0f} a second",
        f"before the welcome each counts for {limits.STRANGER_TIMES:.0f}",
        f"close code {socket.TOO_MUCH}",
        f"| {socket.TOO_SLOW} | Come back: your socket said no hello within {socket.HELLO_S:.0f} seconds",
        f"pieces of a message under {inbound.SMALL_PIECE} bytes",
        f"{bodies.PAGE_BYTES:,} bytes, under `/api/` {bodies.API_BYTES:,}; {requests.BODY_S:.0f} seconds",
        f"{requests.Channel.totalHeadersSize:,} bytes, {requests.Channel.maxHeaders} fields, {requests.HEAD_S:.0f} s",
        f"after an answer {requests.IDLE_S:.0f}",
        f"| {strangers.PER_ADDRESS:,}, and less where few files may be open",
        f"not within the last {flood.SETTLE.seconds} seconds",
        f"a burst of {limits.BURST:.0f}, then {limits.PER_SECOND:.0f} a second",
        f"| {UNSENT_BYTES:,}; then it is cut off |",
        f"silent for {ABSENT_AFTER} times that",
        f"at most {missed.RESUME_EVENTS} events",
        f"{brake.ADDRESS_BURST} at once, then {brake.ADDRESS_PER_MINUTE} a minute",
    ):
        assert sentence in text


def test_the_example_holds_whole_frames() -> None:
    """Frames without a cut are JSON, and those of a client are understood."""
    example = prose_of(PROTOCOL).split("## An example")[1]
    joined = re.sub(r"\n {7}", " ", example)
    frames = [line[4:] for line in joined.splitlines() if line.startswith(("    → ", "    ← "))]
    whole = [frame for frame in frames if "…" not in frame]
    assert len(whole) >= 15
    for frame in whole:
        found = json.loads(frame[2:])
        if frame.startswith("→"):
            protocol.decode_content(protocol.decode_envelope(json.dumps(found)))
