"""0017_ballots carries a session in full swing over: no row lost, and every published figure reads as before."""

from __future__ import annotations

import datetime as dt
import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

from sessions.ballots import ballot_of
from sessions.domain.actor import Actor
from sessions.domain.audience import show_round
from sessions.domain.commands import AddRound, CastVote, OpenStep, RevealStep, UndoStep
from sessions.domain.publication import read_published
from sessions.domain.state import State
from sessions.enums import Audience
from sessions.models import Ballot, Event, Item, Publication, PublishedBallot, Round, RoundItem, Session, Vote
from sessions.models.ids import new_id

from ..databases import Settings, postgres_settings, sqlite_settings, use_database
from ..factory import FOUR, SessionHarness, make_member
from ..services import create_database

BEFORE, AFTER = ("workshop", "0014_forgotten_ballots"), ("workshop", "0017_ballots")
NOW = dt.datetime(2026, 11, 28, 20, tzinfo=dt.UTC)
COUNTED = ("Event", "Publication", "PublishedBallot", "Round", "RoundItem", "Item", "Vote", "Ballot")
VOTE = ("pk", "round_item", "participant", "criterion", "value", "tap", "first_at", "last_at")
FIGURES: dict[str, Any] = {
    "n": 12,
    "dots": 17,
    "groups": [{"sectors": ["w"], "n": 6}, {"sectors": ["n"], "n": 6}],
    "absent": ["z", "h"],
    "late": 0,
    "both": None,
    "chance": {"line": 0.5, "runs": 1000, "seed": 7},
}
ITEM: dict[str, Any] = {
    "place": 1, "heads_place": 1, "heads": 8, "dots": 11, "share": 8 / 12, "balanced": 2 / 3, "group_heads": [6, 2],
    "shares": [1.0, 1 / 3], "spread": 2 / 3, "differs": True,
}  # fmt: skip


