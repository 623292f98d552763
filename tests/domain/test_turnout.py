"""One pair of numbers on every screen: who answered, of all who take part; and what the console's coverage tells."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from django.utils import timezone

from sessions.domain.actor import Actor
from sessions.domain.commands import OpenStep, RetireParticipant, RevealStep, WriteCard
from sessions.domain.documents import DoneDoc, RoomDoc
from sessions.domain.snapshot import show_done, show_room
from sessions.domain.state import State
from sessions.enums import Aspect
from sessions.kinds import Keys as StepKind

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.usefixtures("database")


def write(room: SessionHarness, people: Collection[Actor], step: str, *, aspect: Aspect = Aspect.HARDWARE) -> list[str]:
    pillar = room.pillars[0].public_id
    made = [
        room.ask(who, WriteCard(step=step, text=f"kaart van {who.id}", aspect=aspect, lang="nl", pillar=pillar)).id
        for who in people
    ]
    return [name for name in made if name]


def shown(room: SessionHarness, present: Collection[Actor]) -> tuple[DoneDoc | None, RoomDoc]:
    """Return what stage and console are told while these are connected."""
    state = State.load(room.session.pk)
    here = {person.id: 0 for person in present}
    done = show_done(state, state.step_now(), here)
    now = int(timezone.now().timestamp() * 1000)
    return done, show_room(state, here, closing=None, watched=None, consoles={}, door=None, now=now)


def pair(told: RoomDoc) -> tuple[int, int]:
    rows = told.people.values()
    return sum(row[2] for row in rows), sum(row[3] for row in rows)


def test_thirteen_wrote_and_three_of_them_are_still_there() -> None:
    room = make_room(threshold=5)
    people = [*room.join("onderwijs", n=8), *room.join("overheden", n=7)]
    step = room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=step.public_id))
    write(room, people[:13], step.public_id)
    done, told = shown(room, people[:3])
    assert done == DoneDoc(step=step.public_id, n=13, of=13)
    assert pair(told) == (13, 13)
    # Two more are there who wrote nothing.
    done, told = shown(room, [*people[:3], *people[13:]])
    assert done == DoneDoc(step=step.public_id, n=13, of=15)
    assert pair(told) == (13, 15)
    overheden = room.sectors["overheden"].public_id
    assert told.people[overheden] == [7, 2, 5, 7]


def test_who_was_retired_is_in_neither_number() -> None:
    room = make_room(threshold=3)
    people = room.join("onderwijs", n=6)
    round_, items = room.open_vote(items=3)
    for person in people[:4]:
        room.vote(person, round_, items[0], tap=1)
    for person in (people[0], people[5]):  # one who voted, one who did not
        room.lead(RetireParticipant(participant=room.person(person).public_id))
    done, told = shown(room, people)
    assert done == DoneDoc(step=round_.step.public_id, n=3, of=4)
    assert told.people[room.sectors["onderwijs"].public_id] == [4, 4, 3, 4]
    assert told.phones == 4
    # What was voted counts on in the result; the pair is about who takes part now.
    room.lead(RevealStep(step=round_.step.public_id))
    assert pair(shown(room, people)[1]) == (3, 4)


def test_the_stage_is_told_no_count_under_the_threshold_and_none_where_nothing_is_asked() -> None:
    room = make_room(threshold=5)
    people = room.join("onderwijs", n=6)
    welcome, step = room.step(StepKind.WELCOME), room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=welcome.public_id))
    done, told = shown(room, people)
    assert done is None
    assert pair(told) == (0, 6)
    room.lead(OpenStep(step=step.public_id))
    write(room, people[:4], step.public_id)
    assert shown(room, people)[0] == DoneDoc(step=step.public_id, n=None, of=6)
    assert shown(room, people[:2])[0] == DoneDoc(step=step.public_id, n=None, of=None)


def test_the_coverage_does_not_name_the_one_person_of_an_o() -> None:
    """Cells of O's without a mark stand together; of who is alone in an O no cell moves by itself."""
    room = make_room(threshold=3)
    several = [*room.join("onderwijs", n=4), *room.join("onderzoek", n=3)]
    few, alone = room.join("ondernemers", n=2), room.join("overheden")
    step = room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=step.public_id))
    write(room, several, step.public_id)
    write(room, few, step.public_id)
    before = shown(room, [])[1]
    write(room, alone, step.public_id)
    after = shown(room, [])[1]
    names = {key: sector.public_id for key, sector in room.sectors.items()}
    pillar = room.pillars[0].public_id
    assert after.pooled == [names["ondernemers"], names["overheden"]]
    assert before.coverage == {pillar: {"hardware": {names["onderwijs"]: 4, names["onderzoek"]: 3, "pool": 2}}}
    assert after.coverage == {pillar: {"hardware": {names["onderwijs"]: 4, names["onderzoek"]: 3, "pool": 3}}}
    # A third of the small O is there now: it stands alone, and so would the other; both O's keep without a mark.
    room.join("ondernemers")
    again = shown(room, [])[1]
    assert names["overheden"] in again.pooled
    assert len(again.pooled) > 1


def test_the_only_person_of_an_o_leaves_and_the_card_stays_covered() -> None:
    """Nobody is of the O then. Were its mark the only one missing, the card would still be known to be of it."""
    room = make_room(threshold=3)
    several = [*room.join("onderwijs", n=4), *room.join("onderzoek", n=3)]
    (alone,) = room.join("overheden")
    step = room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=step.public_id))
    write(room, [*several, alone], step.public_id)
    before = shown(room, [])[1]
    room.lead(RetireParticipant(participant=room.person(alone).public_id))
    after = shown(room, [])[1]
    names = {key: sector.public_id for key, sector in room.sectors.items()}
    assert before.pooled == after.pooled
    assert {names["onderzoek"], names["overheden"]} <= set(after.pooled)
    assert (
        before.coverage
        == after.coverage
        == {room.pillars[0].public_id: {"hardware": {names["onderwijs"]: 4, "pool": 4}}}
    )
