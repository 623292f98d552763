"""The tables and shapes of docs/protocol.md, generated from the structs and put between markers in the text."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator

import msgspec
from msgspec import inspect

from ..domain import documents
from ..domain.command import Command
from ..kinds import KINDS
from . import protocol
from .typescript import type_text
from .wire_structs import (
    COMMAND_TYPES,
    CONSOLE,
    ENUMS,
    OWN_EVENTS,
    PHONE,
    SHARED_EVENTS,
    SHARED_PARTS,
    Field,
    Struct,
    enum_of,
    fields_of,
    is_settings,
    members_of,
    name_of,
    structs_of,
    summary_of,
    tag_of,
)

WIDTH = 116
_NOTE_AT = 34
_MARKED = re.compile(r"(<!-- generated: ([a-z ]+) -->\n).*?(<!-- end -->)", flags=re.DOTALL)
_ID = "^[0-9a-z]{12}$"


def fill(text: str, *, api: Iterable[Struct], requests: Collection[Struct]) -> str:
    """Return the text with what stands between its markers made anew. `api`: the structs of the HTTP API; `requests`:
    those of them that a client sends.
    """
    parts: dict[str, Callable[[], Iterator[str]]] = {
        "commands of a phone": lambda: _commands(PHONE),
        "commands of a console": lambda: _commands(CONSOLE),
        "fields": _field_table,
        "settings": _settings_table,
        "events": lambda: _events(SHARED_EVENTS),
        "own events": lambda: _events(OWN_EVENTS),
        "documents": lambda: _shapes([*SHARED_PARTS, *structs_of(documents)]),
        "frames": lambda: _shapes(structs_of(protocol)),
        "api": lambda: _shapes(api, requests=requests),
        "words": _word_lists,
    }
    found = _MARKED.findall(text)
    missing = parts.keys() - {name for _, name, _ in found}
    if missing:
        raise ValueError(f"docs/protocol.md has no markers for {', '.join(sorted(missing))}")
    return _MARKED.sub(lambda match: match[1] + "\n" + "\n".join(parts[match[2]]()) + "\n\n" + match[3], text)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells).replace("|  |", "| |") + " |"


def _commands(commands: Iterable[type[Command]]) -> Iterator[str]:
    yield "| command | fields | |"
    yield "|---|---|---|"
    for command in commands:
        yield _row(f"`{command.do}`", ", ".join(_told(field) for field in fields_of(command)), summary_of(command))


def _told(field: Field) -> str:
    if not field.may_be_absent:
        return f"`{field.name}`"
    if field.default in (None, ""):
        return f"`{field.name}`?"
    default = str(field.default).lower() if isinstance(field.default, bool) else field.default
    return f"`{field.name}`? ({default})"


def _field_table() -> Iterator[str]:
    yield "| field | type and limits | of |"
    yield "|---|---|---|"
    uses: dict[tuple[str, str], list[str]] = {}
    for command in COMMAND_TYPES:
        for field in fields_of(command):
            uses.setdefault((field.name, _limits(field.kind)), []).append(command.do)
    rows: dict[tuple[str, str], list[str]] = {}
    for (name, limits), commands in uses.items():
        rows.setdefault((limits, ", ".join(f"`{do}`" for do in commands)), []).append(f"`{name}`")
    for (limits, of), names in rows.items():
        yield _row(", ".join(names), limits, of)


def _settings_table() -> Iterator[str]:
    yield "| kind | setting | type and limits | default | |"
    yield "|---|---|---|---|---|"
    for kind in KINDS:
        fields = fields_of(kind.Settings)
        for field in fields:
            default = msgspec.json.encode(field.default).decode()
            yield _row(f"`{kind.key}`", f"`{field.name}`", _limits(field.kind), default, field.note)
        if not fields:
            yield _row(f"`{kind.key}`", "none", "", "", "")


def _limits(kind: inspect.Type) -> str:
    return " or ".join(_limit(member) for member in members_of(kind))


def _limit(kind: inspect.Type) -> str:
    if enum := enum_of(kind):
        return ", ".join(f'`"{member.value}"`' for member in enum)
    if is_settings(kind):
        return "settings of the step's kind"
    match kind:
        case inspect.StrType(pattern=pattern) if pattern == _ID:
            return "id"
        case inspect.StrType():
            return f"text of at most {kind.max_length:,}" if kind.max_length is not None else "text"
        case inspect.IntType():
            return f"whole number, {_number(kind.ge)} to {_number(kind.le)}"
        case inspect.BoolType():
            return "true or false"
        case inspect.NoneType():
            return "null"
        case inspect.ListType() | inspect.VarTupleType():
            each = _limits(kind.item_type)
            what = "ids" if each == "id" else f"({each})"
            return f"list of {_number(kind.min_length or 0)} to {_number(kind.max_length)} {what}"
        case inspect.DictType():
            most = "" if kind.max_length is None else f"at most {_number(kind.max_length)} "
            return f"{most}{_limits(kind.key_type)}s, each with a {_limits(kind.value_type)}"
        case inspect.StructType():
            if tag_of(kind.cls):
                return f"`{name_of(kind.cls)}`"
            return ", ".join(f"`{field.name}`: {_limits(field.kind)}" for field in fields_of(kind.cls))
        case inspect.LiteralType():
            return ", ".join(f'`"{value}"`' for value in kind.values)
        case _:
            raise TypeError(f"no words for {kind}")


def _number(limit: int | float | None) -> str:
    if limit is not None and abs(limit) == 2**53:
        return "2^53" if limit > 0 else "−2^53"
    return "…" if limit is None else f"{int(limit):,}".replace("-", "−")


def _events(events: Iterable[Struct]) -> Iterator[str]:
    yield "| event | fields | what to do |"
    yield "|---|---|---|"
    for event in events:
        tag = tag_of(event)
        assert tag is not None
        fields = (f"`{field.name}`: {_text(field)}" for field in fields_of(event) if field.name != "seq")
        yield _row(f"`{tag[1]}`", ", ".join(fields), summary_of(event))


def _text(field: Field) -> str:
    text = type_text(field.kind, name_of)
    for name, events in (("SharedEvent", SHARED_EVENTS), ("OwnEvent", OWN_EVENTS)):
        text = text.replace(f"({' | '.join(name_of(event) for event in events)})", name)
    return text


def _shapes(structs: Iterable[Struct], *, requests: Collection[Struct] = ()) -> Iterator[str]:
    yield "```ts"
    for number, struct in enumerate(structs):
        if number:
            yield ""
        for line in textwrap.wrap(summary_of(struct), WIDTH - 3):
            yield f"// {line}"
        yield from _shape(struct, is_request=struct in requests or None)
    yield "```"


def _shape(struct: Struct, *, is_request: bool | None) -> Iterator[str]:
    tag, fields = tag_of(struct), fields_of(struct, is_request=is_request)
    if not fields:
        inside = f' {tag[0]}: "{tag[1]}" ' if tag else ""
        yield f"interface {name_of(struct)} {{{inside}}}"
        return
    yield f"interface {name_of(struct)} {{"
    if tag:
        yield f'  {tag[0]}: "{tag[1]}"'
    for field in fields:
        line = f"  {field.name}{'?' if field.may_be_absent else ''}: {_text(field)}"
        note = " ".join([field.note, *(f"{told.capitalize()}." for told in _bounds(field))]).strip()
        beside = f"{line:<{_NOTE_AT}} // {note}"
        if not note:
            yield line
        elif len(beside) <= WIDTH and len(line) <= _NOTE_AT:
            yield beside
        else:
            for part in textwrap.wrap(note, WIDTH - 5):
                yield f"  // {part}"
            yield line
    yield "}"


def _bounds(field: Field) -> Iterator[str]:
    """Yield the limits of a field that a client sends; what the server sends has none."""
    for kind in members_of(field.kind):
        if isinstance(kind, inspect.IntType) and kind.ge is not None:
            yield f"{_number(kind.ge)} to {_number(kind.le)}"
        elif isinstance(kind, inspect.StrType) and kind.max_length is not None:
            yield "an id" if kind.pattern == _ID else f"at most {kind.max_length:,}"


def _word_lists() -> Iterator[str]:
    yield "```ts"
    for enum in ENUMS:
        if enum.__name__ != "Code":  # the table of errors tells them
            members = " | ".join(f'"{member.value}"' for member in enum)
            yield f"type {enum.__name__} = {members}"
    yield "```"
