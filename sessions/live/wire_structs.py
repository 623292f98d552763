"""What is on the wire, as lists: the structs, their public names, and what their docstrings say of each field.

The TypeScript types, the JSON Schema and the tables of docs/protocol.md are written from it.
"""

from __future__ import annotations

import ast
import inspect as source
import textwrap
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

from .. import enums
from ..ballots import ON_THE_WIRE
from ..domain import documents, wire_events
from ..domain.commands import CONSOLE_COMMANDS, PHONE_COMMANDS, Command, MarkGiven, NewItem, StepFields
from ..domain.kind import Settings, commands_of
from ..enums import ActorKind, Pace, Role
from ..errors import Code
from ..kinds import KINDS, Keys
from . import protocol

Struct = type[msgspec.Struct]

_UNSHOWN = {ActorKind, Pace, Role}
"""Of the tables, not of the wire."""
_WORDS = [value for value in vars(enums).values() if isinstance(value, type) and value.__module__ == enums.__name__]
ENUMS: tuple[type[Enum], ...] = (*sorted({*_WORDS, Keys} - _UNSHOWN, key=lambda enum: enum.__name__), Code)
PHONE: tuple[type[Command], ...] = (*PHONE_COMMANDS, *commands_of(ActorKind.PARTICIPANT))
CONSOLE: tuple[type[Command], ...] = (*CONSOLE_COMMANDS, *commands_of(ActorKind.MEMBER))
"""With those that step kinds brought."""
COMMAND_TYPES: tuple[type[Command], ...] = (*PHONE, *CONSOLE)
SETTINGS: dict[str, Struct] = {kind.key: kind.Settings for kind in KINDS}
SHARED_EVENTS: tuple[type[wire_events.WireEvent], ...] = wire_events.SharedEvent.__args__
OWN_EVENTS: tuple[type[wire_events.WireEvent], ...] = wire_events.OwnEvent.__args__
FROM_CLIENT: frozenset[Struct] = frozenset(
    {
        protocol.Envelope,
        protocol.Hello,
        protocol.Ping,
        protocol.HeldAnswers,
        protocol.PollRequest,
        MarkGiven,
        NewItem,
        StepFields,
    }
)
SHARED_PARTS: tuple[Struct, ...] = (
    *ON_THE_WIRE,
    *(part for kind in KINDS for part in kind.parts),
    MarkGiven,
    NewItem,
    StepFields,
)
"""Parts of documents and commands that are written elsewhere."""
PACKED = {protocol.PackedWelcome, protocol.PackedWelcomeReply}
"""The same on the wire as those without Packed."""
_BASES = {msgspec.Struct, documents.Document, wire_events.WireEvent, Command}
_NAMES: dict[type, str] = {protocol.Done: "Stored"}
"""Where the class's name without Doc is another one's."""


class Field(NamedTuple):
    name: str
    kind: inspect.Type
    may_be_absent: bool
    default: Any
    """What it is when it is absent; None also when there is no default."""
    note: str


def structs_of(module: object) -> Iterator[Struct]:
    """Yield the structs that a module or a package defines, without bases and packed doubles."""
    for value in vars(module).values():
        is_ours = isinstance(value, type) and issubclass(value, msgspec.Struct) and value not in _BASES | PACKED
        name = getattr(module, "__name__", "")
        if is_ours and (value.__module__ == name or value.__module__.startswith(f"{name}.")):
            yield value


def name_of(cls: type) -> str:
    """Return the name by which docs and schema call a struct or an enum."""
    return _NAMES.get(cls) or cls.__name__.removesuffix("Doc")


def tag_of(struct: Struct) -> tuple[str, str] | None:
    """Return the field that tells a tagged struct, and its value."""
    config = struct.__struct_config__
    return (str(config.tag_field), str(config.tag)) if config.tag is not None else None


def summary_of(struct: Struct) -> str:
    """Return the docstring as one line, empty when there is none."""
    text = struct.__dict__.get("__doc__") or ""
    return " ".join(text.split())


def is_from_client(struct: Struct) -> bool:
    return issubclass(struct, Command | Settings) or struct in FROM_CLIENT


def fields_of(struct: Struct, *, is_request: bool | None = None) -> list[Field]:
    """Return the fields. What the server sends is always whole, unless the struct leaves out defaults."""
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    omits = bool(struct.__struct_config__.omit_defaults)
    request = is_from_client(struct) if is_request is None else is_request
    notes = notes_of(struct)
    fields = []
    for field in info.fields:
        may_be_absent = not field.required and (request or omits)
        kind = _without_null(field.type) if omits and field.default is None else field.type
        default = None if field.default in (msgspec.NODEFAULT, msgspec.UNSET) else field.default
        fields.append(Field(field.encode_name, kind, may_be_absent, default, notes.get(field.name, "")))
    return fields


def members_of(kind: inspect.Type) -> list[inspect.Type]:
    """Return what a union may be, without the mark that a field may be left out; else the type itself."""
    if not isinstance(kind, inspect.UnionType):
        return [kind]
    return [member for member in kind.types if not _is_unset(member)]


def is_settings(kind: inspect.Type) -> bool:
    """Whether it is what is set of a step: one of `SETTINGS`, by the step's kind."""
    return isinstance(kind, inspect.Metadata) and kind.extra == {"words": "StepSettings"}


def enum_of(kind: inspect.Type) -> type[Enum] | None:
    """Return the enum; Django's choices are one as well, and so are the names of the step kinds."""
    if isinstance(kind, inspect.Metadata) and kind.extra == {"words": "StepKind"}:
        return Keys
    if isinstance(kind, inspect.EnumType):
        return kind.cls
    if isinstance(kind, inspect.CustomType) and issubclass(kind.cls, Enum):
        return kind.cls
    return None


@lru_cache
def notes_of(struct: Struct) -> dict[str, str]:
    """Return what is written under the fields, from the source: Python keeps no docstring of an attribute."""
    body = ast.parse(textwrap.dedent(source.getsource(struct))).body[0]
    assert isinstance(body, ast.ClassDef)
    notes = {}
    for field, text in zip(body.body, body.body[1:], strict=False):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(note))):
                notes[name] = " ".join(note.split())
    return notes


def _without_null(kind: inspect.Type) -> inspect.Type:
    """A default of null that is left out is never sent."""
    members = [member for member in members_of(kind) if not isinstance(member, inspect.NoneType)]
    return members[0] if len(members) == 1 else inspect.UnionType(tuple(members))


def _is_unset(kind: inspect.Type) -> bool:
    return isinstance(kind, inspect.CustomType) and kind.cls is msgspec.UnsetType
