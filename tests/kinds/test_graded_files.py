"""Criteria and a matrix from the phone to the files: a row for each criterion, and what is told of whom."""

from __future__ import annotations

import csv
import io

import pytest

from sessions.ballots import ballot_of
from sessions.ballots.ballot import Rules
from sessions.ballots.graded import UNSURE
from sessions.ballots.mark import Value
from sessions.domain.commands import RevealStep
from sessions.domain.publication import compare_with_chance, remember_comparison
from sessions.domain.reading_along import read_along
from sessions.enums import Role
from sessions.exchange.files import FILES
from sessions.exchange.scope import Scope
from sessions.models import Session
from sessions.wording.figures import say_balanced, say_everyone, say_groups

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.usefixtures("database")
W, N = "onderwijs", "ondernemers"


def ask(rules: Rules, given: dict[str, list[Value]]) -> tuple[SessionHarness, list[str]]:
    """Let five people of two O's each give these marks on the first item, and show the result."""
    room = make_room()
    people = {key: room.join(key, n=5) for key in given}
    round_, items = room.open_vote(items=2, rules=rules)
    for key, values in given.items():
        for tap, (person, value) in enumerate(zip(people[key], values, strict=True), start=1):
            room.vote(person, round_, items[0], value, tap=tap)  # type: ignore[arg-type]
    remember_comparison(round_pk=round_.pk, comparison=compare_with_chance(round_=round_))
    room.lead(RevealStep(step=round_.step.public_id))
    return room, items


def rows(room: SessionHarness, name: str, item: str) -> list[dict[str, str]]:
    sessions = Session.objects.select_related("programme")
    session = sessions.prefetch_related("programme__sectors", "programme__pillars").get(pk=room.session.pk)
    text = b"".join(FILES[name].write(Scope(session=session, role=Role.CORE))).decode("utf-8-sig")
    return [row for row in csv.DictReader(io.StringIO(text)) if row["item"] == item]


def test_criteria() -> None:
    rules = ballot_of("criteria").Rules()
    room, items = ask(rules, {W: [[5, 1]] * 4 + [[5, UNSURE]], N: [[1, 3]] * 5})
    everyone, *criteria = rows(room, "results.csv", items[0])
    told = ("group", "criterion", "of", "seen", "heads", "share", "mean", "histogram", "status")
    assert [everyone[key] for key in told] == ["all", "", "9", "10", "0", "0.361111", "", "", "heads_only"]
    assert [[row[key] for key in told] for row in criteria] == [
        ["all", "1", "9", "", "", "", "2.777778", "5 0 0 0 4", "heads_only"],
        ["all", "2", "9", "", "", "", "2.111111", "4 0 5 0 0", "heads_only"],
    ]
    assert criteria[0]["criterion_nl"] == "Verschil voor het gebied"
    assert [row["status"] for row in rows(room, "results.csv", items[1])] == ["too_few"]
    votes = rows(room, "votes.csv", items[0])
    assert [(row["criterion"], row["criterion_en"]) for row in votes[:2]] == [
        ("1", "Difference for the area"),
        ("2", "Can be done in five years"),
    ]
    assert sorted(row["value"] for row in votes) == sorted(["5", "1"] * 4 + ["5", str(UNSURE)] + ["1", "3"] * 5)


def test_a_matrix() -> None:
    room, items = ask(ballot_of("matrix").Rules(), {W: [[5, 1]] * 5, N: [[1, 3]] * 5})
    found = rows(room, "results.csv", items[0])
    told = ("place", "share", "of", "mean", "mean_balanced", "spread", "high_low", "status")
    assert {(row["group"], row["criterion"]): [row[key] for key in told] for row in found} == {
        ("all", ""): ["", "", "10", "", "", "1.000000", "5", "shown"],
        (W, ""): ["", "", "5", "", "", "", "", "shown"],
        (N, ""): ["", "", "5", "", "", "", "", "shown"],
        ("all", "1"): ["", "", "10", "3.000000", "3.000000", "", "", "shown"],
        (W, "1"): ["", "", "5", "5.000000", "", "", "", "shown"],
        (N, "1"): ["", "", "5", "1.000000", "", "", "", "shown"],
        ("all", "2"): ["", "", "10", "2.000000", "2.000000", "", "", "shown"],
        (W, "2"): ["", "", "5", "1.000000", "", "", "", "shown"],
        (N, "2"): ["", "", "5", "3.000000", "", "", "", "shown"],
    }
    assert found[0]["differs"] == "true", "of ten people none of one O lies where the other does"


def test_a_rating_is_read_along_and_in_the_studio() -> None:
    room, items = ask(ballot_of("rating").Rules(), {W: [5, 4, 4, 4, 4], N: [1, 1, 2, 2, 3]})
    found = rows(room, "results.csv", items[0])
    told = ("group", "criterion", "place", "share", "mean", "mean_balanced", "histogram", "heads", "low")
    assert [found[0][key] for key in told] == ["all", "", "1", "0.500000", "3.000000", "3.000000", "2 2 1 4 1", "1", ""]
    assert {(row["group"], row["mean"], row["heads"]) for row in found[1:]} == {
        (W, "4.200000", ""),
        (N, "1.800000", ""),
    }
    shown = read_along(room.session.pk)
    (round_,) = [round_ for step in shown.steps for round_ in step.rounds]
    (row,) = round_.rows
    assert (say_everyone(round_.voting, row.figures), say_balanced(round_.voting, row.figures)) == (
        "3,0 (10 mensen)",
        "3,0",
    )
    assert sorted(say_groups(round_.voting, row.figures)) == ["1,8 (5 mensen)", "4,2 (5 mensen)"]
