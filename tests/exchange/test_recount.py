"""Every figure of results.csv, counted again from votes.csv and from the log by a script that has nothing of the
program.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest

from sessions.ballots import all_ballots, ballot_of
from sessions.ballots.criteria import TWO_TO_ONE
from sessions.ballots.dots import DotsRules
from sessions.ballots.matrix import MatrixRules
from sessions.ballots.points import PointsRules
from sessions.ballots.scale import ScaleRules
from sessions.domain.commands import (
    AddRound,
    CastVote,
    CloseStep,
    MarkGiven,
    MoveParticipant,
    OpenStep,
    RetireParticipant,
    RevealStep,
)
from sessions.domain.log import LogKind, read_entries
from sessions.domain.log_effects import voter_of
from sessions.domain.voting import voting_of
from sessions.domain.world import CommandRequest, CommandResult
from sessions.models import Participant, Round, Session

from ..factory import SessionHarness, make_room
from ..kinds.ballots import PRICES, Own, act_by_chance
from ..server import ROOT
from .reading import export
from .test_imports import results

SCRIPT, SHORT_SCRIPT = ROOT / "tools" / "recount.py", ROOT / "tools" / "recompute.py"
FILES = ("votes.csv", "results.csv", "participants.csv", "session.json")
OTHER_RULES = [
    DotsRules(budget=4, most=3),
    TWO_TO_ONE,
    ScaleRules(lowest=-5, highest=5),
    PointsRules(total=30),
    MatrixRules(points=4),
]
SIZES = {"onderwijs": 8, "onderzoek": 3, "ondernemers": 7, "overheden": 3}


class Evening:
    """A round of every ballot and another one of each, by people of four O's of whom two are fewer than five."""

    def __init__(self, seed: int, *, moves: bool = True) -> None:
        self.chance = Random(seed)
        self.room: SessionHarness = make_room()
        self.people = [actor for key, n in SIZES.items() for actor in self.room.join(key, n=n)]
        self.tap = self.cast = 0
        rules = {type(found): found for found in [*(kind.Rules() for kind in all_ballots()), *OTHER_RULES]}
        for number, found in enumerate(rules.values()):
            round_, _ = self.room.open_vote(items=6, rules=found, prices=list(PRICES.values()))
            self.vote(round_, acts=6)
            if number in (2, 6):
                # Signed off after voting and before the reveal: this vote does not count.
                gone = self.people.pop(self.chance.randrange(len(self.people)))
                self.room.lead(RetireParticipant(participant=self.room.person(gone).public_id))
            self.room.lead_all([CloseStep(step=round_.step.public_id), RevealStep(step=round_.step.public_id)])
            self.room.lead(AddRound(step=round_.step.public_id))
            self.room.lead(OpenStep(step=round_.step.public_id))
            self.vote(Round.objects.get(step=round_.step, number=2), acts=3)
            self.room.lead_all([CloseStep(step=round_.step.public_id), RevealStep(step=round_.step.public_id)])
            if number == 4 and moves:
                name = self.room.person(self.people[0]).public_id
                self.room.lead(MoveParticipant(participant=name, sector=self.room.sectors["overheden"].public_id))

    def vote(self, round_: Round, *, acts: int) -> None:
        """Let nearly everybody do what a simulated person does."""
        voting = voting_of(round_)
        placed = list(round_.round_items.values_list("item__public_id", "price"))
        prices = {item: price for item, price in placed if price is not None}
        requests = []
        for actor in self.chance.sample(self.people, len(self.people) - 1):
            own = Own(voting.kind, voting.rules, prices)
            items = self.chance.sample([item for item, _ in placed], len(placed))
            for _ in range(acts):
                for act in act_by_chance(own, items, self.chance):
                    own.cast(act)
                    self.tap += 1
                    (item, value), *others = act.items()
                    marks = [MarkGiven(item=other, value=given) for other, given in others]
                    command = CastVote(round=round_.public_id, item=item, value=value, tap=self.tap, marks=marks)
                    requests.append(CommandRequest(actor, command, uuid4()))
        assert all(isinstance(result, CommandResult) for result in self.room.batch(*requests))
        self.cast += len(requests)

    def write_files(self, folder: Path) -> None:
        for name in FILES:
            session = Session.objects.get(pk=self.room.session.pk)
            (folder / name).write_bytes(export(session, name))


@pytest.fixture
def files(tmp_path: Path, db: None) -> tuple[Evening, Path]:
    evening = Evening(seed=10)
    evening.write_files(tmp_path)
    return evening, tmp_path


