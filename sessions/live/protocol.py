"""The envelopes on the socket, and how a text frame becomes a typed message or a typed error.

docs/protocol.md describes it for somebody who writes a client.
"""

from __future__ import annotations

import json
import re
from typing import Annotated
from uuid import UUID

import msgspec

from ..domain.command import Command, Id, Language, Moment
from ..domain.commands import CONSOLE_COMMANDS, PHONE_COMMANDS
from ..domain.documents import MemberDoc, NowDoc, PersonDoc, SnapshotDoc, StageDoc
from ..domain.kind import command_called, commands_of
from ..domain.wire_events import OwnEvent, SharedEvent
from ..enums import ActorKind
from ..errors import Code, Refused

PROTOCOL = 2
FRAME_BYTES = 16_384


class Envelope(msgspec.Struct, frozen=True):
    """What every frame from a client looks like."""

    id: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    """A number of yours that the answer repeats; count up per socket."""
    do: Annotated[str, msgspec.Meta(max_length=40)]
    """The name of the command, or `hello`, or `ping`."""
    key: UUID | None = None
    """Of every command, but not of `hello` and `ping`."""
    with_: msgspec.Raw = msgspec.field(name="with", default=msgspec.Raw(b"{}"))


class Hello(msgspec.Struct, frozen=True):
    """The first frame. With `epoch` and `seq` of an earlier connection it asks to resume."""

    protocol: int
    """2."""
    lang: Language
    """The language of error sentences."""
    epoch: Annotated[str, msgspec.Meta(max_length=12)] | None = None
    """With `seq`, to resume; without it the answer is a snapshot."""
    seq: Annotated[int, msgspec.Meta(ge=0, le=2**53)] | None = None
    """With `epoch`, to resume; without it the answer is a snapshot."""


class HeldAnswers(msgspec.Struct, frozen=True):
    """What a phone still holds of the step that was closed last. It takes no more of them."""

    step: Id
    at: Moment
    """The step's `closed_at`."""
    held: Annotated[int, msgspec.Meta(ge=0, le=100_000)]
    """Answers to this step that were not acknowledged yet."""


class Ping(msgspec.Struct, frozen=True):
    """Every `ping` seconds."""

    waiting: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 0
    """Answers on this phone that were not acknowledged yet."""
    left: HeldAnswers | None = None
    """Of the step closed last, as soon as the phone knows that it is closed, and again when nothing is left."""


class Error(msgspec.Struct, frozen=True):
    """`retry`: the answer itself was not judged; keep it and send it again."""

    code: Code
    message: str
    """One sentence for people."""
    retry: bool
    """The answer itself was not judged: keep it and send it again with the same key."""
    fields: dict[str, int | str]
    """The values in the sentence."""


class Refusal(msgspec.Struct, frozen=True):
    """The refusal of a frame."""

    re: int | None
    """Null when the frame could not be read, or before a close."""
    error: Error


class Done(msgspec.Struct, frozen=True):
    """A command is stored."""

    seq: int
    """The log line of the command, or the newest when it changed nothing."""
    id: str | None = None
    """What it made: a card, a step or a round; else null."""


class Reply(msgspec.Struct, frozen=True):
    """The answer to a command."""

    re: int
    ok: Done


class Pong(msgspec.Struct, frozen=True):
    """What a ping is answered with."""

    time: int
    """The server's clock."""


class PongReply(msgspec.Struct, frozen=True):
    """The answer to a ping."""

    re: int
    ok: Pong


class Welcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer to hello: `snapshot`, or `events` and `now` when the client resumes and missed few."""

    you: PersonDoc | MemberDoc | StageDoc
    """Who you are; always whole."""
    epoch: str
    """Another one than before: what you knew is worth nothing."""
    ping: int
    """How often to ping, in seconds."""
    time: int
    """The server's clock."""
    seq: int
    """The number up to which this answer goes: your cursor."""
    snapshot: SnapshotDoc | None = None
    """Everything you may see."""
    events: list[SharedEvent] | None = None
    """All that was missed since your `seq`."""
    now: NowDoc | None = None
    """With `events`: the latest values, whole."""


class WelcomeReply(msgspec.Struct, frozen=True):
    """The answer to hello."""

    re: int
    ok: Welcome


class PackedWelcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """A welcome as it is sent: the shared part was encoded once for everybody of this audience."""

    you: msgspec.Raw
    epoch: str
    ping: int
    time: int
    seq: int
    snapshot: msgspec.Raw | None = None
    events: msgspec.Raw | None = None
    now: msgspec.Raw | None = None


class PackedWelcomeReply(msgspec.Struct, frozen=True):
    re: int
    ok: PackedWelcome


