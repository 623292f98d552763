"""The report in all its forms: it says what was shown, as reading along and the files do, and nothing else."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from docx import Document as open_docx
from pypdf import PdfReader

from sessions.domain.commands import OpenStep
from sessions.enums import Consent, Role
from sessions.exchange.pictures.shapes import COLOURS
from sessions.exchange.report.compose import compose_report
from sessions.exchange.report.document import Bullets, Document, Grid, Heading, MarkCell, Paragraph, Picture
from sessions.exchange.report.docx import write_docx
from sessions.exchange.report.facts import is_closed
from sessions.exchange.report.outlets import REPORTS, find_session, read_report
from sessions.exchange.report.pdf import write_pdf
from sessions.kinds import Keys as StepKind
from sessions.models import Session

from ..factory import make_member
from ..server import ROOT
from ..views.test_reading_along import tables
from .reading import rows as read_rows
from .report_evening import POOL, SECRETS, SIZES, TEXTS, Evening, make_report_evening

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGES = ("nl", "en")


def compose(evening: Evening, *, role: Role = Role.CORE, language: str = "nl") -> Document:
    return compose_report(session=find_session(evening.room.session.pk), role=role, language=language)


def grids_of(document: Document) -> Iterator[Grid]:
    for block in document.blocks:
        if isinstance(block, Grid):
            yield block
        elif isinstance(block, Picture):
            yield block.table


def texts_of(document: Document) -> Iterator[str]:
    """Return everything that a document says, also what its pictures do."""
    yield from (document.programme, document.label, document.title, document.lead)
    blocks = [*([document.people] if document.people else []), *document.blocks]
    for block in blocks:
        match block:
            case Heading(_, text) | Paragraph(text):
                yield text
            case Bullets(lines):
                yield from lines
            case Picture():
                yield from (block.title, block.description)
                yield from (unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)<", block.svg))
    for grid in grids_of(document):
        yield from (grid.caption, *grid.head)
        yield from (cell.name if isinstance(cell, MarkCell) else cell for row in grid.rows for cell in row)


def squeeze(text: str) -> str:
    """Leave letters and figures only: a line may break anywhere, and a word with a hyphen."""
    return re.sub(r"[\W_]+", "", text)


def signed_in(evening: Evening, role: Role) -> Client:
    client = Client()
    client.force_login(make_member(evening.room.session.programme, role))
    return client


def outlets(evening: Evening, role: Role, language: str) -> dict[str, str]:
    """Return the text of each form."""
    client = signed_in(evening, role)
    address = f"/s/{evening.room.session.code}/report/"
    page = client.get(address, headers={"accept-language": language})
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    told = {"page": unescape(re.sub(r"<[^>]+>", " ", page.content.decode()))}
    for name, report in REPORTS.items():
        if report.language != language:
            continue
        answer = client.get(address + name)
        content = b"".join(answer.streaming_content)
        assert answer.headers["Content-Type"] == report.media
        assert answer.headers["Cache-Control"] == "no-store"
        expected = f'attachment; filename="{evening.room.session.code}-{name}"'
        assert answer.headers["Content-Disposition"] == expected
        told[name] = read_pdf(content) if name.endswith("pdf") else read_docx(content)
    return told


def read_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def read_docx(content: bytes) -> str:
    file = open_docx(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    said = [element.get("descr", "") for element in file.element.body.iter() if element.tag.endswith("}docPr")]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells, *said])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_says_what_was_shown_and_nothing_else(language: str) -> None:
    evening = make_report_evening()
    document = compose(evening, language=language)
    forms = outlets(evening, Role.CORE, language) | {"document": "\n".join(texts_of(document))}
    asked = {"nl": ("Wie we vroegen", "22 mensen mee"), "en": ("Whom we asked", "22 people took part")}[language]
    for name, text in forms.items():
        squeezed = squeeze(text)
        for secret in (*SECRETS, "Jansen"):
            assert squeeze(secret) not in squeezed, (name, secret)
        for shown in (*TEXTS, *asked, "Groen"):
            assert squeeze(shown) in squeezed, (name, shown)
        check_pool(evening, squeezed, language)


def check_pool(evening: Evening, squeezed: str, language: str) -> None:
    """O's that are shown together are named together, and apart only where it is said who was asked."""
    names = [str(getattr(evening.room.sectors[key], f"name_{language}")) for key in SIZES]
    apart = squeezed.replace(squeeze("".join(names[1::2])), "").replace(squeeze("".join(names)), "")
    for key in POOL:
        name = squeeze(str(getattr(evening.room.sectors[key], f"name_{language}")))
        assert name not in apart


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_are_those_of_reading_along_and_of_the_file(language: str) -> None:
    evening = make_report_evening()
    room = evening.room
    browser = Client()
    browser.cookies[f"p_{room.session.public_id}"] = next(iter(room.tokens.values()))
    page = browser.get(f"/s/{room.session.code}/read/", headers={"accept-language": language}).content.decode()
    shown = [row for table in tables(page) for row in table[1:]]
    document = compose(evening, language=language, role=Role.STEERING)
    voted = {"nl": "stemden, in getallen", "en": "voted, in numbers"}[language]
    told = [list(row) for grid in grids_of(document) if grid.caption.endswith(voted) for row in grid.rows]
    assert len(told) == len(TEXTS) + 5 + 6
    # Of a table that is too wide for a page the counts are in another one.
    counted = {"nl": "wat mensen antwoordden", "en": "what people answered"}[language]
    wide = [grid for grid in grids_of(document) if grid.caption.endswith(counted)]
    assert [len(grid.rows) for grid in wide] == [6], "of the matrix"
    parts = [list(row) for grid in wide for row in grid.rows]
    assert [row for row in [*told, *parts] if not any(set(row) <= set(line) for line in shown)] == []
    assert max(len(grid.head) for grid in grids_of(document)) <= 10
    rows = [row for row in read_rows(room.session, "results.csv", Role.STEERING) if row["place"] and row["heads"]]
    of = {"nl": "van", "en": "of"}[language]
    for row in rows:
        said = f"{row['heads']} {of} {row['of']} ("
        own = [line for line in told if row["text"] in line and any(str(cell).startswith(said) for cell in line)]
        assert own, row
        if row["balanced"]:
            # Rounded half up from its decimal digits.
            whole = int(Decimal(row["balanced"]) * 100 + Decimal("0.5"))
            assert any(line[0] == row["place"] and f"{whole}\u202f%" in line for line in own), row


