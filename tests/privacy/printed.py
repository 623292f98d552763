"""What the report and the pictures say of rounds, read as facts: from their tables, and from what pictures draw.

The report's page, PDF and DOCX are made of the one document that is read here, and say what it says: tests/exchange/
test_report.py holds them against it. The picture in the studio is the file that is read here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from django.utils import translation

from sessions.ballots.graded import GradedBallot
from sessions.domain.reading_along import read_along
from sessions.enums import Role
from sessions.exchange.pictures.of_round import name_round
from sessions.exchange.report.compose import compose_report
from sessions.exchange.report.document import Bullets, Document, Grid, Heading, Picture
from sessions.exchange.report.facts import is_closed
from sessions.exchange.report.outlets import find_session
from sessions.exchange.round_pictures import PictureFile, read_picture
from sessions.models import RoundItem, Session
from sessions.wording.words import say_heading

from .choices import SCORE, Played, name_sum
from .facts import Fact, read_item, read_share, tell_balanced

Group = frozenset[str] | None
SVG = "{http://www.w3.org/2000/svg}"
_PEOPLE = re.compile(r"(.+) \((\d+) (?:person|people)\)")
_HEADS = re.compile(r"(\d+) of (\d+) \((\d+)\u202f%\)")
_PERCENT = re.compile(r"(\d+)\u202f%")
_LANE = re.compile(r"(.+), n = (\d+)")


class Names(NamedTuple):
    """What names in a text stand for."""

    rounds: Mapping[str, str]
    """Name → id; in a report each round is told under its name."""
    items: Mapping[str, str]
    groups: Mapping[str, Group]
    told: Mapping[str, str]
    """Head of a column → key."""


def read_printed(*, session: Session, played: Played, role: Role) -> Iterator[Fact]:
    """Yield what the report says once the session is over, and the pictures as soon as they are there."""
    session = find_session(session.pk)
    with translation.override("en"):
        names = _name(session, played)
        for round_ in names.rounds.values():
            picture = read_picture(session=session, file=PictureFile(round_, "en", "svg"))
            if picture is not None:
                yield from _read_picture(played, names, round_, picture)
        if is_closed(session):
            yield from _read_report(played, names, compose_report(session=session, role=role, language="en"))


def _name(session: Session, played: Played) -> Names:
    shown = read_along(session.pk)
    placed = RoundItem.objects.filter(round__session=session)
    texts = placed.values_list("item__contribution__text", "item__public_id")
    sectors = {sector.name_en: frozenset({sector.public_id}) for sector in session.programme.sectors.all()}
    return Names(
        rounds={name_round(step, found): found.result.round for step in shown.steps for found in step.rounds},
        items=dict(texts),
        groups=_Groups(sectors),
        told={say_heading(column): column.key for column in played.kind.columns(played.rules)},
    )


class _Groups(dict[str, Group]):
    """Names of O's, also with + between."""

    def __missing__(self, name: str) -> Group:
        first, *others = name.split(" + ")
        assert others, name
        return frozenset[str]().union(*(self[part] or () for part in (first, *others)))


def _read_report(played: Played, names: Names, document: Document) -> Iterator[Fact]:
    """Each round stands under a heading of its name; lines of lists say shares of its items."""
    round_, of = "", defaultdict[str, dict[tuple[str, Group], int]](dict)
    for block in document.blocks:
        if isinstance(block, Heading) and block.level < 3:
            round_ = names.rounds.get(block.text, "")
        elif not round_:
            continue
        elif isinstance(block, Grid):
            of[round_] |= _count_people(names, block)
            yield from _read_grid(played, names, round_, block)
        elif isinstance(block, Picture):
            of[round_] |= _count_people(names, block.table)
            yield from _read_picture(played, names, round_, block)
        elif isinstance(block, Bullets):
            for line in block.lines:
                yield from _read_line(played, names, round_, line, of[round_])


