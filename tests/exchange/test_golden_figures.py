"""Figures of real votes, imported and printed by commands, are what their sources published."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from sessions.models import Session
from tests.data import data
from tests.exchange.test_imports import results, take
from tests.factory import make_programme, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KEYS = ("onderwijs", "onderzoek", "ondernemers")
GROUPS = ",".join(f"{number}={key}" for number, key in enumerate(KEYS))


@pytest.fixture
def session() -> Session:
    return make_session(make_programme())


def by_source(items: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {item["source_id"]: item for item in items}


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_published_consensus(session: Session) -> None:
    folder = data("polis-opendata/bg2050-volunteers")
    take(folder, session, "--groups", GROUPS)
    items = by_source(results(session, "--raw")["rounds"][0]["items"])
    rows = read_rows(folder / "comments.csv")
    published = {row["comment-id"]: float(row["group-informed-consensus"]) for row in rows}
    assert len(published) == 371
    assert {name: item["consensus"] for name, item in items.items()} == pytest.approx(published, abs=1e-9)


@pytest.mark.parametrize("name", ["50ptpt-3gp-strict-no-meta", "below-100-ptpts"])
def test_a_polis_server(session: Session, name: str) -> None:
    folder = data(f"polis-math-golden/{name}")
    take(folder, session, "--groups", GROUPS)
    (told,) = results(session, "--raw")["rounds"]
    math = json.loads((folder / "math-pca2.json").read_text())
    consensus = {item["source_id"]: item["consensus"] for item in told["items"]}
    assert consensus == pytest.approx(math["group-aware-consensus"], abs=1e-9)
    for side, published in math["consensus"].items():
        assert [item["source_id"] for item in told["majority"][side]] == [str(item["tid"]) for item in published]
    for number, key in enumerate(KEYS):
        (typical,) = (found["items"] for found in told["typical"] if found["sectors"] == [key])
        assert [(item["source_id"], item["agrees"], item["hits"], item["of"]) for item in typical] == [
            (str(item["tid"]), item["repful-for"] == "agree", item["n-success"], item["n-trials"])
            for item in math["repness"][str(number)]
        ]


def test_assen_by_equal_shares(session: Session) -> None:
    take(data("pabulib/Netherlands_Assen_2024.pb"), session, form="pabulib")
    (told,) = results(session, "--raw", "--budget", "100000")["rounds"]
    official = json.loads(data("pabulib/official_winners.json").read_text())["Netherlands_Assen_2024"]
    chosen = [item["source_id"] for item in told["shortlist"]["equal_shares"]["items"]]
    assert sorted(chosen) == sorted(official["official_winners"])


@pytest.mark.parametrize(("name", "figure", "column"), [("D5", "points", "score"), ("S5", "choices", "votes")])
def test_zurich_totals(session: Session, name: str, figure: str, column: str) -> None:
    path = data(f"pabulib/Switzerland_Zurich_{name}.pb")
    take(path, session, form="pabulib")
    items = by_source(results(session, "--raw")["rounds"][0]["items"])
    lines = path.read_text().splitlines()
    rows = csv.DictReader(lines[lines.index("PROJECTS") + 1 : lines.index("VOTES")], delimiter=";")
    official = {row["project_id"]: int(row[column]) for row in rows}
    assert {item: told["told"][figure] for item, told in items.items()} == official


@pytest.mark.parametrize(("name", "found"), [("london.youth.policing", False), ("scoop-hivemind.taxes", True)])
def test_opinion_groups(session: Session, name: str, found: bool) -> None:
    take(data(f"polis-opendata/{name}"), session, "--groups", GROUPS)
    (told,) = results(session, "--raw")["rounds"]
    assert told["groups"]["found"] is found
    assert (told["groups"]["silhouette"] > told["groups"]["reached_by_chance"]) is found
