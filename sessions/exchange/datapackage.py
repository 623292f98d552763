"""datapackage.json: what the tables beside it hold, for programs that read Frictionless data packages.

Source: Data Package and Table Schema, version 1 (https://specs.frictionlessdata.io).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from .scope import Scope
from .table import CellType, Column, Table

NAME = "datapackage.json"
_FORMATS = {CellType.MOMENT: "%Y-%m-%dT%H:%M:%S.%fZ"}


def write_datapackage(scope: Scope, tables: Sequence[Table]) -> Iterator[bytes]:
    """Yield the file: one piece. `tables`: those that this role gets."""
    session = scope.session
    package = {
        "profile": "tabular-data-package",
        "name": session.code.lower(),
        "title": session.title_en or session.title_nl,
        "resources": [_describe(table, scope, {other.title for other in tables}) for table in tables],
    }
    yield (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _describe(table: Table, scope: Scope, there: set[str]) -> dict[str, Any]:
    columns = table.columns_for(scope)
    keys = {column.key for column in columns}
    schema: dict[str, Any] = {
        "fields": [_describe_column(column) for column in columns],
        "missingValues": [""],
        "primaryKey": list(table.unique),
    }
    # No foreign key to a table that this role does not get.
    if refers := [found for found in table.refers if found.table in there and found.column in keys]:
        schema["foreignKeys"] = [
            {"fields": [found.column], "reference": {"resource": found.table, "fields": [found.column]}}
            for found in refers
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.title,
        "path": table.name,
        "description": table.en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }


def _describe_column(column: Column) -> dict[str, Any]:
    found = {"name": column.key, "type": column.type.value, "description": column.en, "description_nl": column.nl}
    return found | ({"format": _FORMATS[column.type]} if column.type in _FORMATS else {})