def test_who_took_part_is_told_as_groups_that_may_be_shown() -> None:
    evening = make_report_evening()
    document = compose(evening)
    assert document.people is not None
    expected = [["onderwijs", "8"], ["onderzoek + overheden", "5"], ["ondernemers", "9"]]
    assert document.people.table.rows == expected
    shapes = [str(evening.room.sectors[key].shape) for key in ("onderwijs", "ondernemers")]
    assert [document.people.svg.count(f'fill="{COLOURS[shape]}"') for shape in shapes] == [8, 9]
    # While it goes on, the O's are not counted.
    step = evening.room.step(StepKind.BREAK)
    evening.room.lead(OpenStep(step=step.public_id))
    again = compose(evening)
    assert not is_closed(evening.room.session)
    assert again.people is None
    assert "22" in again.lead


def test_the_steering_group_reads_results_and_no_card() -> None:
    evening = make_report_evening()
    mine, theirs = (
        [grid for grid in grids_of(compose(evening, role=role)) if list(grid.head) == ["O", "Kaart"]]
        for role in (Role.FACILITATOR, Role.STEERING)
    )
    assert sum(len(grid.rows) for grid in mine) == len(TEXTS)
    assert theirs == []
    marked = [row[0] for grid in mine for row in grid.rows if isinstance(row[0], MarkCell)]
    assert {cell.name for cell in marked} <= {"onderwijs", "ondernemers"}


