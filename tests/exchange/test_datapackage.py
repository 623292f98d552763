"""datapackage.json: the fields of every table, the keys that hold, and the references that lead somewhere."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sessions.enums import Role

from .scene import Scene, make_evening

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening() -> Scene:
    return make_evening()


def export(which: str, form: str, out: Path, role: Role = Role.CORE) -> Path:
    call_command("export_data", which, "--format", form, "--out", str(out), "--role", role.value)
    return out


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def find_faults(folder: Path) -> list[str]:
    """Return where the files are not what the package says: fields, types, keys, references."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    rows = {resource["name"]: read_rows(folder / resource["path"]) for resource in package["resources"]}
    faults = []
    for resource in package["resources"]:
        name, schema = resource["name"], resource["schema"]
        fields = {field["name"]: field["type"] for field in schema["fields"]}
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            if next(csv.reader(file)) != list(fields):
                faults.append(f"{name}: other fields")
        faults += [
            f"{name}: {key} is {row[key]!r}"
            for row in rows[name]
            for key, kind in fields.items()
            if row[key] and not is_of(kind, row[key])
        ]
        keys = [tuple(row[key] for key in schema["primaryKey"]) for row in rows[name]]
        faults += [f"{name}: {key} names {keys.count(key)} rows" for key in sorted(set(keys)) if keys.count(key) > 1]
        for foreign in schema.get("foreignKeys", []):
            faults += find_orphans(name, foreign, rows)
    return faults


def find_orphans(name: str, foreign: Mapping[str, Any], rows: Mapping[str, list[dict[str, str]]]) -> list[str]:
    (own,), (other,) = foreign["fields"], foreign["reference"]["fields"]
    there = {row[other] for row in rows[foreign["reference"]["resource"]]}
    return [f"{name}: no {own} {row[own]}" for row in rows[name] if row[own] and row[own] not in there]


def is_of(kind: str, cell: str) -> bool:
    match kind:
        case "integer":
            return cell.lstrip("-").isdigit()
        case "number":
            return cell.replace(".", "", 1).lstrip("-").isdigit()
        case "boolean":
            return cell in ("true", "false")
        case "date":
            return len(cell) == 10 and cell[4] == cell[7] == "-"
        case "datetime":
            return len(cell) == 24 and cell.endswith("Z")
        case _:
            return True


@pytest.mark.parametrize("role", list(Role))
def test_what_the_package_says_holds(evening: Scene, tmp_path: Path, role: Role) -> None:
    assert evening.cards
    assert find_faults(export("KP73MX", "datapackage", tmp_path / "out", role)) == []


@pytest.mark.parametrize(
    ("file", "column", "fault"),
    [
        ("votes.csv", "participant", "votes: no participant nobody"),
        ("participants.csv", "joined_at", "participants: joined_at is 'nobody'"),
        ("results.csv", "", "names 2 rows"),
    ],
)
def test_a_planted_fault_is_found(evening: Scene, tmp_path: Path, file: str, column: str, fault: str) -> None:
    folder = export("KP73MX", "datapackage", tmp_path / "out")
    rows = read_rows(folder / file)
    broken = [rows[0] | {column: "nobody"}, *rows[1:]] if column else [*rows, rows[0]]
    with (folder / file).open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, list(rows[0]))
        writer.writeheader()
        writer.writerows(broken)
    assert any(fault in found for found in find_faults(folder))


def test_a_session_and_a_programme_are_written_in_each_form(evening: Scene, tmp_path: Path) -> None:
    slug = evening.programme.slug
    assert {path.name for path in export("kp73mx", "csv", tmp_path / "a").iterdir()} == {
        "contributions.csv",
        "participants.csv",
        "results.csv",
        "votes.csv",
        "words.csv",
    }
    assert export("KP73MX", "xlsx", tmp_path / "b" / "session.xlsx").read_bytes()[:2] == b"PK"
    assert export(slug, "xlsx", tmp_path / "programme.xlsx").read_bytes()[:2] == b"PK"
    folder = export(slug, "datapackage", tmp_path / "c")
    assert (folder / "sessions.csv").exists()
    assert find_faults(folder / "KP73MX") == []


def test_what_is_there_is_never_written_over_and_what_is_not_is_named(evening: Scene, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is there already"):
        export("KP73MX", "csv", tmp_path)
    with pytest.raises(CommandError, match="no session with the code NOBODY, and no programme with that slug"):
        export("NOBODY", "csv", tmp_path / "x")
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="cannot be written"):
        export("KP73MX", "csv", tmp_path / "file" / "x")
