"""Every number that an outlet tells of an item, whatever it means: by where it stands, a number for each item.

Nothing here knows what a column or a key is for, so what is added to an outlet is read as well.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from html import unescape
from typing import Any
from xml.etree import ElementTree

import msgspec
from django.core.management import call_command
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from sessions.domain import documents as doc
from sessions.domain.earlier import pack_earlier
from sessions.domain.snapshot import show_snapshot
from sessions.domain.state import State
from sessions.enums import Audience, Role
from sessions.exchange.report.facts import is_closed
from sessions.models import Round, RoundItem, Session

from ..factory import SessionHarness, make_member

Place = tuple[str, ...]
"""Where a number stands: outlet, then down to the column or key."""
Told = dict[Place, dict[str, float]]
"""Place → item → number."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_TAG = re.compile(r"<[^>]+>")


class Outlets:
    """Of one session, as its members and a person in it ask for them."""

    def __init__(self, room: SessionHarness) -> None:
        self._room, self._code = room, room.session.code
        self._members = {role: Client() for role in (Role.FACILITATOR, Role.STEERING)}
        for role, browser in self._members.items():
            browser.force_login(make_member(room.session.programme, role))
        self._phone = Client()
        self._phone.cookies[f"p_{room.session.public_id}"] = next(reversed(room.tokens.values()))

    def read(self) -> Told:
        """Return what all of them tell now."""
        placed = RoundItem.objects.filter(round__session=self._room.session)
        items = dict(placed.values_list("item__public_id", "item__contribution__text"))
        ids, texts = set(items), {text: item for item, text in items.items() if text}
        told: Told = defaultdict(dict)
        for place, item, number in [*self._read_documents(ids), *self._read_files(ids, texts)]:
            told[place][item] = number
        return told

    def _read_documents(self, ids: Collection[str]) -> Iterator[tuple[Place, str, float]]:
        state = State.load(self._room.session.pk)
        for audience in Audience:
            yield from walk(msgspec.to_builtins(show_snapshot(state, audience, doc.NowDoc())), ids, (audience.value,))
        for page in pack_earlier(state, seq=0):
            yield from walk(json.loads(page), ids, ("earlier",))
        told = io.StringIO()
        call_command("results", self._code, "--json", "--k", "4", stdout=told)
        yield from walk(json.loads(told.getvalue()), ids, ("shell",))
        for role, browser in self._members.items():
            here = f"/programmes/{self._room.session.programme.slug}/sessions/{self._code}/"
            page = _get(browser, here).decode()
            (start,) = re.findall(r'<script id="start" type="application/json">(.*?)</script>', page, re.DOTALL)
            yield from walk(json.loads(start), ids, ("studio", role.value))

    def _read_files(self, ids: Collection[str], texts: Mapping[str, str]) -> Iterator[tuple[Place, str, float]]:
        session = Session.objects.get(pk=self._room.session.pk)
        yield from _read_page(_get(self._phone, f"/s/{self._code}/read/"), texts, ("read",))
        for role, browser in self._members.items():
            rows = list(csv.reader(io.StringIO(_get(browser, f"/s/{self._code}/export/results.csv").decode())))
            yield from _read_rows(rows, ids, ("csv", role.value))
            book = load_workbook(io.BytesIO(_get(browser, f"/s/{self._code}/export/session.xlsx")), read_only=True)
            for name in set(book.sheetnames) - {"columns", "contributions"}:
                lines = [["" if cell is None else str(cell) for cell in row] for row in book[name].values]
                yield from _read_rows(lines, ids, ("xlsx", role.value, name))
            if is_closed(session):
                yield from _read_page(_get(browser, f"/s/{self._code}/report/"), texts, ("report", role.value))
        for round_ in Round.objects.filter(session=session, revealed_at__isnull=False):
            picture = _get(self._members[Role.STEERING], f"/s/{self._code}/pictures/{round_.public_id}-nl.svg")
            said = ElementTree.fromstring(picture).findtext("{http://www.w3.org/2000/svg}desc") or ""  # noqa: S314
            for line in re.split(r"[;.] ", said):
                yield from _read_text(line, texts, ("picture", round_.public_id))

    def read_word_report(self) -> Told:
        """The report as a Word file; its words and numbers are those of the page, and it takes longer to make."""
        file = Document(io.BytesIO(_get(self._members[Role.STEERING], f"/s/{self._code}/report/report-nl.docx")))
        placed = RoundItem.objects.filter(round__session=self._room.session)
        texts = dict(placed.values_list("item__contribution__text", "item__public_id"))
        told: Told = defaultdict(dict)
        for number, table in enumerate(file.tables):
            rows = [[cell.text for cell in row.cells] for row in table.rows]
            for place, item, value in _read_table(rows, texts, ("docx", str(number))):
                told[place][item] = value
        return told


