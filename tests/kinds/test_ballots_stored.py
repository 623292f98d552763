"""Every ballot in a session, on SQLite and PostgreSQL: what is stored, logged, shown, published and exported agrees."""

from __future__ import annotations

import threading
from collections.abc import Callable
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from sessions.ballots import Ballot
from sessions.ballots.ballot import Example
from sessions.domain import state as states
from sessions.domain.commands import AddRound, OpenStep, RetireParticipant, RevealStep, UndoStep
from sessions.domain.publication import candidates
from sessions.domain.world import CommandRequest, CommandResult
from sessions.errors import Code, Refused
from sessions.exchange import votes as votes_file
from sessions.live.writer import Writer

from ..depth import on_engines, on_one_engine, shared
from .ballots import BALLOTS, EXAMPLES, STORED_APART, Own, act_by_chance, documented
from .voting import Voted, compare

__all__ = ["documented"]
pytestmark = pytest.mark.usefixtures("database")


def _is_stored_apart(value: tuple[Any, ...]) -> bool:
    return value[0].key in STORED_APART


EVERY = on_engines(
    "kind", [(kind,) for kind in BALLOTS], ids=lambda value: value[0].key, on_postgresql=_is_stored_apart
)
STORED = on_engines(
    "kind",
    [(kind,) for kind in BALLOTS],
    ids=lambda value: value[0].key,
    on_sqlite=_is_stored_apart,
    on_postgresql=_is_stored_apart,
)


@EVERY
def test_whatever_people_do_all_outlets_agree(kind: Ballot, database: str) -> None:
    """Also while somebody who voted is signed off, after an undone reveal, and in another round."""

    @shared(database, examples=9)
    @given(seed=st.integers(0, 2**32))
    def agree(seed: int) -> None:
        chance = Random(seed)
        voted = Voted(kind, live=chance.random() < 0.5)
        voted.act(chance, 6)
        assert compare(voted) == []
        gone = chance.choice(voted.people)
        voted.room.lead(RetireParticipant(participant=voted.room.person(gone).public_id))
        voted.people.remove(gone)
        voted.act(chance, 3)
        voted.people.append(gone)
        assert compare(voted) == []
        voted.room.lead(RevealStep(step=voted.step))
        assert compare(voted, result=voted.result()) == []

    agree()


@EVERY
def test_an_undone_reveal_and_another_round(kind: Ballot) -> None:
    voted = Voted(kind)
    voted.act(Random(3), 8)
    voted.room.lead(RevealStep(step=voted.step))
    first = voted.result()
    voted.room.lead(UndoStep())
    voted.room.lead(RevealStep(step=voted.step))
    assert voted.result() == first
    voted.room.lead(AddRound(step=voted.step))
    voted.room.lead(OpenStep(step=voted.step))
    voted.round.refresh_from_db()
    second = voted.room.session.rounds.get(step=voted.round.step, number=2)
    assert (second.ballot, second.rules) == (voted.round.ballot, voted.round.rules)
    assert voted.result() == first


@on_engines(
    "kind, example, named",
    EXAMPLES,
    ids=lambda value: str(value[-1]),
    # What is refused in the middle is rolled back by the engine.
    on_postgresql=lambda value: _is_stored_apart(value) and len(value[1].marks) > 1,
)
def test_an_example_does_in_a_session_what_it_says(kind: Ballot, example: Example, named: str) -> None:
    """A command with several marks leaves nothing behind when one of them is refused."""
    prices = list(example.prices.values())
    voted = Voted(kind, sizes={"onderwijs": 1}, items=3, rules=example.rules, prices=prices)
    names = dict(zip("abc", voted.items, strict=True))
    person = voted.people[0]
    for act in [*example.before, example.marks]:
        before = voted.stored()
        result = voted.cast(person, {names[item]: value for item, value in act.items()})
    assert (result.code if isinstance(result, Refused) else None) == example.refused
    rows = voted.round.ballots.filter(participant=person.id)
    assert [row.spent for row in rows] == ([example.spent] if rows else [])
    if example.refused:
        assert voted.stored() == before


