"""The protocol's types in TypeScript, generated from the structs that the server decodes and encodes with."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import inspect

from ..domain import documents, wire_events
from ..domain.verbs import CONSOLE_VERBS, PHONE_VERBS, MarkGiven, Verb
from . import protocol
from .catalogue import ENUMS, SHARED_PARTS, Struct, enum_of, members_of, structs_of

HEAD = "// Generated from sessions/live/protocol.py by `make types`; a test fails when this file is stale.\n"

Name = Callable[[type], str]


def render() -> str:
    """Return the whole file."""
    return HEAD + "\n" + "\n".join(_declarations()) + "\n"


def _declarations() -> Iterator[str]:
    for enum in ENUMS:
        members = " | ".join(f'"{member.value}"' for member in enum)
        yield f"export type {enum.__name__} = {members};"
    structs = [
        *SHARED_PARTS,
        *structs_of(documents),
        *structs_of(wire_events),
        *structs_of(protocol),
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


def _interface(struct: Struct) -> str:
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    lines = []
    if info.tag is not None:
        lines.append(f'  {info.tag_field}: "{info.tag}";')
    for field in info.fields:
        optional = "" if field.required or _always_sent(struct) else "?"
        lines.append(f"  {field.encode_name}{optional}: {type_text(field.type)};")
    body = "\n".join(lines)
    return f"export interface {struct.__name__} {{\n{body}\n}}" if lines else f"export type {struct.__name__} = object;"


def _always_sent(struct: Struct) -> bool:
    """Whether the server writes a field even when it has its default."""
    inbound = issubclass(struct, Verb) or struct in (
        protocol.Envelope,
        protocol.Hello,
        protocol.Ping,
        protocol.LineAsk,
        MarkGiven,
    )
    return not inbound and not struct.__struct_config__.omit_defaults


def type_text(kind: inspect.Type, name: Name = lambda cls: cls.__name__) -> str:
    """Return a type as TypeScript writes it. `name`: what a struct or an enum is called."""
    if enum := enum_of(kind):
        return name(enum)
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
        case inspect.StructType():
            return name(kind.cls)
        case inspect.ListType():
            return f"{_wrapped(type_text(kind.item_type, name))}[]"
        case inspect.DictType():
            return f"Record<string, {type_text(kind.value_type, name)}>"
        case inspect.UnionType():
            return " | ".join(dict.fromkeys(type_text(member, name) for member in members_of(kind)))
        case _:
            return "unknown"


def _wrapped(text: str) -> str:
    return f"({text})" if " | " in text else text
