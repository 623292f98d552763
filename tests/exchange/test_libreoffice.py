"""What LibreOffice makes of the files with Dutch settings: numbers are numbers, é is é, nothing is a formula; and the
Word report can be opened and printed.

Where it is not installed, the end of the run says that it was not tried. ENGINES="libreoffice" demands it.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from docx import Document as open_docx
from pypdf import PdfReader

from sessions.enums import Role
from sessions.exchange.files import read_programme_workbook, tables_for
from sessions.exchange.report.outlets import REPORTS, read_report
from sessions.exchange.scope import Scope
from sessions.exchange.spool import read_pieces
from sessions.exchange.table import CellType

from .reading import export
from .report_evening import TEXTS, make_report_evening
from .scene import Scene, make_evening

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

DUTCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>nl-NL</value>
</prop></item></oor:items>
"""
SEMICOLONS = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1043,true,true,true,false,false,-1"
"""Of every sheet a file: with semicolons, texts in quotation marks, cells as they are shown, formulas as formulas."""
WORDS = ("Eén café aan de haven: ‘ça va’, naïef", "=1+1", "-2 + 3", "0012", "1.5", "3-4")


class Office:
    """LibreOffice without a window, with settings of its own."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program, self._folder = program, folder
        settings = folder / "profile" / "user"
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(DUTCH)

    def convert(self, name: str, content: bytes, *, to: str) -> dict[str, bytes]:
        """Open a file and save it as another kind; return the files that came of it."""
        (self._folder / name).write_bytes(content)
        made = self._folder / "made"
        command = [
            self._program, f"-env:UserInstallation={(self._folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", to, "--outdir", str(made), str(self._folder / name),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        assert done.returncode == 0, done.stderr
        return {file.name: file.read_bytes() for file in made.iterdir()}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        why = "LibreOffice is not installed"
        if "libreoffice" in os.environ.get("ENGINES", "").split():
            pytest.fail(f"ENGINES demands libreoffice, and {why}")
        pytest.skip(why)
    return Office(program, tmp_path)


@pytest.fixture
def evening() -> Scene:
    scene = make_evening()
    for number, text in enumerate(WORDS):
        people = [person for own in scene.people.values() for person in own]
        scene.write(people[number % len(people)], text)
    return scene


def split(sheet: bytes) -> list[list[tuple[str, bool]]]:
    """Return the cells of a sheet, and which of them are texts: these have quotation marks."""
    found = []
    for line in csv.reader(io.StringIO(re.sub('(^|;)"', r'\1"§', sheet.decode(), flags=re.MULTILINE)), delimiter=";"):
        found.append([(cell.removeprefix("§"), cell.startswith("§")) for cell in line])
    return found


def check_sheets(sheets: dict[str, bytes], scene: Scene) -> None:
    """Each cell is what the file of the same table says: a number a number, with a comma in it, a text a text."""
    scope = Scope(session=scene.session, role=Role.CORE)
    kinds: set[CellType] = set()
    for table in tables_for(Role.CORE):
        (sheet,) = (content for name, content in sheets.items() if name.endswith(f"-{table.title}.csv"))
        head, *lines = split(sheet)
        rows = list(csv.DictReader(io.StringIO(export(scene.session, table.name).decode(), newline="")))
        assert [cell for cell, _ in head] == [column.key for column in table.columns_for(scope)]
        assert len(lines) == len(rows)
        for line, row in zip(lines, rows, strict=True):
            for column, (cell, is_text) in zip(table.columns_for(scope), line, strict=True):
                wanted = row[column.key]
                assert is_text == (column.type is CellType.TEXT and wanted != "")
                if column.type is CellType.WHOLE:
                    assert cell == wanted
                elif column.type is CellType.NUMBER and wanted:
                    assert "." not in cell and abs(float(cell.replace(",", ".")) - float(wanted)) < 1e-6
                elif column.type is CellType.YES_NO and wanted:
                    assert cell == {"true": "WAAR", "false": "ONWAAR"}[wanted]
                elif column.type is CellType.MOMENT and wanted:
                    assert cell == wanted[:19].replace("T", " ")
                kinds |= {column.type} if wanted else set()
    assert kinds == set(CellType), "each type is tried"
    check_words(cell for sheet in sheets.values() for line in split(sheet) for cell in line)


def check_words(cells: Iterable[tuple[str, bool]]) -> None:
    texts = {cell for cell, is_text in cells if is_text}
    assert set(WORDS) <= texts, "a text stays a text, whatever it looks like"


def test_a_sessions_workbook_opens_in_a_dutch_office(office: Office, evening: Scene) -> None:
    check_sheets(office.convert("session.xlsx", export(evening.session, "session.xlsx"), to=SEMICOLONS), evening)


def test_a_programmes_workbook_opens_in_a_dutch_office(office: Office, evening: Scene) -> None:
    pieces = read_pieces(lambda: read_programme_workbook(programme_id=evening.programme.pk, role=Role.CORE))
    sheets = office.convert("programme.xlsx", b"".join(pieces), to=SEMICOLONS)
    check_sheets(sheets, evening)
    (sessions,) = (split(content) for name, content in sheets.items() if name.endswith("-sessions.csv"))
    assert [line[0] for line in sessions] == [("session_code", True), (evening.session.code, True)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_word_report_opens_and_is_printed(office: Office, language: str) -> None:
    session = make_report_evening().room.session
    report = REPORTS[f"report-{language}.docx"]
    content = b"".join(read_pieces(lambda: read_report(report=report, session_id=session.pk, role=Role.CORE)))
    made = office.convert(report.name, content, to="pdf")
    pages = PdfReader(io.BytesIO(made[f"report-{language}.pdf"])).pages
    said = re.sub(r"[\W_]+", "", "".join(page.extract_text() for page in pages))
    for text in (*TEXTS, {"nl": "Wie we vroegen", "en": "Whom we asked"}[language]):
        assert re.sub(r"[\W_]+", "", text) in said
    drawn = sum(len(page.images) for page in pages)
    assert len(pages) >= 4 and drawn >= 3, "its pictures are in it"


def test_columns_are_as_wide_in_every_program() -> None:
    """Word goes by the widths of the cells, LibreOffice by those of the columns."""
    session = make_report_evening().room.session
    content = read_pieces(lambda: read_report(report=REPORTS["report-nl.docx"], session_id=session.pk, role=Role.CORE))
    for table in open_docx(io.BytesIO(b"".join(content))).tables:
        columns = [column.width for column in table.columns]
        assert [cell.width for cell in table.rows[0].cells] == columns
        if len(columns) > 6:
            assert len(set(columns)) > 1, "the column of items is wider"