class SessionBefore:
    """A session of before, made with Django's memory of what the models were."""

    def __init__(self, apps: Any) -> None:
        self.apps = apps
        programme = self.make("Programme", slug="avond", name_nl="P", name_en="P")
        self.pillar = self.make(
            "Pillar", programme=programme, number=1, name_nl="P", name_en="P", short_nl="P", short_en="P"
        )
        self.sectors = [
            self.make(
                "Sector", programme=programme, key=key, position=n, name_nl=key, name_en=key, letter_nl="W",
                letter_en="W",
            )
            for n, key in enumerate(FOUR)
        ]  # fmt: skip
        self.session = self.make(
            "Session", programme=programme, code="AVOND1", public_id=new_id(), title_nl="A", title_en="A"
        )
        self.people = [
            self.make(
                "Participant", session=self.session, public_id=new_id(), sector=self.sectors[n % 2 * 2],
                token_hash=f"{n:064}", joined_at=NOW, retired_at=NOW if n == 0 else None,
            )
            for n in range(14)
        ]  # fmt: skip
        collect = self.step("collect", state="closed", opened_at=NOW, closed_at=NOW)
        cards = [
            self.make(
                "Contribution", session=self.session, step=collect, public_id=new_id(), participant=self.people[0],
                sector=self.sectors[0], pillar=self.pillar, aspect="software", text=f"Kaart {n}", language="nl",
                created_at=NOW,
            )
            for n in range(3)
        ]  # fmt: skip
        self.items = [self.make("Item", session=self.session, public_id=new_id(), contribution=card) for card in cards]
        # Revealed twice, and another round of it that is open and live.
        self.shown = self.step("vote", state="open", opened_at=NOW, live=True, budget=4, max_per_item=2)
        self.first = self.round(self.shown, number=1, closed_at=NOW, revealed_at=NOW, threshold=5, seen=True)
        self.second = self.round(self.shown, number=2, threshold=5)
        # Its opening was undone after people had voted.
        self.undone = self.step("vote", state="planned", budget=9)
        self.kept = self.round(self.undone, number=1, opened_at=None)
        # Never opened.
        self.planned = self.step("vote", state="planned", budget=7, max_per_item=3)
        self.fresh = self.make("Round", session=self.session, step=self.planned, public_id=new_id())
        for round_ in (self.first, self.second, self.kept):
            self.vote(round_)
        for number in (1, 2):
            self.publish(number)
        unopened = dict.fromkeys(("budget", "opened_at", "closed_at", "revealed_at")) | {
            "max_per_item": 1,
            "seen": False,
        }
        closed = dict.fromkeys(("opened_at", "closed_at", "revealed_at"), NOW.isoformat())
        rounds = {self.second.public_id: unopened}
        steps = {self.shown.public_id: closed | {"state": "closed", "deadline": None, "paused_ms": None}}
        self.session.undo = {
            "do": "step.open", "step": self.shown.public_id, "at": 4_000_000_000_000, "now": None, "stage": None,
            "steps": steps, "rounds": rounds,
        }  # fmt: skip
        self.session.now = self.shown
        self.session.save()

    def make(self, model: str, **values: Any) -> Any:
        return self.apps.get_model("workshop", model).objects.create(**values)

    def step(self, kind: str, **values: Any) -> Any:
        position = self.session.steps.count() + 1
        return self.make(
            "Step", session=self.session, public_id=new_id(), kind=kind, position=position, title_nl="S",
            title_en="S", **values,
        )  # fmt: skip

    def round(self, step: Any, **values: Any) -> Any:
        given = {"budget": 4, "max_per_item": 2, "opened_at": NOW} | values
        return self.make("Round", session=self.session, step=step, public_id=new_id(), **given)

    def vote(self, round_: Any) -> None:
        places = [self.make("RoundItem", round=round_, item=item) for item in self.items]
        for number, person in enumerate(self.people):
            values = (2, number % 2, 0)
            for place, value in zip(places, values, strict=True):
                self.make(
                    "Vote", round_item=place, participant=person, value=value, tap=number + 1, first_at=NOW, last_at=NOW
                )
            self.make(
                "Ballot", round=round_, participant=person, sector=person.sector, counted=person.retired_at is None,
                spent=sum(values), budget=4, first_at=NOW,
            )  # fmt: skip

    def publish(self, number: int) -> None:
        figures = FIGURES | {"round": self.first.public_id, "items": [ITEM | {"item": self.items[0].public_id}]}
        if number == 1:
            figures |= {"n": None, "dots": None, "groups": [], "items": [], "chance": None}
        publication = self.make(
            "Publication", round=self.first, number=number, at=NOW, threshold=5, n=figures["n"], dots=figures["dots"],
            figures=figures, key="0" * 32,
        )  # fmt: skip
        for person in self.people[1:]:
            self.make("PublishedBallot", publication=publication, participant=person, sector=person.sector, digest="d")


def count_rows(apps: Any) -> dict[str, int]:
    return {name: apps.get_model("workshop", name).objects.count() for name in COUNTED}


class Carried(NamedTuple):
    """What was in the database before it was brought up to date."""

    evening: SessionBefore
    counted: dict[str, int]
    votes: list[tuple[Any, ...]]


