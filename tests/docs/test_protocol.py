"""docs/protocol.md says what the code does: every command, event, error, key, limit and shape, and no other."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from sessions.domain import commands, documents, flood, rules, wire_events
from sessions.domain.commands import Command
from sessions.domain.documents import PillarDoc, SectorDoc, Words
from sessions.domain.order import hash_place
from sessions.errors import RETRY, SENTENCES, Code
from sessions.live import limits, long_poll, protocol, replay, socket, wire_structs
from sessions.live.entry_check import TOO_MANY_GUESSES
from sessions.live.guess_limiter import CODES
from sessions.live.hub import ABSENT_AFTER, COME_BACK
from sessions.live.slow_consumers import TOGETHER_BYTES, UNSENT_BYTES
from sessions.live.socket import GO_AWAY
from sessions.live.staleness import BEHIND_S
from sessions.live.welcome import ping_seconds
from sessions.live.write_limiter import MOVE_CODES
from sessions.management.generated import API, render_files
from sessions.server import inbound, requests, strangers
from sessions.views import api, api_person, bodies, openapi, signin

from ..schema import SCHEMA
from .reading import ROOT, Row, interfaces_in, names_in, prose_of, read_tables

PROTOCOL = ROOT / "docs" / "protocol.md"
EVENTS = (*wire_structs.SHARED_EVENTS, *wire_structs.OWN_EVENTS)
FRAMES = (
    *wire_structs.structs_of(documents),
    *wire_structs.structs_of(wire_events),
    *wire_structs.structs_of(protocol),
    *API,
)


def by_name(rows: list[Row], column: str) -> dict[str, Row]:
    names = [names_in(row[column])[0] for row in rows]
    assert len(names) == len(set(names)), "something stands there twice"
    return dict(zip(names, rows, strict=True))


def errors() -> dict[str, Row]:
    return by_name(read_tables(PROTOCOL, "code"), "code")


# -- what is generated -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", render_files(ROOT), ids=lambda path: path.name)
def test_nothing_generated_is_stale(path: Any) -> None:
    """`make types` mends it."""
    assert path.read_text() == render_files(ROOT)[path]


@pytest.mark.parametrize("struct", [*wire_structs.COMMAND_TYPES, *FRAMES], ids=lambda struct: struct.__name__)
def test_every_struct_says_what_it_is(struct: type[msgspec.Struct]) -> None:
    """Its docstring is its row in the tables, or the line above its shape."""
    assert re.fullmatch(r".{8,}[.]", wire_structs.summary_of(struct))


def test_every_command_and_event_stands_in_a_table() -> None:
    documented = by_name(read_tables(PROTOCOL, "command"), "command")
    assert set(documented) == {command.do for command in wire_structs.COMMAND_TYPES}
    assert set(by_name(read_tables(PROTOCOL, "event"), "event")) == {event.__struct_config__.tag for event in EVENTS}


@pytest.mark.parametrize("command", wire_structs.COMMAND_TYPES, ids=lambda command: command.do)
def test_a_commands_fields_are_told_with_what_may_be_left_out(command: type[Command]) -> None:
    row = by_name(read_tables(PROTOCOL, "command"), "command")[command.do]
    told = {name: mark == "?" for name, mark in re.findall(r"`(\w+)`(\??)", row["fields"])}
    assert told == {field.encode_name: not field.required for field in msgspec.structs.fields(command)}


def test_every_shape_is_told_with_its_fields() -> None:
    shapes = [*FRAMES, *wire_structs.SHARED_PARTS]
    found = {
        wire_structs.name_of(struct): {field.name for field in wire_structs.fields_of(struct)} for struct in shapes
    }
    for struct in wire_structs.SHARED_PARTS:
        if (tag := wire_structs.tag_of(struct)) is not None:
            found[wire_structs.name_of(struct)].add(tag[0])
    events = {wire_structs.name_of(event) for event in EVENTS}
    told = {name: fields - {"as"} for name, fields in interfaces_in(PROTOCOL).items()}
    assert told == {name: fields for name, fields in found.items() if name not in events}


def test_a_request_over_http_is_told_with_what_may_be_left_out() -> None:
    (shape,) = re.findall(r"^interface JoinBody \{\n(.*?)^\}", PROTOCOL.read_text(), flags=re.MULTILINE | re.DOTALL)
    told = {name: mark == "?" for name, mark in re.findall(r"^  (\w+)(\??):", shape, flags=re.MULTILINE)}
    assert told == {field.encode_name: not field.required for field in msgspec.structs.fields(api.JoinBody)}


def test_notes_under_fields_are_found() -> None:
    assert wire_structs.notes_of(documents.SessionDoc)["undo"] == "Console only."


# -- the schema --------------------------------------------------------------------------------------------------


def test_the_schema_is_one_and_has_everything() -> None:
    schema = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)
    definitions = set(schema["$defs"])
    assert {wire_structs.name_of(struct) for struct in FRAMES} - {"Envelope"} <= definitions
    assert {"hello", "ping", "ApiError", *(command.do for command in wire_structs.COMMAND_TYPES)} <= definitions
    used = set(re.findall(r'"#/\$defs/([^"]+)"', SCHEMA.read_text()))
    assert used <= definitions


def test_the_schema_has_the_limits_that_the_server_holds_to() -> None:
    """The least and the most that it allows are taken, and what is one beyond is refused."""
    schema = json.loads(SCHEMA.read_text())["$defs"]
    tried = 0
    for struct in (*wire_structs.COMMAND_TYPES, protocol.Hello, protocol.Ping, protocol.HeldAnswers, api.JoinBody):
        for field in wire_structs.fields_of(struct):
            told = schema[wire_structs.name_of(struct)]["properties"][field.name]
            for value, is_fine in bounds_of([told, *told.get("anyOf", ())]):
                tried += 1
                assert takes(struct, field.name, value) is is_fine, (struct, field.name, value)
    assert tried > 60


def bounds_of(kinds: list[dict[str, Any]]) -> list[tuple[int | str, bool]]:
    found: list[tuple[int | str, bool]] = []
    for kind in kinds:
        if "minimum" in kind:
            low, high = kind["minimum"], kind["maximum"]
            found += [(low, True), (high, True), (low - 1, False), (high + 1, False)]
        if "maxLength" in kind and "pattern" not in kind:
            found += [("🙂" * kind["maxLength"], True), ("a" * (kind["maxLength"] + 1), False)]
        if "pattern" in kind:
            found += [("0a" * 6, True), ("0a" * 6 + "b", False), ("0A" * 6, False)]
    return found


def takes(struct: type[msgspec.Struct], name: str, value: object) -> bool:
    """Whether the server would read a message with this value."""
    kinds = {field.encode_name: field.type for field in msgspec.structs.fields(struct)}
    try:
        msgspec.json.decode(msgspec.json.encode(value), type=kinds[name])
    except msgspec.ValidationError:
        return False
    return True


def test_the_description_of_the_api_names_the_fields_that_are_sent() -> None:
    shown = {"Session": api.SessionNow, "Step": api.NowStep, "Join": api.JoinBody, "Joined": api.Joined}
    shown |= {"Asked": api.Asked}
    shown |= {"MoveCode": api_person.MoveCodeGiven, "Earlier": documents.EarlierDoc}
    shown |= {"Words": Words, "Sector": SectorDoc, "Pillar": PillarDoc}
    told = {name: set(schema["properties"]) for name, schema in openapi.SCHEMAS.items() if name != "Error"}
    assert told == {name: set(struct.__struct_fields__) for name, struct in shown.items()}


# -- what is written by hand -------------------------------------------------------------------------------------


class Asked(dict[str, int]):
    """Fields of a sentence: those that it asked for, each 2."""

    def __missing__(self, name: str) -> int:
        self[name] = 2
        return 2


def fields_of_sentence(code: Code) -> set[str]:
    asked = Asked()
    _ = SENTENCES[code] % asked
    return set(asked)


def test_every_error_is_told_with_retry_and_fields() -> None:
    found = {code.value: ("yes" if code in RETRY else "no", fields_of_sentence(code)) for code in Code}
    told = {name: (row["retry"], set(names_in(row["fields"]))) for name, row in errors().items()}
    assert told == found


def test_the_prose_names_no_command_event_or_error_that_is_not_there() -> None:
    known = {command.do for command in wire_structs.COMMAND_TYPES} | {
        str(event.__struct_config__.tag) for event in EVENTS
    }
    known |= {code.value for code in Code}
    families = {name.split(".")[0] for name in known}
    fields = {
        f"{wire_structs.name_of(struct).lower()}.{field.name}"
        for struct in FRAMES
        for field in wire_structs.fields_of(struct)
    } | {f"you.{name}" for name in documents.PersonDoc.__struct_fields__}
    named = {name for name in names_in(prose_of(PROTOCOL)) if re.fullmatch(r"[a-z]+\.[a-z_]+", name)}
    assert len(named) > 80
    assert {name for name in named if name.split(".")[0] in families} <= known | fields


def test_every_latest_value_is_told() -> None:
    told = {names_in(row["key"])[0] for row in read_tables(PROTOCOL, "key")}
    assert told == set(documents.NowDoc.__struct_fields__)


def test_hello_and_its_answer_are_told() -> None:
    hello, welcome, *_ = prose_of(PROTOCOL).split("## Hello")[1].split("## Order")[0].split("The answer:")
    assert set(protocol.Hello.__struct_fields__) <= set(names_in(hello))
    assert set(protocol.Welcome.__struct_fields__) <= set(names_in(welcome))


def test_every_status_of_the_api_is_told() -> None:
    paths = openapi.description()["paths"]
    get = paths["/api/v1/sessions/{code}"]["get"]["responses"]
    post = paths["/api/v1/sessions/{code}/participants"]["post"]["responses"]
    told = {row["status"]: row["to"] for row in read_tables(PROTOCOL, "status")}
    found = {
        status: "both" if status in get and status in post else "GET" if status in get else "POST"
        for status in (*get, *post)
        if status >= "400"
    }
    assert told == found


def test_close_codes_are_those_of_the_code() -> None:
    rows = {row["close code"]: row["what to do"] for row in read_tables(PROTOCOL, "close code")}
    assert rows[str(COME_BACK)] == "Come back"
    assert rows[str(GO_AWAY)].startswith("Do not come back")


def test_the_order_of_items_is_told_with_a_number_to_try() -> None:
    (seed, item, told) = re.findall(r"`(\d+):(\w{12})` it is (\d+)\.", prose_of(PROTOCOL))[0]
    assert hash_place(seed=int(seed), item=item) == int(told)


def test_numbers_are_those_of_the_code() -> None:
    text = " ".join(prose_of(PROTOCOL).split())
    held = wire_structs.fields_of(protocol.Ping)[0].kind
    for sentence in (
        f"| a message from a client | {protocol.FRAME_BYTES:,} bytes;",
        f"A message of more than {protocol.FRAME_BYTES:,} bytes",
        f"One message of more than {inbound.MESSAGE_BYTES:,} bytes",
        f"more than {inbound.DROPPED_BYTES:,} bytes of such messages",
        f"{limits.ELSE_BURST:.0f} at once, then {limits.ELSE_PER_SECOND:.0f} a second",
        f"before the welcome each counts for {limits.STRANGER_TIMES:.0f}, a hello always for {limits.HELLO_TIMES:.0f}",
        f"close code {socket.TOO_MUCH}",
        f"{MOVE_CODES.burst} at once, then {MOVE_CODES.per_minute} a minute for one person",
        f"| {socket.TOO_SLOW} | Your socket said no hello within {socket.HELLO_S:.0f} seconds",
        f"pieces of a message under {inbound.SMALL_PIECE} bytes",
        f"{bodies.PAGE_BYTES:,} bytes, under `/api/` {bodies.API_BYTES:,}, under `/http/s/` {long_poll.BODY_BYTES:,}; "
        f"{requests.BODY_S:.0f} seconds",
        f"of at most {long_poll.BODY_BYTES:,} bytes",
        f"at most {long_poll.WAIT_S:.0f} seconds, and gives them",
        f"what everybody of your audience gets within {long_poll.GATHER_S} seconds",
        f"One without a waiting request for {long_poll.GAP_S:.0f} seconds is over",
        f"| {long_poll.POLL_UNKNOWN} | Over HTTP only",
        f"{requests.Channel.totalHeadersSize:,} bytes, {requests.Channel.maxHeaders} fields, {requests.HEAD_S:.0f} s",
        f"after an answer {requests.IDLE_S:.0f}",
        f"| {strangers.PER_ADDRESS:,}, and less where few files may be open",
        f"not within the last {flood.SETTLE.seconds} seconds",
        f"though something was asked for {flood.PATIENCE_MS // 60_000} minutes since they joined",
        f"a burst of {limits.BURST:.0f}, then {limits.PER_SECOND:.0f} a second",
        f"`sector.change` counts for {limits.PRICES[commands.ChangeSector]:.0f}; beyond it",
        f"| {UNSENT_BYTES:,}; of a session together {TOGETHER_BYTES:,}; then it is cut off |",
        f"{requests.LEAST_PER_S:,} bytes a second of an answer",
        f"{strangers.ANSWER_BYTES:,} of all answers together",
        f"silent for {ABSENT_AFTER} times that",
        f"{ABSENT_AFTER} pings, {ABSENT_AFTER * ping_seconds(500):.0f} seconds in a session of up to 500 people",
        f"`ping` is {ping_seconds(500)} while up to 500 people are present",
        f"rounded up, and never above {ping_seconds(10**6)}",
        f"at most {replay.RESUME_EVENTS} events",
        f"more than {replay.RESUME_LINES:,} of its lines ago",
        f"Sent after {BEHIND_S} seconds",
        f"{CODES.plain.burst} at once, then {CODES.plain.per_minute} a minute",
        f"{CODES.further.burst} more, then {CODES.further.per_minute} a minute",
        f"| {TOO_MANY_GUESSES} | Too many wrong join codes",
        f"be at most {bodies.API_BYTES:,} bytes",
        f"within {signin.LINK_LASTS.total_seconds() / 3600:.0f} hours",
        f"up to {rules.GRACE.seconds} seconds after its step was closed",
        f"within {rules.UNDO.seconds} seconds",
        f"still on the device, at most {held.le:,}",  # type: ignore[attr-defined]
    ):
        assert sentence in text, sentence
