"""Settings that differ from the default, drawn from the struct of a kind: the conformance suite carries them around."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import msgspec
from msgspec import inspect

from sessions.domain.kind import StepKind

Kind = StepKind[Any]
_number = count()
"""No two texts are the same: what people tell apart by its words may not be there twice."""


def other_settings(kind: Kind) -> Iterator[dict[str, Any]]:
    """Yield settings that differ from the default: one field each, and all together."""
    whole: dict[str, Any] = {}
    for field in inspect.type_info(kind.Settings).fields:  # type: ignore[attr-defined]
        found = field.type.types if isinstance(field.type, inspect.UnionType) else [field.type]
        for one in found:
            if isinstance(one, inspect.BoolType):
                whole[field.encode_name] = not field.default
            elif isinstance(one, inspect.IntType):
                whole[field.encode_name] = one.le
            elif isinstance(one, inspect.LiteralType):
                whole[field.encode_name] = next(value for value in one.values if value != field.default)
            elif isinstance(one, inspect.StrType):
                whole[field.encode_name] = "Anders"
            elif isinstance(one, inspect.VarTupleType) and isinstance(one.item_type, inspect.StructType):
                whole[field.encode_name] = [msgspec.to_builtins(other_struct(one.item_type.cls)) for _ in range(2)]
            elif isinstance(one, inspect.StructType):
                # Of several structs, each in turn, with numbers and words that are not the default.
                # As JSON has them: a list where the struct has a tuple.
                whole[field.encode_name] = msgspec.json.decode(msgspec.json.encode(other_struct(one.cls)))
                yield {field.encode_name: whole[field.encode_name]}
    yield from ({name: value} for name, value in whole.items())
    # All together, as far as they may be: rules of another mode are as if they were not set.
    yield msgspec.json.decode(msgspec.json.encode(kind.complete(whole)))


def other_struct(cls: type[msgspec.Struct]) -> msgspec.Struct:
    """Return a struct whose fields differ from their defaults, as far as they may together."""
    changed: dict[str, Any] = {}
    for field in inspect.type_info(cls).fields:  # type: ignore[attr-defined]
        found = field.type.types if isinstance(field.type, inspect.UnionType) else [field.type]
        for one in found:
            other: Any = field.default
            if isinstance(one, inspect.BoolType):
                other = not field.default
            elif isinstance(one, inspect.IntType):
                other = one.le
            elif isinstance(one, inspect.StrType):
                other = f"Anders {next(_number)}"
            elif isinstance(one, inspect.StructType):
                other = _other_words(one.cls)
            # A scale from 10 to 10 is none.
            with suppress(ValueError):
                cls(**changed | {field.name: other})
                changed[field.name] = other
    return cls(**changed)


def _other_words(cls: type[msgspec.Struct]) -> msgspec.Struct:
    """Return a struct of texts, or of such structs."""
    fields = inspect.type_info(cls).fields  # type: ignore[attr-defined]
    changed: dict[str, Any] = {}
    for field in fields:
        if isinstance(field.type, inspect.StructType):
            changed[field.name] = _other_words(field.type.cls)
        elif isinstance(field.type, inspect.StrType):
            changed[field.name] = f"Anders {next(_number)}"
    return cls(**changed)
