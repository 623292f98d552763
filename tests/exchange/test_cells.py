from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.exchange.cells import CHUNK, quote_cells, read_cell, split_cells, write_cell, write_lines
from sessions.exchange.spreadsheet import write_for_spreadsheet


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+31 53", "'+31 53"),
        ("-10 %", "'-10 %"),
        ("@home", "'@home"),
        ("\tinsprong", "'\tinsprong"),
        ("\rregel", "'\rregel"),
        ("\nregel", "'\nregel"),
        ("＝1+1", "'＝1+1"),
        ("'=1+1", "''=1+1"),
        ("'s avonds", "'s avonds"),
        ("een = b", "een = b"),
        ("", ""),
        ("a\x00b", "ab"),
        ("\x00=1", "'=1"),
        ("plein;=cmd|'/C calc'!A0", "plein;'=cmd|'/C calc'!A0"),
        ("plein,+1", "plein,'+1"),
        ("plein, -10 %", "plein, -10 %"),
        ("plein;\"'=1", "plein;'\"\"'=1"),
        ("kop\n\n- een\n- twee", "kop\n\n'- een\n'- twee"),
    ],
)
def test_text_that_a_spreadsheet_would_run_is_made_harmless(text: str, cell: str) -> None:
    assert write_cell(text) == cell


@given(st.lists(st.text(st.sampled_from("=+-@,;'\"\t\r\n a\uff1d")), min_size=1, max_size=4))
def test_a_text_can_be_read_back_from_its_cell(texts: list[str]) -> None:
    assert [read_cell(cell) for cell in split_cells(quote_cells(*texts))] == texts


def test_values_are_told_the_same_way_everywhere() -> None:
    assert [write_cell(value) for value in (True, False, None, 0, 12, 0.5, 1 / 3)] == [
        "true",
        "false",
        "",
        "0",
        "12",
        "0.500000",
        "0.333333",
    ]


def test_every_cell_is_quoted_and_comes_back_as_it_was() -> None:
    rows = [["key", "text"], ["a", 'twee\nregels, een "citaat" en een komma'], ["b", "één € 𝔘"]]
    written = b"".join(write_lines(quote_cells(*row) for row in rows))
    assert not written.startswith(b"\xef\xbb\xbf")
    assert written.startswith(b'"key","text"\r\n"a","twee\nregels, een ""citaat"" en een komma"\r\n')
    assert list(csv.reader(io.StringIO(written.decode(), newline=""), strict=True)) == rows


@given(st.lists(st.lists(st.text(), min_size=1, max_size=4), max_size=4))
def test_pythons_reader_of_csv_finds_what_was_written(rows: list[list[str]]) -> None:
    written = b"".join(write_lines(quote_cells(*row) for row in rows)).decode()
    told = [[write_cell(text).replace('""', '"') for text in row] for row in rows]
    assert list(csv.reader(io.StringIO(written, newline=""), strict=True)) == told
    assert [[give_back(text) for text in row] for row in told] == [
        [text.replace("\x00", "") for text in row] for row in rows
    ]


def give_back(text: str) -> str:
    """Take exactly one apostrophe away, as README.txt says."""
    return re.sub(r"^'(?='*[=+\-@\t\r\n＝＋－＠])|(?<=[,;\t\r\n])'(?=[\"']*[=+\-@＝＋－＠])", "", text)


_DANGEROUS = st.text(alphabet="=+-@＝'\",;\t\n\r a0", max_size=12)


@pytest.mark.parametrize("expected", [",", ";", "\t"])
@given(rows=st.lists(st.lists(_DANGEROUS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_no_cell_is_a_formula_whatever_separator_a_spreadsheet_expects(expected: str, rows: list[list[str]]) -> None:
    """Who opens the file with the other separator takes it apart in the middle of texts."""
    lines = [quote_cells("id", *row) for row in rows]
    for written in (b"".join(write_lines(lines)), b"".join(write_for_spreadsheet(lines))):
        text = written.decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=expected):
            assert not [cell for cell in row if cell.startswith(tuple("=+-@＝＋－＠"))]


def test_a_spreadsheet_set_to_dutch_opens_its_form_by_itself() -> None:
    lines = [quote_cells("text", "share", "n"), quote_cells('één; "twee", 1.5', 1 / 3, 12)]
    written = b"".join(write_for_spreadsheet(lines, decimals={1}))
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig") == '"text";"share";"n"\r\n"één; ""twee"", 1.5";"0,333333";"12"\r\n'


def test_a_long_file_comes_in_pieces() -> None:
    lines = (quote_cells("x" * 100, number) for number in range(10_000))
    sizes = [len(piece) for piece in write_lines(lines)]
    assert len(sizes) > 10
    assert max(sizes) < CHUNK * 1.1
