"""However long the agenda is, a phone's snapshot is small; what it does not hold is there for the asking."""

from __future__ import annotations

import json

import pytest

from sessions.domain.commands import AddRound, CloseStep, OpenStep, RevealStep, UndoStep
from sessions.domain.earlier import PAGE_BYTES, pack_earlier
from sessions.domain.state import State
from sessions.enums import Audience
from sessions.kinds import Keys as StepKind
from sessions.models import Contribution, Round

from ..depth import on_one_engine
from ..live.client import Watch, settle
from ..live.long_agenda import ITEMS, VOTES, make_long_agenda, open_vote

pytestmark = [pytest.mark.usefixtures("database"), on_one_engine()]

MOST_BYTES = 30_000


def size(watch: Watch) -> int:
    watch.check()
    return len(json.dumps(watch.snapshots[Audience.PHONE], separators=(",", ":")).encode())


def test_a_phones_snapshot_is_small_whatever_is_on() -> None:
    room, people = make_long_agenda()
    watch = Watch(room, people=people[:2])
    last = room.session.steps.get(position=VOTES + 1)
    sizes = {"the result is on": size(watch)}
    show = room.step(StepKind.REVEAL, subject=last)
    room.lead(OpenStep(step=show.public_id))
    sizes["a step that shows it is on"] = size(watch)
    pause = room.step(StepKind.BREAK)
    room.lead(OpenStep(step=pause.public_id))
    sizes["a break is on"] = size(watch)
    assert [found["round"] for found in watch.snapshots[Audience.PHONE]["results"]] == [last.rounds.get().public_id]
    more = room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=more.public_id))
    sizes["people write"] = size(watch)
    cards = list(Contribution.objects.filter(session=room.session).values_list("public_id", flat=True)[:ITEMS])
    voted = open_vote(room, cards)
    sizes["people vote"] = size(watch)
    room.lead(CloseStep(step=voted.public_id))
    sizes["the vote is closed"] = size(watch)
    assert {what: bytes_ for what, bytes_ in sizes.items() if bytes_ > MOST_BYTES} == {}
    # The projector shows all of it, and holds all of it.
    assert len(watch.snapshots[Audience.STAGE]["results"]) == VOTES


def test_all_that_a_phone_held_before_can_be_asked_for() -> None:
    """Steps, rounds and results, each once, as the stage has them; no page is long."""
    room, _ = make_long_agenda(votes=3)
    step = room.session.steps.get(position=2)
    room.lead(AddRound(step=step.public_id))
    room.lead(OpenStep(step=step.public_id))
    planned = room.step(StepKind.COLLECT)
    watch = Watch(room)
    pages = pack_earlier(State.load(room.session.pk), seq=watch.seq)
    assert len(pages) > 1
    assert all(len(page) < PAGE_BYTES + 300 for page in pages)
    read = [json.loads(page) for page in pages]
    assert {(page["number"], page["pages"]) for page in read} == {(watch.seq, len(pages))}
    stage = settle(watch.snapshots[Audience.STAGE])
    for name in ("steps", "rounds", "results"):
        told = settle({name: [document for page in read for document in page[name]]})[name]
        assert told == stage[name], name
    assert planned.public_id not in {found["id"] for page in read for found in page["steps"]}


def test_what_comes_back_into_the_snapshot_comes_whole() -> None:
    """The result of before, once nobody votes any more; an earlier step, once it is on again; and undone, both."""
    room, people = make_long_agenda(votes=2)
    watch = Watch(room, people=people[:1])
    first, second = (room.session.steps.get(position=position) for position in (2, 3))
    cards = list(Contribution.objects.filter(session=room.session).values_list("public_id", flat=True)[:3])
    third = open_vote(room, cards)
    watch.check()
    held = watch.snapshots[Audience.PHONE]
    assert [step["id"] for step in held["steps"] if step["kind"] == "vote"] == [third.public_id]
    pause = room.step(StepKind.BREAK)
    room.lead(OpenStep(step=pause.public_id))
    watch.check()
    assert [found["round"] for found in watch.snapshots[Audience.PHONE]["results"]] == [second.rounds.get().public_id]
    room.lead(AddRound(step=first.public_id))
    room.lead(OpenStep(step=first.public_id))
    watch.check()
    newest = Round.objects.filter(step=first).latest("number")
    assert [found["id"] for found in watch.snapshots[Audience.PHONE]["rounds"]] == [newest.public_id]
    room.lead(UndoStep())
    watch.check()
    room.lead(RevealStep(step=third.public_id))
    watch.check()
    assert [found["round"] for found in watch.snapshots[Audience.PHONE]["results"]] == [third.rounds.get().public_id]
    room.lead(UndoStep())
    watch.check()
    assert [found["round"] for found in watch.snapshots[Audience.PHONE]["results"]] == [second.rounds.get().public_id]
