"""The protocol's types in TypeScript, generated from the structs that the server decodes and encodes with."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

import msgspec
from msgspec import inspect

from ..domain import documents, wire_events
from ..domain.verbs import CONSOLE_VERBS, PHONE_VERBS, Verb
from ..enums import Aspect, Audience, Reason, SessionKind, Source, StepKind, StepState
from ..errors import Code
from . import protocol

ENUMS: tuple[type[Enum], ...] = (Aspect, Audience, Reason, SessionKind, Source, StepKind, StepState, Code)
PACKED = {protocol.PackedWelcome, protocol.PackedWelcomeAnswer}
HEAD = "// Generated from sessions/live/protocol.py by `make types`; a test fails when this file is stale.\n"


def render() -> str:
    """Return the whole file."""
    return HEAD + "\n" + "\n".join(_declarations()) + "\n"


def _declarations() -> Iterator[str]:
    for enum in ENUMS:
        members = " | ".join(f'"{member.value}"' for member in enum)
        yield f"export type {enum.__name__} = {members};"
    structs = [
        *_structs(documents, msgspec.Struct),
        *_structs(wire_events, msgspec.Struct),
        *_structs(protocol, msgspec.Struct),
        *PHONE_VERBS,
        *CONSOLE_VERBS,
    ]
    for struct in dict.fromkeys(structs):
        yield _interface(struct)
    for name, union in (("SharedEvent", wire_events.SharedEvent), ("OwnEvent", wire_events.OwnEvent)):
        yield f"export type {name} = {' | '.join(member.__name__ for member in union.__args__)};"
    for name, verbs in (("PhoneVerbs", PHONE_VERBS), ("ConsoleVerbs", CONSOLE_VERBS)):
        fields = " ".join(f'"{verb.do}": {verb.__name__};' for verb in verbs)
        yield f"export interface {name} {{ {fields} }}"


def _structs(module: object, base: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    bases = {msgspec.Struct, documents.Document, wire_events.WireEvent, Verb}
    for value in vars(module).values():
        is_ours = isinstance(value, type) and issubclass(value, base) and value not in bases | PACKED
        if is_ours and value.__module__ == getattr(module, "__name__", ""):
            yield value


def _interface(struct: type[msgspec.Struct]) -> str:
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    lines = []
    if info.tag is not None:
        lines.append(f'  {info.tag_field}: "{info.tag}";')
    for field in info.fields:
        optional = "" if field.required or _always_sent(struct) else "?"
        lines.append(f"  {field.encode_name}{optional}: {_type(field.type)};")
    body = "\n".join(lines)
    return f"export interface {struct.__name__} {{\n{body}\n}}" if lines else f"export type {struct.__name__} = object;"


def _always_sent(struct: type[msgspec.Struct]) -> bool:
    """Whether the server writes a field even when it has its default."""
    inbound = issubclass(struct, Verb) or struct in (protocol.Envelope, protocol.Hello, protocol.Ping)
    return not inbound and not struct.__struct_config__.omit_defaults


def _type(kind: inspect.Type) -> str:
    match kind:
        case inspect.StrType() | inspect.UUIDType():
            return "string"
        case inspect.LiteralType():
            return " | ".join(f'"{value}"' for value in kind.values)
        case inspect.IntType() | inspect.FloatType():
            return "number"
        case inspect.BoolType():
            return "boolean"
        case inspect.NoneType():
            return "null"
        case inspect.EnumType():
            return kind.cls.__name__
        case inspect.CustomType() if issubclass(kind.cls, Enum):  # Django's choices
            return kind.cls.__name__
        case inspect.StructType():
            return kind.cls.__name__
        case inspect.ListType():
            return f"{_wrapped(kind.item_type)}[]"
        case inspect.DictType():
            return f"Record<string, {_type(kind.value_type)}>"
        case inspect.UnionType():
            return " | ".join(dict.fromkeys(_type(member) for member in kind.types if not _is_unset(member)))
        case _:
            return "unknown"


def _is_unset(kind: inspect.Type) -> bool:
    """Whether it only says that a field may be left out."""
    return isinstance(kind, inspect.CustomType) and kind.cls is msgspec.UnsetType


def _wrapped(kind: inspect.Type) -> str:
    text = _type(kind)
    return f"({text})" if " | " in text else text