def test_who_may_have_it() -> None:
    evening = make_report_evening()
    address = f"/s/{evening.room.session.code}/report/"
    for role in Role:
        client = signed_in(evening, role)
        assert client.get(address).status_code == 200
        studio = client.get(f"/programmes/{evening.room.session.programme.slug}/sessions/{evening.room.session.code}/")
        assert studio.content.decode().count(address) == 1 + len(REPORTS)
    phone = Client()
    phone.cookies[f"p_{evening.room.session.public_id}"] = next(iter(evening.room.tokens.values()))
    assert [browser.get(address + name).status_code for browser in (phone, Client()) for name in ("", *REPORTS)] == [
        302
    ] * 10
    step = evening.room.step(StepKind.BREAK)
    evening.room.lead(OpenStep(step=step.public_id))
    assert [client.get(address + name).status_code for name in ("", *REPORTS)] == [409] * 5


def test_the_pdf_is_tagged() -> None:
    content = b"".join(write_pdf(compose(make_report_evening())))
    root: Any = PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "nl" and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    elements = list(walk(root["/StructTreeRoot"]))
    kinds = [str(element["/S"]) for element in elements]
    assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD", "/Figure", "/Caption", "/L", "/LI", "/P"} <= set(kinds)
    figures = [element for element in elements if element["/S"] == "/Figure" and "/K" in element]
    assert figures
    assert [figure for figure in figures if not figure.get("/Alt") and "/Figure" not in kinds_in(figure)] == []


def walk(element: Any) -> Iterator[Any]:
    if "/S" in element:
        yield element
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, dict) and ("/S" in child or "/K" in child):
            yield from walk(child)


def kinds_in(element: Any) -> Sequence[str]:
    return [str(found["/S"]) for found in walk(element)][1:]


def test_what_no_face_has_is_said_by_its_name() -> None:
    """PDF/UA takes no sign without a drawing: a report must not fail for one."""
    document = Document("en", "P", "Report", "Fine 🙂 中", "Łódź, Ελλάδα", None, [Paragraph("a\u0000b\u200d")])
    text = " ".join(read_pdf(b"".join(write_pdf(document))).split())
    assert "[slightly smiling face]" in text
    assert "Łódź, Ελλάδα" in text
    word = read_docx(b"".join(write_docx(document)))
    assert "Fine 🙂 中" in word and "a\u0000" not in word


def test_a_picture_is_drawn_in_the_colours_of_the_screens() -> None:
    tokens = (ROOT / "frontend" / "src" / "style" / "tokens.css").read_text()
    light = dict(re.findall(r"--cocreation-sector-(\w+)-color: (#\w+);", tokens.split("@media", 1)[0]))
    assert light == {str(shape): colour for shape, colour in COLOURS.items()}


def test_the_command_writes_it(tmp_path: Path) -> None:
    evening = make_report_evening()
    code = evening.room.session.code
    for form, start in (("report-pdf", b"%PDF-"), ("report-docx", b"PK")):
        out = tmp_path / form
        call_command("export_data", code, format=form, out=out, role="steering", language="en")
        assert out.read_bytes().startswith(start)
    with pytest.raises(CommandError, match="of one session"):
        call_command("export_data", evening.room.session.programme.slug, format="report-pdf", out=tmp_path / "x")


def test_the_same_report_is_the_same_bytes() -> None:
    evening = make_report_evening()
    report, session = REPORTS["report-nl.pdf"], evening.room.session.pk
    one, other = (b"".join(read_report(report=report, session_id=session, role=Role.CORE)) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("role", list(Role))
def test_people_who_agreed_to_figures_only_are_not_quoted(role: Role) -> None:
    evening = make_report_evening()
    Session.objects.filter(pk=evening.room.session.pk).update(consent=Consent.FIGURES)
    texts = squeeze("\n".join(texts_of(compose(evening, role=role))))
    assert [text for text in (*TEXTS, *SECRETS, "Groen") if squeeze(text) in texts] == []
    assert "22mensen" in texts


def test_under_chatham_house_no_card_has_the_mark_of_an_o() -> None:
    evening = make_report_evening()
    Session.objects.filter(pk=evening.room.session.pk).update(consent=Consent.CHATHAM)
    marked = [
        grid
        for grid in grids_of(compose(evening))
        if any(isinstance(cell, MarkCell) for row in grid.rows for cell in row)
    ]
    assert not [grid.caption for grid in marked if any(text in str(grid.rows) for text in TEXTS)]
