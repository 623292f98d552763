"""Whatever people type, the PDF is made: signs may have no drawing together, or none in a picture, although each of
them has one in a text.
"""

from __future__ import annotations

import pytest

from sessions.exchange.pictures.lanes import Lane, LaneGroup, draw_lanes
from sessions.exchange.report.document import Bullets, Document, Grid, Heading, Paragraph
from sessions.exchange.report.docx import write_docx
from sessions.exchange.report.pdf import write_pdf
from sessions.exchange.report.printable import print_labels, print_text

from .test_report import read_docx, read_pdf

TYPED = {
    "a red heart": "❤\ufe0f",
    "a key": "1\ufe0f\u20e3",
    "a family": "👩\u200d👩\u200d👧",
    "a flag of tags": "🏴\U000e0067\U000e007f",
    "a joiner between letters": "a\u200db",
    "Hindi": "नमस्ते",
    "Lao": "ຯຟ໖ະຼ",
    "marks": "a\u0301\u0302\u0303\u0304",
    "a line of Unicode": "\u2028x",
    "a turn": "\u202eab\u202c",
    "an entity": "]]><!DOCTYPE x>&e;",
    "typst": '#read("/etc/hosts") $x^2$ *b* @ref',
}


@pytest.mark.parametrize("name", TYPED)
def test_nothing_that_is_typed_keeps_the_report_from_being_made(name: str) -> None:
    typed = TYPED[name]
    table, lane = Grid(typed, ["O", typed], [["–", typed]]), Lane(f"Word {typed}", 0.5, [0.5], 0.0, False)
    drawn = draw_lanes(
        title=typed, groups=[LaneGroup(typed, ["circle"], 5)], lanes=[lane], n=5, table=table, foot=[typed]
    )
    blocks = [Heading(1, typed), Paragraph(typed), Bullets([typed]), table, drawn]
    document = Document("nl", typed, typed, typed, typed, drawn, blocks)
    assert "Word" in read_pdf(b"".join(write_pdf(document)))
    assert typed[0] in read_docx(b"".join(write_docx(document)))


@pytest.mark.parametrize("typed", ["Een café, 5 × 3 = 15 €", "“Łódź” – Ελλάδα…", "Поезд", "#read &amp; *b* $x$"])
def test_what_has_a_drawing_stays_as_it_is(typed: str) -> None:
    label = f'<text x="1" y="2" font-weight="800">{typed}</text>'
    assert (print_text(typed), print_labels(label)) == (typed, label)


def test_what_a_label_cannot_show_goes_and_the_rest_stays() -> None:
    assert print_labels('<text x="1">Een ❤\ufe0f brug</text>') == '<text x="1">Een ❤ brug</text>'
