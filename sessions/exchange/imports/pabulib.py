"""Pabulib: one `.pb` file of a participatory budget, in sections META, PROJECTS and VOTES (pabulib.org/format).

`vote_type` approval becomes approval, cumulative becomes points. Projects keep their cost as a price.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from ...ballots import AnyRules
from ...ballots.approve import ApproveRules
from ...ballots.points import PointsRules
from ...domain.imported import ImportedItem, ImportedPerson, ImportedRound, Refusal
from .reading import Unreadable, read_number, read_text

_SECTIONS = ("META", "PROJECTS", "VOTES")
MOST_CHOICES = 50
"""More than so many to choose is as many as one likes."""
Row = dict[str, str]


def read_pabulib(path: Path, *, groups: Mapping[str, str]) -> ImportedRound:
    """Return the vote of a file. It knows no groups: everybody counts in heads only. Raises Unreadable."""
    if groups:
        raise Unreadable("a .pb file has no groups: leave out --groups")
    sections = _read_sections(path)
    meta = {row["key"]: row["value"] for row in sections["META"]}
    refused: list[Refusal] = []
    rules = _read_rules(path, meta)
    language = "nl" if meta.get("language", "").lower() == "nl" else "en"
    items = []
    for row in sections["PROJECTS"]:
        price = read_number(row["cost"])
        if price is None:
            refused.append(Refusal(f"item {row['project_id']}", f"its cost is {row['cost']!r}, no whole number"))
        items.append(ImportedItem(row["project_id"], row.get("name", "") or row["project_id"], language, price))
    people = [_read_person(row, rules=rules, refused=refused) for row in sections["VOTES"]]
    return ImportedRound(meta.get("description") or path.stem, rules, items, people, refused)


def _read_sections(path: Path) -> dict[str, list[Row]]:
    """Return each section's rows by its headings."""
    found: dict[str, list[Row]] = {}
    section, headings = "", None
    lines = csv.reader(io.StringIO(read_text(path), newline=""), delimiter=";")
    for cells in lines:
        if not cells:
            continue
        if len(cells) == 1 and cells[0].strip().upper() in _SECTIONS:
            section, headings = cells[0].strip().upper(), None
            found[section] = []
        elif not section:
            raise Unreadable(f"{path}, line {lines.line_num}: before the first section")
        elif headings is None:
            headings = [cell.strip() for cell in cells]
        else:
            # A description may hold a ";" without quotes: cells beyond the headings are dropped.
            found[section].append(dict(zip(headings, (cell.strip() for cell in cells), strict=False)))
    needed = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}
    for name, columns in needed.items():
        if any(column not in row for row in found.get(name, [{}]) for column in columns):
            raise Unreadable(f"{path}: section {name} lacks {', '.join(columns)}")
    return found


def _read_rules(path: Path, meta: Mapping[str, str]) -> AnyRules:
    if (kind := meta.get("vote_type")) == "approval":
        most = read_number(meta.get("max_length", ""))
        return ApproveRules(most=most if most is not None and 1 <= most <= MOST_CHOICES else None)
    if kind == "cumulative":
        total = read_number(meta.get("max_sum_points", ""))
        if total is None or not 2 <= total <= 1000:
            raise Unreadable(f"{path}: max_sum_points is {meta.get('max_sum_points')!r}, and 2 to 1000 is taken")
        return PointsRules(total=total)
    raise Unreadable(f"{path}: vote_type {kind!r} is not read; approval and cumulative are")


def _read_person(row: Row, *, rules: AnyRules, refused: list[Refusal]) -> ImportedPerson:
    name = row["voter_id"]
    chosen = [item.strip() for item in row["vote"].split(",") if item.strip()]
    if len(set(chosen)) < len(chosen):
        refused.append(Refusal(f"person {name}", "named an item twice"))
    if not isinstance(rules, PointsRules):
        return ImportedPerson(name, None, dict.fromkeys(chosen, 1))
    points = [read_number(cell) for cell in row.get("points", "").split(",") if cell.strip()]
    if len(points) != len(chosen) or None in points:
        refused.append(Refusal(f"person {name}", "has not one number of points for each item"))
    given = zip(chosen, points, strict=False)
    return ImportedPerson(name, None, {item: number for item, number in given if number is not None})
