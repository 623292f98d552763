"""The protocol's types in TypeScript, generated from the structs that the server decodes and encodes with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import msgspec
from msgspec import inspect

from .. import limits
from ..ballots import all_ballots
from ..domain import documents, wire_events
from ..domain.command import Command, Outbox
from ..domain.commands import MarkGiven, NewItem, StepFields
from ..enums import Pace
from . import protocol
from .wire_structs import (
    COMMAND_TYPES,
    CONSOLE,
    ENUMS,
    PHONE,
    SETTINGS,
    SHARED_PARTS,
    Struct,
    enum_of,
    fields_of,
    is_settings,
    members_of,
    structs_of,
)

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
        *SETTINGS.values(),
        *PHONE,
        *CONSOLE,
    ]
    for struct in dict.fromkeys(structs):
        yield _interface(struct)
    for name, union in (("SharedEvent", wire_events.SharedEvent), ("OwnEvent", wire_events.OwnEvent)):
        yield f"export type {name} = {' | '.join(member.__name__ for member in union.__args__)};"
    for name, commands in (("PhoneCommands", PHONE), ("ConsoleCommands", CONSOLE)):
        fields = " ".join(f'"{command.do}": {command.__name__};' for command in commands)
        yield f"export interface {name} {{ {fields} }}"
    yield from _numbers()
    yield from _settings()
    yield from _outbox()


def _numbers() -> Iterator[str]:
    """Yield the limits that server and screens share: characters, minutes, milliseconds, days."""
    yield f"export const CARD_LENGTH = {limits.CARD_LENGTH};"
    yield f"export const WORD_LENGTH = {limits.WORD_LENGTH};"
    yield f"export const ITEM_LENGTH = {limits.ITEM_LENGTH};"
    yield f"export const DOCUMENT_LENGTH = {limits.DOCUMENT_LENGTH};"
    yield f"export const MOST_ITEMS = {limits.MOST_ITEMS};"
    yield f"export const MOST_OPTIONS = {limits.MOST_OPTIONS};"
    yield f"export const ITEMS_AT_ONCE = {limits.ITEMS_AT_ONCE};"
    yield f"export const MOST_PRICE = {limits.MOST_PRICE};"
    yield f"export const TITLE_LENGTH = {limits.TITLE_LENGTH};"
    yield f"export const NOTES_LENGTH = {limits.NOTES_LENGTH};"
    yield f"export const MESSAGE_LENGTH = {limits.MESSAGE_LENGTH};"
    yield f"export const PROMPT_LENGTH = {limits.PROMPT_LENGTH};"
    yield f"export const BODY_LENGTH = {limits.BODY_LENGTH};"
    yield f"export const MOST_SIMULATED = {limits.MOST_SIMULATED};"
    yield f"export const SIMULATED_MINUTES = {limits.SIMULATED_MINUTES};"
    yield f"export const PACES = {_json([pace.value for pace in Pace])} as const;"
    yield f"export const MOST_MINUTES = {limits.MOST_MINUTES};"
    yield f"export const GRACE_MS = {limits.GRACE // dt.timedelta(milliseconds=1)};"
    yield f"export const UNDO_MS = {limits.UNDO // dt.timedelta(milliseconds=1)};"
    yield f'export const EARLIEST = "{limits.EARLIEST}";'
    yield f'export const LATEST = "{limits.LATEST}";'


def _settings() -> Iterator[str]:
    """Yield the settings of each kind, what a new step begins with, and the limits of their numbers."""
    fields = " ".join(f"{key}: {struct.__name__};" for key, struct in SETTINGS.items())
    yield f"export interface StepSettings {{ {fields} }}"
    # Kinds may have a setting of the same name with other values: it may then be any of them.
    yield "type KeysOf<Each> = Each extends unknown ? keyof Each : never;"
    yield "type ValueOf<Each, Key extends PropertyKey> = Each extends Record<Key, infer Value> ? Value : never;"
    yield "type EachSettings = StepSettings[StepKind];"
    yield "export type AnySettings = { [Key in KeysOf<EachSettings>]?: ValueOf<EachSettings, Key> };"
    defaults = {key: msgspec.to_builtins(struct()) for key, struct in SETTINGS.items()}
    yield f"export const DEFAULT_SETTINGS: StepSettings = {_json(defaults)};"
    least_most = {key: dict(_limits(struct)) for key, struct in SETTINGS.items()}
    yield f"export const SETTING_LIMITS: Record<StepKind, Record<string, [number, number]>> = {_json(least_most)};"
    yield from _ballots()


def _ballots() -> Iterator[str]:
    """Yield the rules of each ballot in the same way: what a new vote begins with, and the limits of its numbers."""
    rules = {kind.key: kind.Rules for kind in all_ballots()}
    yield f"export type AnyRules = {' | '.join(struct.__name__ for struct in rules.values())};"
    yield 'export type BallotKey = AnyRules["ballot"];'
    defaults = {key: msgspec.to_builtins(struct()) for key, struct in rules.items()}
    types = " ".join(f"{key}: {struct.__name__};" for key, struct in rules.items())
    yield f"export const DEFAULT_RULES: {{ {types} }} = {_json(defaults)};"
    least_most = {key: dict(_limits(struct)) for key, struct in rules.items()}
    yield f"export const RULE_LIMITS: Record<BallotKey, Record<string, [number, number]>> = {_json(least_most)};"


def _limits(struct: Struct) -> Iterator[tuple[str, tuple[int, int]]]:
    for field in fields_of(struct):
        for kind in members_of(field.kind):
            if isinstance(kind, inspect.IntType) and kind.ge is not None and kind.le is not None:
                yield field.name, (kind.ge, kind.le)


def _outbox() -> Iterator[str]:
    """Yield how commands are kept until they are answered, of those that are kept in another way than most."""
    yield (
        "export interface OutboxRule { collapses: string[]; told: string[] | null; untold: string[];"
        " expires: number | null }"
    )
    yield f"export const OUTBOX_DEFAULT: OutboxRule = {_json(_rule(Outbox()))};"
    rules = {
        command.do: _rule(command.outbox) for command in dict.fromkeys(COMMAND_TYPES) if command.outbox != Outbox()
    }
    yield f"export const OUTBOX: Record<string, OutboxRule> = {_json(rules)};"


def _rule(outbox: Outbox) -> dict[str, object]:
    return {
        "collapses": outbox.collapses,
        "told": outbox.told,
        "untold": outbox.untold,
        "expires": outbox.expires_ms,
    }


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


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
    inbound = issubclass(struct, Command) or struct in (
        protocol.Envelope,
        protocol.Hello,
        protocol.Ping,
        protocol.PollRequest,
        MarkGiven,
        NewItem,
        StepFields,
    )
    return not inbound and not struct.__struct_config__.omit_defaults


def type_text(kind: inspect.Type, name: Name = lambda cls: cls.__name__) -> str:
    """Return a type as TypeScript writes it. `name`: what a struct or an enum is called."""
    if enum := enum_of(kind):
        return name(enum)
    if is_settings(kind):
        return "AnySettings"
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
        case inspect.ListType() | inspect.VarTupleType():
            return f"{_wrapped(type_text(kind.item_type, name))}[]"
        case inspect.DictType():
            return f"Record<string, {type_text(kind.value_type, name)}>"
        case inspect.UnionType():
            return " | ".join(dict.fromkeys(type_text(member, name) for member in members_of(kind)))
        case _:
            return "unknown"


def _wrapped(text: str) -> str:
    return f"({text})" if " | " in text else text
