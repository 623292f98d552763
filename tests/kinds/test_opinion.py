"""Opinions from the phone to the file: a share is of those who answered, and what too few answered is not told."""

from __future__ import annotations

import csv
import io
import json

import pytest

from sessions.ballots import ballot_of
from sessions.domain.actor import Actor
from sessions.domain.commands import RevealStep
from sessions.domain.publication import compare_with_chance, remember_comparison
from sessions.domain.receipt import read_receipt
from sessions.domain.snapshot import show_tally
from sessions.enums import Audience, Role
from sessions.exchange.files import FILES
from sessions.exchange.scope import Scope
from sessions.management.simulation.reducer import apply_tally
from sessions.models import Participant, Session
from sessions.models.ids import receipt_code, token_hash

from ..factory import make_room
from ..live.client import Watch

pytestmark = pytest.mark.usefixtures("database")
AGREE, PASS, DISAGREE = 1, 0, -1
W, N = "onderwijs", "ondernemers"


class Asked:
    """Six of onderwijs, five ondernemers, and three items to have an opinion on."""

    def __init__(self, *, live: bool = False) -> None:
        self.room = make_room()
        self.people = {key: self.room.join(key, n=n) for key, n in ((W, 6), (N, 5))}
        self.round, self.items = self.room.open_vote(items=3, live=live, rules=ballot_of("opinion").Rules())
        self._tap = 0

    def say(self, person: Actor, item: int, value: int | None) -> None:
        self._tap += 1
        self.room.vote(person, self.round, self.items[item], value, tap=self._tap)  # type: ignore[arg-type]

    def answer(self) -> None:
        """The first item: all of both O's; the second: two of ondernemers; the third: four in all."""
        for number, person in enumerate(self.people[W]):
            self.say(person, 0, AGREE if number < 4 else DISAGREE)
            self.say(person, 1, AGREE)
            if number < 3:
                self.say(person, 2, AGREE)
        for number, person in enumerate(self.people[N]):
            self.say(person, 0, AGREE if number == 0 else PASS)
            if number < 2:
                self.say(person, 1, DISAGREE)
            if number == 0:
                self.say(person, 2, DISAGREE)

    def rows(self, name: str) -> list[dict[str, str]]:
        sessions = Session.objects.select_related("programme")
        session = sessions.prefetch_related("programme__sectors", "programme__pillars").get(pk=self.room.session.pk)
        text = b"".join(FILES[name].write(Scope(session=session, role=Role.CORE))).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))


def test_the_result_and_the_files() -> None:
    asked = Asked()
    asked.answer()
    remember_comparison(round_pk=asked.round.pk, comparison=compare_with_chance(round_=asked.round))
    asked.room.lead(RevealStep(step=asked.round.step.public_id))
    watch = Watch(asked.room, people=asked.people[W][:1])
    (result,) = watch.snapshots[Audience.STAGE]["results"]
    first, second = result["items"]
    assert (result["n"], result["few"]) == (11, [asked.items[2]])
    # Everybody answered it: 5 of 11 agree, 4 of 6 and 1 of 5.
    assert (first["item"], first["heads"], first["of"], first["group_of"]) == (asked.items[0], 5, 11, [6, 5])
    assert first["shares"] == [4 / 6, 1 / 5]
    assert first["balanced"] == pytest.approx((4 / 6 + 1 / 5) / 2)
    assert first["told"] == {"agree": 5, "pass": 4, "disagree": 2}
    assert first["differs"] is not None
    # Of ondernemers too few answered it: everyone's figure only, and after what has a balanced one.
    assert (second["item"], second["heads"], second["of"], second["shares"]) == (asked.items[1], 6, 8, [])
    assert (second["balanced"], second["differs"], second["told"]["disagree"]) == (None, None, 2)
    rows = {(row["item"], row["group"]): row for row in asked.rows("results.csv")}
    assert rows[asked.items[0], W]["share"] == "0.666667"
    assert [rows[asked.items[0], "all"][key] for key in ("agree", "pass", "disagree", "dots", "of")] == [
        "5", "4", "2", "", "11",
    ]  # fmt: skip
    assert rows[asked.items[1], "all"]["status"] == "heads_only"
    assert rows[asked.items[2], "all"]["status"] == "too_few"
    assert (asked.items[1], W) not in rows
    votes = [row["value"] for row in asked.rows("votes.csv") if row["item"] == asked.items[1]]
    assert sorted(votes) == ["", "", "", "-1", "-1", *["1"] * 6]


def test_the_receipt_says_what_was_answered() -> None:
    asked = Asked()
    asked.answer()
    person = asked.people[N][1]
    code = receipt_code(asked.room.tokens[person.id])
    Participant.objects.filter(pk=person.id).update(receipt_hash=token_hash(code))
    found = read_receipt(code)
    assert found is not None
    (votes,) = [step.votes for step in found.steps if step.votes]
    assert {(vote.item, vote.value, vote.words.en) for vote in votes} == {  # type: ignore[union-attr]
        (asked.items[0], PASS, "Pass"),
        (asked.items[1], DISAGREE, "I do not recognise this"),
    }


def test_a_live_count_is_told_from_the_threshold_of_its_item_on_and_taken_back_below_it() -> None:
    """A pass counts as an answer; an answer taken back no longer does."""
    asked = Asked(live=True)
    watch = Watch(asked.room, people=asked.people[W][:1])
    told: dict[str, dict[str, list[int]]] = {}

    def follow() -> dict[str, list[int]]:
        watch.turns._tally_at = 0.0
        watch.take_turn()
        told.clear()
        for text in watch.received.get(Audience.STAGE, []):
            frame = json.loads(text)
            if "now" in frame:
                apply_tally(told, frame["now"].get("tally", {}))
        return told.get(asked.round.public_id, {})

    people = [*asked.people[W], *asked.people[N]]
    for person in people[:5]:
        asked.say(person, 0, AGREE)
        asked.say(person, 1, PASS)
    for person in people[5:8]:
        asked.say(person, 2, DISAGREE)
    assert follow() == {asked.items[0]: [5, 0, 0], asked.items[1]: [0, 5, 0]}
    asked.say(people[5], 0, DISAGREE)
    asked.say(people[0], 1, None)
    assert follow() == {asked.items[0]: [5, 0, 1]}
    fresh = next(welcome for audience, _, welcome in watch.greet() if audience is Audience.STAGE)
    assert fresh["snapshot"]["now"]["tally"][asked.round.public_id] == {asked.items[0]: [5, 0, 1]}
    assert watch.turns.state is not None
    assert show_tally(watch.turns.state)[asked.round.public_id][asked.items[1]] is None
