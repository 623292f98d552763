"""What all readers of others' files share: a size that is checked before anything is opened, and what is wrong."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

MOST_BYTES = 100_000_000


class Unreadable(Exception):
    """The file is not of its format. The message is for whoever runs the command."""


def read_text(path: Path) -> str:
    """Return a file's text. Raises Unreadable."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable(f"{path} is larger than {MOST_BYTES // 1_000_000} MB")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path} is not UTF-8") from error


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file by their headings. Raises Unreadable."""
    rows = csv.DictReader(io.StringIO(read_text(path), newline=""))
    found = []
    try:
        for row in rows:
            if None in row or None in row.values():
                raise Unreadable(f"{path}, line {rows.line_num}: not as many cells as headings")
            found.append(row)
    except csv.Error as error:
        raise Unreadable(f"{path}, line {rows.line_num}: {error}") from error
    return found


def read_json(path: Path) -> Any:
    """Return the content of a JSON file. Raises Unreadable."""
    try:
        return json.loads(read_text(path))
    except ValueError as error:
        raise Unreadable(f"{path} is no JSON: {error}") from error


def read_number(cell: str) -> int | None:
    """Return a whole number; None where the cell holds none. "3.0" is 3, as some programs write it."""
    try:
        return int(cell)
    except ValueError:
        pass
    try:
        value = float(cell)
    except ValueError:
        return None
    return int(value) if value.is_integer() else None
