"""Many who join, connect a phone each and give nothing: when that is told, and whom the act against it takes out."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import F

from sessions.domain import commands, flood
from sessions.domain.actor import Actor
from sessions.domain.documents import FloodDoc
from sessions.domain.moment import from_ms, now, to_ms
from sessions.domain.state import State
from sessions.domain.world import CommandRequest
from sessions.errors import Refused
from sessions.kinds import Keys as StepKind
from sessions.models import Participant, Session, Step

from ..factory import SessionHarness, make_room
from .checks import check_log

pytestmark = pytest.mark.usefixtures("database")

PATIENCE_S = flood.PATIENCE_MS / 1000


def told(room: SessionHarness) -> FloodDoc | None:
    return flood.find_flood(State.load(room.session.pk), now=to_ms(now()))


def come(room: SessionHarness, n: int, *, ago: float, sector: str = "onderwijs") -> list[Actor]:
    """People join within a moment, so many seconds ago, and connect a phone each."""
    people = room.join(sector, n=n)
    (result,) = room.batch(
        CommandRequest(Actor.system(), commands.NoteSeen(people=tuple(person.id for person in people)))
    )
    assert not isinstance(result, Refused)
    joined_at = now() - dt.timedelta(seconds=ago)
    Participant.objects.filter(pk__in=[person.id for person in people]).update(joined_at=joined_at)
    return people


class Vote:
    """A vote that was opened so many seconds ago."""

    def __init__(self, room: SessionHarness, *, ago: float) -> None:
        self.room = room
        self.round, (self.item, *_) = room.open_vote()
        steps = Step.objects.filter(session=room.session)
        steps.filter(kind=StepKind.COLLECT).update(opened_at=from_ms(1), closed_at=from_ms(2))
        steps.filter(kind=StepKind.VOTE).update(opened_at=now() - dt.timedelta(seconds=ago))
        # What the writer remembers of the agenda no longer holds.
        Session.objects.filter(pk=room.session.pk).update(structure=F("structure") + 1)

    def cast(self, people: list[Actor]) -> None:
        for number, person in enumerate(people):
            self.room.vote(person, self.round, self.item, tap=number + 1)


def retired(room: SessionHarness) -> set[int]:
    return set(room.session.participants.filter(retired_at__isnull=False).values_list("pk", flat=True))


def test_many_who_connect_and_give_nothing_are_told_of() -> None:
    room = make_room()
    here = come(room, 10, ago=900)
    vote = Vote(room, ago=600)
    vote.cast(here[:8])
    come(room, 40, ago=PATIENCE_S + 30, sector="overheden")
    found = told(room)
    assert found is not None
    assert (found.joined, found.silent, found.quiet) == (40, 0, 40)


@pytest.mark.parametrize(
    ("opened", "joined"), [(PATIENCE_S - 20, 600.0), (600.0, PATIENCE_S - 20)], ids=["asked just now", "just came"]
)
def test_nobody_is_quiet_before_there_were_minutes_to_answer(opened: float, joined: float) -> None:
    room = make_room()
    here = come(room, 10, ago=900)
    Vote(room, ago=opened).cast(here)
    come(room, 200, ago=joined)
    assert told(room) is None


def test_a_room_that_comes_in_at_once_is_none_while_nothing_is_asked() -> None:
    room = make_room()
    come(room, 200, ago=3_000)
    assert told(room) is None


def test_a_room_of_which_one_in_three_answers_is_none() -> None:
    room = make_room()
    vote = Vote(room, ago=1_000)
    people = come(room, 90, ago=900)
    vote.cast(people[:29])
    found = told(room)
    assert found is not None and found.quiet == 61
    vote.cast(people[29:30])
    assert told(room) is None


def test_those_who_never_connected_are_told_of_apart() -> None:
    room = make_room()
    Vote(room, ago=1_000)
    come(room, 40, ago=900)
    ghosts = room.join("overheden", n=35)
    Participant.objects.filter(pk__in=[ghost.id for ghost in ghosts]).update(
        joined_at=now() - dt.timedelta(seconds=600)
    )
    found = told(room)
    assert found is not None
    assert (found.joined, found.silent, found.quiet) == (75, 35, 40)


def test_the_act_takes_out_who_connected_only_when_that_is_asked_for() -> None:
    room = make_room()
    here = come(room, 10, ago=900)
    vote = Vote(room, ago=600)
    vote.cast(here[:8])
    fakes = come(room, 40, ago=PATIENCE_S + 30, sector="overheden")
    late = come(room, 3, ago=PATIENCE_S - 20)
    found = told(room)
    assert found is not None and found.since is not None
    room.lead(commands.RetireSilent(since=found.since))
    assert retired(room) == set()
    room.lead(commands.RetireSilent(since=found.since, quiet=True))
    assert retired(room) == {fake.id for fake in fakes}, f"not {here[8:]}, who came before, nor {late}"
    room.session.refresh_from_db()
    assert room.session.locked
    check_log(room)

    after = told(room)
    assert after is not None and after.retired_at is not None
    assert (after.since, after.quiet, after.retired) == (None, 0, 40)
    with pytest.raises(Refused):
        vote.cast(fakes[:1])
    room.lead(commands.RestoreSilent(at=after.retired_at))
    assert retired(room) == set()
    again = told(room)
    assert again is not None and again.quiet == 40
    check_log(room)


def test_minutes_of_several_steps_add_up() -> None:
    def step(opened: int, closed: int | None, kind: StepKind = StepKind.VOTE) -> Step:
        return Step(kind=kind, opened_at=from_ms(opened * 1000), closed_at=from_ms(closed and closed * 1000))

    def last(*steps: Step) -> int | None:
        at = flood.last_asked(steps, now=10_000_000)
        return None if at is None else at // 1000

    assert last() is None
    assert last(Step(kind=StepKind.VOTE)) is None
    assert last(step(9_000, None)) == 10_000 - PATIENCE_S
    assert last(step(9_900, None)) is None
    assert last(step(9_900, None), step(9_000, 9_800)) == 9_800 - (PATIENCE_S - 100)
    assert last(step(9_900, None, StepKind.REVEAL), step(9_000, 9_800)) == 9_800 - PATIENCE_S