class Engine:
    """Where databases of one engine are made and copied."""

    def __init__(self, folder: Path, server: str) -> None:
        self._folder, self._server = folder, server
        self._names = itertools.count()
        self.made, self._made = self._new("template1")

    def copy(self) -> Settings:
        return self._new(self._made)[0]

    def _new(self, like: str) -> tuple[Settings, str]:
        if self._server:
            url = create_database(self._server, f"ballots_{new_id().lower()}", like=like)
            return postgres_settings(url), url.rpartition("/")[2]
        file = self._folder / f"{next(self._names)}.sqlite3"
        if like != "template1":
            with closing(sqlite3.connect(like)) as made:
                file.write_bytes(made.serialize())
        return sqlite_settings(file), str(file)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def brought_up(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> tuple[Engine, Carried]:
    """A database as the code of before left it, with a session in it, brought up to date; the tests have copies."""
    server = "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    engine = Engine(tmp_path_factory.mktemp("before"), server)
    with django_db_blocker.unblock(), use_database(engine.made):
        executor = MigrationExecutor(connection)
        executor.migrate([BEFORE])
        evening = SessionBefore(executor.loader.project_state(BEFORE).apps)
        votes = sorted(evening.apps.get_model("workshop", "Vote").objects.values_list(*VOTE))
        carried = Carried(evening, count_rows(evening.apps), votes)
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    return engine, carried


@pytest.fixture
def carried(brought_up: tuple[Engine, Carried], django_db_blocker: DjangoDbBlocker) -> Iterator[Carried]:
    engine, found = brought_up
    with django_db_blocker.unblock(), use_database(engine.copy()):
        yield found


def test_a_session_in_full_swing_is_carried_over(carried: Carried) -> None:
    evening, counted, votes = carried
    models = (Event, Publication, PublishedBallot, Round, RoundItem, Item, Vote, Ballot)
    assert {model.__name__: model.objects.count() for model in models} == counted
    assert sorted(Vote.objects.values_list(*VOTE)) == votes
    # Rules are frozen as they were; a round that nobody opened asks its step again.
    rules = dict(Round.objects.values_list("public_id", "rules"))
    assert rules == {
        evening.first.public_id: {"budget": 4, "most": 2},
        evening.second.public_id: {"budget": 4, "most": 2},
        evening.kept.public_id: {"budget": 4, "most": 2},
        evening.fresh.public_id: None,
    }
    assert set(Item.objects.values_list("source", "whose", "price")) == {("card", "participant", None)}
    # What was published reads as before, and the earlier publication too.
    (told,) = read_published(evening.session.pk).results.values()
    assert (told.n, told.told, told.absent) == (12, {"dots": 17}, ["z", "h"])
    (item,) = told.items
    assert (item.heads, item.of, item.told, item.group_heads, item.group_of) == (8, 12, {"dots": 11}, [6, 2], [6, 6])
    kept = {name: ITEM[name] for name in ITEM if name != "dots"}
    assert {name: getattr(item, name) for name in kept} == kept
    assert told.chance is not None
    assert told.chance.line == 0.5
    assert list(Publication.objects.order_by("number").values_list("votes", flat=True)) == [None, 17]


def test_the_session_goes_on(carried: Carried) -> None:
    """People vote on, by the rules of before; the opening that could be undone still can; another result is shown."""
    evening = carried.evening
    session = Session.objects.get(pk=evening.session.pk)
    room = SessionHarness(session=session, member=make_member(session.programme), sectors={}, pillars=[])
    round_ = Round.objects.get(pk=evening.second.pk)
    state = State.load(session.pk)
    told = show_round(state, round_, Audience.PHONE)
    assert told is not None
    assert told.rules == ballot_of("dots").Rules(budget=4, most=2)
    counts = state.tallies[round_.public_id]
    assert [counts[item.public_id].heads.get("", 0) for item in evening.items] == [13, 7, 0]
    assert [counts[item.public_id].told.get("dots", 0) for item in evening.items] == [26, 7, 0]
    room.lead(UndoStep())
    round_.refresh_from_db()
    assert (round_.opened_at, round_.rules) == (None, {"budget": 4, "most": 2})
    room.lead(OpenStep(step=evening.shown.public_id))
    person = Actor.participant(evening.people[2].pk)
    room.ask(person, CastVote(round=round_.public_id, item=evening.items[0].public_id, value=1, tap=99))
    assert Ballot.objects.get(round=round_, participant=person.id).spent == 1
    room.lead(RevealStep(step=evening.shown.public_id))
    result = read_published(session.pk).results[round_.public_id]
    assert (result.n, result.told) == (13, {"dots": 32})
    room.lead(AddRound(step=evening.shown.public_id))
    room.lead(OpenStep(step=evening.shown.public_id))
    assert Round.objects.get(step=evening.shown.pk, number=3).rules == {"budget": 4, "most": 2}
