from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from sessions.exchange.cells import CHUNK, write_cell, write_lines


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
    ],
)
def test_text_that_a_spreadsheet_would_run_is_made_harmless(text: str, cell: str) -> None:
    assert write_cell(text) == cell


def test_values_are_told_the_same_way_everywhere() -> None:
    summer = dt.datetime(2026, 7, 1, 20, 30, 5, 999_999, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert [write_cell(value) for value in (True, False, None, 0, 12, 0.5, 1 / 3, summer)] == [
        "true",
        "false",
        "",
        "0",
        "12",
        "0.500000",
        "0.333333",
        "2026-07-01T18:30:05.999Z",
    ]


def test_every_cell_is_quoted_and_comes_back_as_it_was() -> None:
    rows = [["key", "text"], ["a", 'twee\nregels, een "citaat" en een komma'], ["b", "één € 𝔘"]]
    written = b"".join(write_lines(rows))
    assert not written.startswith(b"\xef\xbb\xbf")
    assert written.startswith(b'"key","text"\r\n"a","twee\nregels, een ""citaat"" en een komma"\r\n')
    assert list(csv.reader(io.StringIO(written.decode(), newline=""))) == rows


def test_a_long_file_comes_in_pieces() -> None:
    rows = (["x" * 100, number] for number in range(10_000))
    sizes = [len(piece) for piece in write_lines(rows)]
    assert len(sizes) > 10
    assert max(sizes) < CHUNK + 200