def _get(browser: Client, address: str) -> bytes:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def walk(thing: Any, ids: Collection[str], place: Place, item: str = "") -> Iterator[tuple[Place, str, float]]:
    """Yield every number below an item of a document; rounds are told apart by their ids."""
    if isinstance(thing, dict):
        named = [thing[key] for key in ("item", "id", "round") if isinstance(thing.get(key), str)]
        item = next((name for name in named if name in ids), item)
        inside = (*place, *(name for name in named if name not in ids))
        for key, value in thing.items():
            # A map from item to a number is read as one of them.
            is_item = key in ids
            yield from walk(value, ids, inside if is_item else (*inside, key), key if is_item else item)
    elif isinstance(thing, list):
        # Items are a list in which each names itself; other lists are told apart by the place in it.
        for number, value in enumerate(thing):
            names_itself = isinstance(value, dict) and {value.get("item"), value.get("id")} & set(ids)
            yield from walk(value, ids, place if names_itself else (*place, str(number)), item)
    elif item and isinstance(thing, int | float) and not isinstance(thing, bool):
        yield place, item, float(thing)


def _read_rows(rows: Sequence[Sequence[str]], ids: Collection[str], place: Place) -> Iterator[tuple[Place, str, float]]:
    """Rows of a file, each of an item, told apart by their round, group and criterion."""
    if not rows or "item" not in rows[0]:
        return
    head = rows[0]
    apart = [name for name in ("round", "group", "criterion") if name in head]
    for row in rows[1:]:
        cells = dict(zip(head, row, strict=True))
        for name, cell in cells.items():
            for number, value in enumerate(cell.split()):
                if cells["item"] in ids and re.fullmatch(r"-?\d+(\.\d+)?", value):
                    yield (*place, *(cells[key] for key in apart), name, str(number)), cells["item"], float(value)


def _read_page(page: bytes, texts: Mapping[str, str], place: Place) -> Iterator[tuple[Place, str, float]]:
    """Every table of a page, told apart by the order in which they stand."""
    for number, table in enumerate(re.findall(r"<table.*?</table>", page.decode(), re.DOTALL)):
        rows = [
            [unescape(_TAG.sub("", cell)).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
            for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)
        ]
        yield from _read_table(rows, texts, (*place, str(number)))


def _read_table(
    rows: Sequence[Sequence[str]], texts: Mapping[str, str], place: Place
) -> Iterator[tuple[Place, str, float]]:
    for row in rows:
        item = next((texts[cell] for cell in row if cell in texts), None)
        for column, cell in enumerate(row):
            for number, found in enumerate(_NUMBER.findall(cell) if cell not in texts else ()):
                if item is not None:
                    yield (*place, str(column), str(number)), item, float(found.replace(",", "."))


def _read_text(line: str, texts: Mapping[str, str], place: Place) -> Iterator[tuple[Place, str, float]]:
    """A sentence that begins with the words of an item."""
    text, _, rest = line.partition(": ")
    for number, found in enumerate(_NUMBER.findall(rest) if text in texts else ()):
        yield (*place, str(number)), texts[text], float(found.replace(",", "."))