class SharedFrame(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """The log from one number to another, as far as this audience sees it."""

    from_: int
    to: int
    events: list[SharedEvent]


class OwnFrame(msgspec.Struct, frozen=True):
    """What concerns this person only. Goes before the shared frame with the same `to` and does not move the cursor."""

    you: list[OwnEvent]
    to: int


class NowFrame(msgspec.Struct, frozen=True):
    """Latest values that changed."""

    now: NowDoc
    at: int
    """As of this number; the cursor stays."""


class ReconnectNotice(msgspec.Struct, frozen=True):
    """The server goes away: reconnect after `after` milliseconds."""

    bye: str
    """restart, restored or wiped."""
    after: int
    """Milliseconds, another number for each client."""


class PollRequest(msgspec.Struct, frozen=True):
    """The body of a request of the HTTP way: frames to the server, or a wait for frames from it, or both."""

    say: list[msgspec.Raw] = []
    """Frames, each as it would go over the socket."""
    have: Annotated[int, msgspec.Meta(ge=0, le=2**53)] | None = None
    """Wait for frames; you have those up to this number. 0 with the first request of a long poll."""
    end: bool = False
    """You are gone: the long poll ends at once."""


class PollResponse(msgspec.Struct, frozen=True):
    """The answer to a request of the HTTP way."""

    have: int
    """The number of the last frame here: what to ask with next."""
    frames: list[msgspec.Raw]
    """Frames from the server, in order."""
    closed: int | None
    """The close code that a socket would have got; the long poll is over."""


_OF_KINDS = (*commands_of(ActorKind.PARTICIPANT), *commands_of(ActorKind.MEMBER))
COMMAND_TYPES: dict[str, type[Command]] = {
    command.do: command for command in (*PHONE_COMMANDS, *CONSOLE_COMMANDS, *_OF_KINDS)
}
decode_poll_request = msgspec.json.Decoder(PollRequest).decode
_envelope = msgspec.json.Decoder(Envelope)
_decoders_by_name = {name: msgspec.json.Decoder(command) for name, command in COMMAND_TYPES.items()}
_hello = msgspec.json.Decoder(Hello)
_ping = msgspec.json.Decoder(Ping)
_id_in_front = re.compile(r'\s*\{\s*"id"\s*:\s*(0|[1-9]\d{0,15})\s*[,}]', re.ASCII)
encode = msgspec.json.Encoder().encode

Message = Hello | Ping | Command


class Unreadable(Refused):
    """A frame that is no envelope. `re`: the id in it, when one could be found all the same."""

    def __init__(self, code: Code, re: int | None) -> None:
        super().__init__(code)
        self.re = re


def decode_envelope(frame: str) -> Envelope:
    """Return the envelope of a text frame. Raises Unreadable with `message.bad` or `message.too_large`."""
    if len(frame) > FRAME_BYTES:
        raise Unreadable(Code.TOO_LARGE, _find_id(frame[:FRAME_BYTES]))
    try:
        return _envelope.decode(frame)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Unreadable(Code.BAD_MESSAGE, _find_id(frame)) from error


def _find_id(frame: str) -> int | None:
    """Return the id of a frame that could not be read, so that its sender learns which command not to send again.

    Most clients write it first, and then it is found whatever comes after it. Else it is looked for with Python's own
    reader, which takes half characters, NaN and numbers without end.
    """
    found = _id_in_front.match(frame)
    if found is None:
        try:
            read = json.loads(frame)
        except (ValueError, RecursionError):
            return None
        number = read.get("id") if isinstance(read, dict) else None
    else:
        number = int(found[1])
    return number if type(number) is int and 0 <= number <= 2**53 else None


def _decoder_of(do: str) -> msgspec.json.Decoder[Command] | None:
    """Return the decoder of a command whose kind was registered after this module was loaded."""
    command = command_called(do)
    return None if command is None else msgspec.json.Decoder(command)


def decode_content(envelope: Envelope) -> Message:
    """Return the typed content. Raises Refused with `command.unknown` or `message.bad`."""
    decoder: msgspec.json.Decoder[Message] | None
    if envelope.do == "hello":
        decoder = _hello  # type: ignore[assignment]
    elif envelope.do == "ping":
        decoder = _ping  # type: ignore[assignment]
    else:
        decoder = _decoders_by_name.get(envelope.do) or _decoder_of(envelope.do)  # type: ignore[assignment]
    if decoder is None:
        raise Refused(Code.UNKNOWN_COMMAND)
    try:
        return decoder.decode(envelope.with_)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Refused(Code.BAD_MESSAGE) from error


def refusal(re: int | None, refused: Refused, retry: bool) -> str:
    """Return the error frame in the active language."""
    error = Error(code=refused.code, message=refused.sentence(), retry=retry, fields=refused.fields)
    return encode(Refusal(re=re, error=error)).decode()