def _read_picture(played: Played, names: Names, round_: str, picture: Picture) -> Iterator[Fact]:
    """The table that belongs to it; and what it says in words, which is what it draws."""
    yield from _read_grid(played, names, round_, picture.table)
    root, of = ElementTree.fromstring(picture.svg), _count_people(names, picture.table)  # noqa: S314 - our own
    for text in root.iter(f"{SVG}text"):
        if lane := _LANE.fullmatch(text.text or ""):
            assert names.groups[lane[1]], "a group that is shown"
    for line in (root.findtext(f"{SVG}desc") or "").split(". ")[0].split("; "):
        yield from _read_line(played, names, round_, line, of)


# -- tables --------------------------------------------------------------------------------------------------------


def _rows(names: Names, table: Grid) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each item with its cells by the head of their column."""
    for row in table.rows:
        cells = {head: cell for head, cell in zip(table.head, row, strict=True) if isinstance(cell, str)}
        text = cells.pop("Item")
        yield names.items.get(text) or names.items[text.rpartition(" (")[0]], cells


def _count_people(names: Names, table: Grid) -> dict[tuple[str, Group], int]:
    """Return of how many people each figure of a table is."""
    return {
        (item, group): int(found[2])
        for item, cells in _rows(names, table)
        for group, cell in _parts(names, cells)
        if (found := _HEADS.fullmatch(cell) or _PEOPLE.fullmatch(cell))
    }


def _parts(names: Names, cells: Mapping[str, str]) -> Iterator[tuple[Group, str]]:
    known = {"Place", "Every O the same weight", "Difference", *names.told}
    for head, cell in cells.items():
        if head not in known and cell != "–":
            yield None if head == "Everyone" else names.groups[head], cell


def _read_grid(played: Played, names: Names, round_: str, table: Grid) -> Iterator[Fact]:
    for item, cells in _rows(names, table):
        told = {key: int(cells[head]) for head, key in names.told.items() if cells.get(head, "–") != "–"}
        for key, number in told.items():
            if key in played.told:
                yield Fact(round_, item, None, number, key=key)
        parts = list(_parts(names, cells))
        for group, cell in parts:
            yield from _read_cell(played, round_, item, group, cell, told)
        groups = tuple(group for group, _ in parts if group is not None)
        if groups and (share := _PERCENT.match(cells.get("Every O the same weight", ""))):
            parts_of = played.parts if played.has_parts else 1
            fact = tell_balanced(played, round_, item, int(share[1]) / 100, groups)
            yield fact._replace(within=0.005 * parts_of + 1e-9)


def _read_cell(
    played: Played, round_: str, item: str, group: Group, cell: str, told: Mapping[str, int]
) -> Iterator[Fact]:
    if found := _HEADS.fullmatch(cell):
        yield from read_item(played, round_, item, group, int(found[1]), int(found[2]), {})
        return
    found = _PEOPLE.fullmatch(cell)
    assert found is not None, cell
    figure, of = found[1], int(found[2])
    yield from read_item(played, round_, item, group, None, of, {})
    first, *named = figure.split("; ")
    if share := _PERCENT.fullmatch(first):
        yield from read_share(played, round_, item, group, int(share[1]) / 100, of)
    else:
        named = [first, *named]
    for criterion, mean in enumerate(named if isinstance(played.kind, GradedBallot) or group is None else ()):
        people = of if isinstance(played.kind, GradedBallot) else told.get(played.mean_of)
        if played.has_means and people is not None:
            # One digit behind the point is enough: none of these rooms has ten people.
            number = float(mean.rpartition(" ")[2])
            yield Fact(round_, item, group, round(number * people), key=name_sum(criterion))


def _read_line(
    played: Played, names: Names, round_: str, line: str, of: Mapping[tuple[str, Group], int]
) -> Iterator[Fact]:
    """A line: an item, and behind it the share of each group, or of everyone."""
    text, _, rest = line.partition(": ")
    item = names.items.get(text)
    shares: Sequence[str] = rest.split(", ") if item is not None else ()
    for told in shares:
        found = re.fullmatch(r"(?:(.+) )?(\d+)\u202f%", told)
        if item is None or found is None:
            continue
        group = names.groups[found[1]] if found[1] else None
        people = of.get((item, group))
        if people is None:
            continue
        share = int(found[2]) / 100
        if played.has_parts:
            yield Fact(round_, item, group, round(share * people * played.parts), key=SCORE)
        else:
            yield Fact(round_, item, group, round(share * people))