def recount(folder: Path, script: Path = SCRIPT) -> list[str]:
    """Run a script by itself; return what it says, its last line at the end."""
    command = [sys.executable, "-I", str(script), str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    said = done.stdout.splitlines()
    assert done.returncode == (len(said) > 1)
    return said


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_every_figure_follows_from_the_files_and_from_the_log(files: tuple[Evening, Path]) -> None:
    evening, folder = files
    assert evening.cast > 500
    rows = read(folder / "results.csv")
    assert {row["ballot"] for row in rows} == {kind.key for kind in all_ballots()}
    assert {row["status"] for row in rows} == {"shown", "heads_only", "too_few"} and {
        row["round_number"] for row in rows
    } == {
        "1",
        "2",
    }
    assert any("+" in row["group"] for row in rows), "small O's are pooled"
    votes = read(folder / "votes.csv")
    assert {row["counted"] for row in votes if row["took_part"] == "true"} == {"true", "false"}
    people = {(row["participant"], bool(row["retired_at"])) for row in read(folder / "participants.csv")}
    assert {(row["participant"], row["participant_state"] == "retired") for row in votes} == people
    assert recount(folder) == [f"0 figures differ, in {len(rows)} lines."]

    write(folder / "votes.csv", replay(evening, votes))
    assert recount(folder) == [f"0 figures differ, in {len(rows)} lines."]

    _plant(folder, rows)


def replay(evening: Evening, votes: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return votes.csv with what people cast by the log; of the file only who they are and whether they count."""
    entries = read_entries(session_id=evening.room.session.pk, after=0, up_to=10**9)
    people = dict(Participant.objects.filter(session=evening.room.session).values_list("public_id", "pk"))
    names = {pk: name for name, pk in people.items()}
    cast = {
        (entry.data["round"], names[voter], entry.data["item"]): entry.data["value"]
        for entry in entries
        if entry.kind is LogKind.VOTE_CAST and (voter := voter_of(entry, people=people)) is not None
    }
    took_part = {(round_, person) for round_, person, _ in cast}
    found = []
    for row in votes:
        value = cast.get((row["round"], row["participant"], row["item"]))
        if isinstance(value, list):
            value = value[int(row["criterion"]) - 1]
        value = ballot_of(row["ballot"]).none if value is None else value
        is_in = "true" if (row["round"], row["participant"]) in took_part else "false"
        found.append(row | {"value": "" if value is None else str(value), "took_part": is_in})
    return found


def _plant(folder: Path, rows: list[dict[str, str]]) -> None:
    """A figure that is changed is found, whichever column it stands in: each in another line, and no others."""
    columns = ("n", "heads", "share", "balanced", "spread", "place", "seen", "mean", "histogram", "agree", "low_low")
    changed, planted = [dict(row) for row in rows], set[int]()
    for column in columns:
        line = next(number for number, row in enumerate(changed) if row[column] and number not in planted)
        changed[line][column] = "0.123456" if "." in changed[line][column] else "99"
        planted.add(line)
    write(folder / "results.csv", changed)
    *different, last = recount(folder)
    assert last.startswith(f"{len(columns)} figures differ") and len(different) == len(columns)
    assert all(any(repr(column) in line for line in different) for column in columns)


def test_a_short_script_recomputes_what_is_told(tmp_path: Path, db: None) -> None:
    """Also intervals and consensus, by votes.csv and participants.csv: of every ballot, where nobody was moved."""
    evening = Evening(seed=11, moves=False)
    evening.write_files(tmp_path)
    told = tmp_path / "results.json"
    told.write_text(json.dumps(results(evening.room.session)))
    assert len(SHORT_SCRIPT.read_text().splitlines()) <= 80
    rows = [row for row in read(tmp_path / "results.csv") if not row["criterion"]]
    assert {row["ballot"] for row in rows} == {kind.key for kind in all_ballots()}
    (said,) = recount(tmp_path, SHORT_SCRIPT)
    differ, figures, lines = map(int, re.findall(r"\d+", said))
    assert (differ, lines) == (0, len(rows)) and figures > 2000

    columns = ("n", "heads", "share", "low", "high", "balanced", "spread", "place", "agree", "dots")
    for number, column in enumerate(columns):
        line = next(line for line, row in enumerate(rows[number:], start=number) if row[column])
        rows[line][column] = str(float(rows[line][column]) + 0.5)
    write(tmp_path / "results.csv", rows)
    consensus = json.loads(told.read_text())
    item = next(item for round_ in consensus["rounds"] for item in round_["items"] if item["consensus"])
    item["consensus"] += 0.001
    told.write_text(json.dumps(consensus))
    *different, last = recount(tmp_path, SHORT_SCRIPT)
    assert last.startswith(f"{len(columns) + 1} differ") and len(different) == len(columns) + 1
    assert all(any(repr(column) in line for line in different) for column in (*columns, "consensus"))
