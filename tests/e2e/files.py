"""The journey's files, at the end of the session, against the table in expected.py."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter

import httpx

from ..conversation import PLAIN, sign_in
from . import expected
from .room import Cast

Rows = list[dict[str, str]]

FOR_CORE = {
    "contributions.csv",
    "results.csv",
    "words.csv",
    "votes.csv",
    "participants.csv",
    "events.jsonl",
    "session.json",
}


async def check_files(room: Cast) -> None:
    server = room.server
    core = await sign_in(server.base, server.run["signin"]["core"])
    facilitator = {
        cookie["name"]: cookie["value"] for cookie in await room.console.context.cookies() if "value" in cookie
    }
    address = f"/s/{server.code}/export/"
    async with httpx.AsyncClient(verify=PLAIN, base_url=server.base, cookies=core) as client:
        files = {}
        for name in FOR_CORE:
            answer = await client.get(address + name)
            assert answer.status_code == 200, name
            files[name] = answer.content
        archive = zipfile.ZipFile(io.BytesIO((await client.get(address + "session.zip")).content))
    assert set(archive.namelist()) >= FOR_CORE
    assert any("README" in name for name in archive.namelist())
    for name in FOR_CORE:
        assert archive.read(name) == files[name], name

    _check_cards(_read(files["contributions.csv"]))
    _check_votes(_read(files["votes.csv"]))
    texts = {row["item"]: row["text"] for row in _read(files["contributions.csv"]) if row["item"]}
    _check_results(_read(files["results.csv"]), texts)
    _check_people(_read(files["participants.csv"]))
    _check_log(files["events.jsonl"].decode())

    async with httpx.AsyncClient(verify=PLAIN, base_url=server.base, cookies=facilitator) as client:
        for name in ("votes.csv", "participants.csv", "events.jsonl"):
            assert (await client.get(address + name)).status_code == 403, name
        cards = _read((await client.get(address + "contributions.csv")).content)
    # To the facilitator's file a small O is nobody's, nor is a writer known.
    assert len(cards) == 21
    assert "participant" not in cards[0]
    assert "overheden" not in {row["sector"] for row in cards}


def _read(content: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def _check_cards(rows: Rows) -> None:
    assert len(rows) == 21
    for column, counts in expected.CARDS_CSV.items():
        assert Counter(row[column] for row in rows) == counts, column
    assert Counter(row["state"] for row in rows if row["text"] == "") == {"redacted": 1, "withdrawn": 1}
    assert sum(row["item"] != "" for row in rows) == 6


def _check_votes(rows: Rows) -> None:
    assert len(rows) == 192
    items = {row["item"] for row in rows}
    assert len(items) == 6
    for sector, (people, lines, took_part, dots) in expected.VOTES_CSV.items():
        mine = [row for row in rows if row["sector"] == sector]
        assert len(mine) == lines, sector
        assert len({row["participant"] for row in mine}) == people, sector
        assert len({row["participant"] for row in mine if row["took_part"] == "true"}) == took_part, sector
        assert sum(int(row["value"]) for row in mine) == sum(dots), sector
        given = sorted(sum(int(row["value"]) for row in mine if row["item"] == item) for item in items)
        assert given == sorted(dots), sector
    assert sum(int(row["value"]) for row in rows) == 51


def _check_results(rows: Rows, texts: dict[str, str]) -> None:
    assert len(rows) == 24
    for text, (everyone, *groups) in expected.RESULTS_CSV.items():
        mine = [row for row in rows if texts[row["item"]] == text]
        assert [row["group"] for row in mine] == expected.GROUP_KEYS, text
        first = mine[0]
        told = (first["place"], first["heads"], first["dots"], first["share"], first["balanced"], first["spread"])
        assert told == everyone, text
        assert [(row["n"], row["heads"], row["share"]) for row in mine[1:]] == groups, text
    assert {row["n"] for row in rows if row["group"] == "all"} == {"31"}
    assert {row["round_state"] for row in rows} == {"revealed"}


def _check_people(rows: Rows) -> None:
    assert Counter(row["sector"] for row in rows) == {
        "onderwijs": 11,
        "onderzoek": 8,
        "ondernemers": 9,
        "overheden": 4,
    }


def _check_log(text: str) -> None:
    """Numbers without a gap, and never the text of a card."""
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    for words in (*expected.ITEMS, "never mind this one", "where the bus stops", "number 1"):
        assert words not in text
