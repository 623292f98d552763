"""docs/protocol.schema.json, stricter than it is: what the structs do not name is a mistake here."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from .server import ROOT

SCHEMA = ROOT / "docs" / "protocol.schema.json"


def check(name: str, document: Any) -> None:
    """Raise unless the document is what this definition says, and has no field besides."""
    _validator(name).validate(document)


def is_valid(name: str, document: Any) -> bool:
    return bool(_validator(name).is_valid(document))


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = _close(json.loads(SCHEMA.read_text()))
    assert name in schema["$defs"], f"the schema has no {name}"
    return Draft202012Validator({"$defs": schema["$defs"], "$ref": f"#/$defs/{name}"})


def _close(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_close(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _close(inner) for name, inner in schema.items()}
    if isinstance(closed.get("properties"), dict) and "type" in closed:
        closed.setdefault("additionalProperties", False)
    return closed
