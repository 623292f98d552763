"""The report as DOCX: headings, lists and tables as a word processor knows them, so that it can be worked on."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Any

from docx import Document as open_new
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell as DocxCell

from .document import Block, Bullets, Cell, Document, Grid, Heading, Paragraph, Picture
from .layout import share_columns
from .pdf import draw_dots, draw_mark_dots

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FACE = "Arial"
"""On every machine; the report's own face is on few."""
INK, SOFT = RGBColor(0x15, 0x17, 0x1A), RGBColor(0x54, 0x58, 0x5E)
_TEXT = 174.0
"""Millimetres that a line is wide."""
_SIZES = {"Title": 34, "Subtitle": 14, "Heading 1": 20, "Heading 2": 14, "Heading 3": 11, "Normal": 10, "Caption": 9}
_MADE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
"""A fixed time in the file's properties: it is made anew at each request. The report itself has its date."""


def write_docx(document: Document) -> Iterator[bytes]:
    """Yield the file at the end; before it empty pieces, so that whoever sends it can let others go first."""
    file: Any = open_new()
    _set_up(file, document)
    file.add_paragraph(_plain(f"{document.programme} · {document.label}"))
    file.add_paragraph(_plain(document.title), style="Title")
    file.add_paragraph(_plain(document.lead), style="Subtitle")
    if document.people is not None:
        _add_picture(file, document.people)
    file.add_page_break()
    for block in document.blocks:
        _add(file, block)
        yield b""
    out = io.BytesIO()
    file.save(out)
    yield out.getvalue()


def _set_up(file: Any, document: Document) -> None:
    section = file.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - _TEXT) / 2)
    section.top_margin = section.bottom_margin = Mm(20)
    about = file.core_properties
    about.title, about.author = _plain(document.title)[:255], _plain(document.programme)[:255]
    about.language = document.language
    about.comments, about.created, about.modified = "", _MADE, _MADE
    for name, size in _SIZES.items():
        style = file.styles[name]
        style.font.name, style.font.size = FACE, Pt(size)
        style.font.color.rgb = SOFT if name == "Caption" else INK
        style.font.bold = name == "Title" or name.startswith("Heading")
        style.font.italic = False
        faces = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(faces.attrib):
            if attribute.endswith("Theme"):
                del faces.attrib[attribute]
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            faces.set(qn(script), FACE)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), {"nl": "nl-NL", "en": "en-GB"}[document.language])
    file.styles["Normal"].element.get_or_add_rPr().append(lang)
    for border in file.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)


def _add(file: Any, block: Block) -> None:
    match block:
        case Heading(level, text):
            file.add_heading(_plain(text), level=level)
        case Paragraph(text, is_note):
            file.add_paragraph(_plain(text), style="Caption" if is_note else None)
        case Bullets(lines):
            for line in lines:
                file.add_paragraph(_plain(line), style="List Bullet")
        case Grid():
            _add_table(file, block)
        case Picture():
            _add_picture(file, block)
            file.add_paragraph(_plain(block.title), style="Caption")
            _add_table(file, block.table)


def _add_picture(file: Any, picture: Picture) -> None:
    dots = draw_dots(picture.svg, width=_TEXT / 25.4 * 72)
    shape = file.add_picture(io.BytesIO(dots), width=Mm(_TEXT))
    _describe(shape, f"{picture.title}. {picture.description}")


def _describe(shape: Any, text: str) -> None:
    """Say what a picture shows to whoever does not see it."""
    shape._inline.docPr.set("descr", _plain(text))


def _add_table(file: Any, grid: Grid) -> None:
    caption = file.add_paragraph(_plain(grid.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = file.add_table(rows=1 + len(grid.rows), cols=len(grid.head), style="Table Grid")
    widths = [Mm(_TEXT * part) for part in share_columns(grid)]
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width  # LibreOffice goes by these, Word by those of the cells
    # `table.rows` and `row.cells` look for merged cells anew at each one: seconds, where a session has many cards.
    for row, cells in zip(table._tbl.tr_lst, [grid.head, *grid.rows], strict=True):
        fields = [DocxCell(field, table) for field in row.tc_lst]
        _fill_row(fields, cells, widths, grid, is_head=cells is grid.head)
    _repeat(table._tbl.tr_lst[0])
    _rule(table)
    file.add_paragraph(style="Caption")


def _fill_row(
    fields: Sequence[DocxCell], cells: Sequence[Cell], widths: Sequence[Any], grid: Grid, *, is_head: bool
) -> None:
    for place, (field, cell) in enumerate(zip(fields, cells, strict=True)):
        field.width = widths[place]
        _fill_cell(field, cell, is_bold=is_head, is_right=place in grid.numbers, many=len(grid.head) > 6)


def _fill_cell(field: DocxCell, cell: Cell, *, is_bold: bool, is_right: bool, many: bool) -> None:
    paragraph = field.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    if is_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run()
    if isinstance(cell, str):
        run.text, run.bold, run.font.size = _plain(cell), is_bold, Pt(7.5 if many else 9)
        return
    mark = draw_mark_dots(cell.shape, cell.letter)
    _describe(run.add_picture(io.BytesIO(mark), width=Pt(12)), cell.name)


def _plain(text: str) -> str:
    """Return the text without control characters: XML allows none."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")


def _repeat(row: Any) -> None:
    """Mark a row as the table's head: repeated on every page, and read out by screen readers."""
    about = row.get_or_add_trPr()
    about.append(OxmlElement("w:tblHeader"))


def _rule(table: Any) -> None:
    """Rules instead of boxes: a thick one above, thin ones between rows."""
    borders = OxmlElement("w:tblBorders")
    for edge, size, colour in (("top", 24, "15171A"), ("bottom", 4, "C2C4C0"), ("insideH", 4, "C2C4C0")):
        border = OxmlElement(f"w:{edge}")
        for key, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", colour)):
            border.set(qn(f"w:{key}"), value)
        borders.append(border)
    for edge in ("left", "right", "insideV"):
        border = OxmlElement(f"w:{edge}")
        border.set(qn("w:val"), "nil")
        borders.append(border)
    table._tbl.tblPr.append(borders)