@EVERY
def test_the_newest_tap_counts_and_a_late_one_changes_nothing(kind: Ballot) -> None:
    voted = Voted(kind)
    person = voted.people[0]
    (act, *_) = act_by_chance(voted.own[person], voted.items, Random(1))
    late, now = voted.command(act), voted.command(dict.fromkeys(act))
    key = uuid4()
    results = voted.room.batch(
        CommandRequest(person, now, key), CommandRequest(person, late, uuid4()), CommandRequest(person, now, key)
    )
    assert all(isinstance(result, CommandResult) for result in results)
    assert voted.stored() == {(person.id, item): (None,) * voted.voting.criteria for item in act}
    assert compare(voted) == []


@STORED
def test_an_item_does_not_stand_twice_in_a_command(kind: Ballot) -> None:
    voted = Voted(kind)
    command = voted.command(dict.fromkeys(voted.items[:2], voted.one))
    twice = type(command)(
        round=command.round, item=command.marks[0].item, value=voted.one, tap=command.tap, marks=command.marks
    )
    (result,) = voted.room.batch(CommandRequest(voted.people[0], twice, uuid4()))
    assert isinstance(result, Refused)
    assert result.code is Code.BAD_MARK
    assert not voted.stored()


@STORED
def test_one_person_in_several_processes_stays_within_the_budget(kind: Ballot) -> None:
    """Each writer is another process's: the session's row puts them in turn."""
    voted = Voted(kind)
    person = voted.people[0]
    # As phones would that know nothing of each other.
    phones = [(Own(kind, voted.voting.rules, voted.prices), Random(seed)) for seed in range(6)]
    commands = []
    for own, chance in phones * 4:
        for act in act_by_chance(own, voted.items, chance):
            own.cast(act)
            commands.append(voted.command(act))
    writers = [Writer() for _ in range(3)]
    voted.room.session.refresh_from_db()

    def work(writer: Writer, number: int) -> None:
        room = type(voted.room)(**(vars(voted.room) | {"writer": writer}))
        for command in commands[number::3]:
            room.batch(CommandRequest(person, command, uuid4()))
        connection.close()

    threads = [threading.Thread(target=work, args=(writer, number)) for number, writer in enumerate(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert voted.stored()
    assert compare(voted) == []


# -- what must be found --------------------------------------------------------------------------------------------


def a_budget_is_forgotten(voted: Voted, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(voted.kind, "check", lambda *, mine, **_: mine.spent)


def a_figure_counts_a_retired_person(voted: Voted, patch: pytest.MonkeyPatch) -> None:
    real = candidates.read_ballots

    def careless(rounds: object) -> object:
        voted.round.ballots.update(counted=True)
        found = real(rounds)  # type: ignore[arg-type]
        voted.round.ballots.filter(participant__retired_at__isnull=False).update(counted=False)
        return found

    patch.setattr(candidates, "read_ballots", careless)


def an_export_row_is_missing(voted: Voted, patch: pytest.MonkeyPatch) -> None:
    real = votes_file._read_items
    patch.setattr(votes_file, "_read_items", lambda scope: {pk: placed[1:] for pk, placed in real(scope).items()})


def a_live_count_misses_what_is_taken_back(voted: Voted, patch: pytest.MonkeyPatch) -> None:
    real = states.add_vote
    patch.setattr(
        states, "add_vote", lambda *given, item, before, after: real(*given, item=item, before=(), after=after)
    )


@on_one_engine()
@pytest.mark.parametrize(
    "mistake",
    [
        a_budget_is_forgotten,
        a_figure_counts_a_retired_person,
        an_export_row_is_missing,
        a_live_count_misses_what_is_taken_back,
    ],
)
def test_a_planted_mistake_is_found(
    mistake: Callable[[Voted, pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = next(kind for kind in BALLOTS if kind.budget(kind.complete(kind.Rules(), items=6)) is not None)
    voted = Voted(kind, live=False)
    mistake(voted, monkeypatch)
    for actor in voted.people:
        for item in voted.items[:5]:
            voted.cast(actor, {item: 1})
        voted.cast(actor, {voted.items[0]: 0})
    found = compare(voted)
    voted.room.lead(RetireParticipant(participant=voted.room.person(voted.people[0]).public_id))
    voted.room.lead(RevealStep(step=voted.step))
    found += compare(voted, result=voted.result())
    assert found != []
