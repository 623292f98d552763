"""What a person or the stage received holds nothing that it may not see, whatever happened and in whatever order."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from sessions.domain.commands import CloseStep, OpenStep, RevealStep, UndoStep, WriteCard
from sessions.enums import Aspect, Audience
from sessions.kinds import Keys as StepKind
from sessions.models import Contribution, Participant, Round, Step

from ..depth import shared
from ..factory import SessionHarness, make_room
from ..walking import walk
from .client import Watch
from .course import Course, Draw, batches
from .test_convergence import phases, ready_room

pytestmark = pytest.mark.usefixtures("database")


def words_in(texts: list[str]) -> set[str]:
    return {value for text in texts for value in walk(json.loads(text)) if isinstance(value, str)}


class Eye:
    """Remembers, from before and after every batch, what each onlooker was allowed to see at some moment."""

    def __init__(self, room: SessionHarness) -> None:
        self.room = room
        self.on_stage: set[str] = set()
        self.on_phones: set[str] = set()
        self.prompts: set[str] = set()
        self.shown_results: set[str] = set()

    def look(self) -> None:
        """Allow what may be seen now. Whoever saw it once has seen it."""
        steps = {step.pk: step for step in Step.objects.filter(session=self.room.session)}
        seen = {pk for pk, step in steps.items() if step.opened_at is not None and step.state != "superseded"}
        self.prompts |= {steps[pk].prompt_nl for pk in seen}
        for card in Contribution.objects.filter(session=self.room.session, withdrawn_at=None, hidden_at=None):
            step = steps[card.step_id]
            if card.step_id in seen and (step.revealed_at is not None or not step.settings["silent"]):
                self.on_stage.add(card.text)
        for round_ in Round.objects.filter(session=self.room.session).exclude(opened_at=None):
            if round_.step_id not in seen:
                continue
            for place in round_.round_items.select_related("item__contribution"):
                if place.item.contribution.hidden_at is None:
                    self.on_phones.add(place.item.contribution.text)
            if round_.revealed_at is not None:
                self.shown_results.add(round_.public_id)


def check_received(watch: Watch, eye: Eye) -> None:
    room = watch.room
    people = list(Participant.objects.filter(session=room.session))
    tags, names = {person.tag for person in people}, {person.public_id for person in people}
    texts = set(Contribution.objects.filter(session=room.session).values_list("text", flat=True))
    texts = (texts | eye.on_stage | eye.on_phones) - {""}
    prompts = set(Step.objects.filter(session=room.session).exclude(prompt_nl="").values_list("prompt_nl", flat=True))
    shared = {Audience.STAGE: eye.on_stage | eye.on_phones, Audience.PHONE: eye.on_phones}
    for audience, allowed in shared.items():
        received = watch.received.get(audience, [])
        words = words_in(received)
        assert words & texts <= allowed, audience
        assert not words & names, f"{audience} was told who somebody is"
        assert not words & tags, f"{audience} was told somebody's tag"
        assert words & prompts <= eye.prompts, f"{audience} was told of a step to come"
        check_numbers(received, eye)
    for person in watch.people:
        words = words_in(watch.received.get(person.id, []))
        mine = set(Contribution.objects.filter(participant=person.id).values_list("text", flat=True))
        own_words = watch.own_texts[person.id] | mine
        assert words & texts <= own_words | eye.on_phones, "somebody else's words on a phone"
        assert not words & names, "a phone was told who somebody is"
        assert words & tags <= {room.person(person).tag}
        assert words & prompts <= eye.prompts
        check_numbers(watch.received.get(person.id, []), eye)


def check_numbers(received: list[str], eye: Eye) -> None:
    """No result before its reveal, no group under the threshold, no arrival times."""
    threshold = eye.room.session.programme.threshold
    for text in received:
        for value in walk(json.loads(text)):
            if not isinstance(value, dict):
                continue
            if {"sectors", "n"} <= value.keys():
                assert value["n"] >= threshold
            if {"round", "groups", "items"} <= value.keys():
                assert value["round"] in eye.shown_results
                assert value["n"] is None or value["n"] >= threshold
            if {"total", "groups"} <= value.keys():
                assert value["total"] is None or value["total"] >= threshold
            if {"step", "n", "of"} <= value.keys():
                assert all(count is None or count >= threshold for count in (value["n"], value["of"]))
            if {"rank", "language", "sector"} <= value.keys():
                assert value["at"] is None, "a card's time shows who wrote it"
            assert not {"people", "here", "participants"} & {key for key, found in value.items() if found}


def test_nobody_receives_what_they_may_not_see(database: str) -> None:
    @shared(database, examples=30)
    @given(phase=phases, drawn=batches)
    def evening(phase: str, drawn: list[list[Draw]]) -> None:
        room, watch = ready_room(phase)
        for number, step in enumerate(Step.objects.filter(session=room.session)):
            Step.objects.filter(pk=step.pk).update(prompt_nl=f"Vraag {number} {step.public_id}")
        course, eye = Course(room, watch.people), Eye(room)
        eye.look()
        for batch in drawn:
            for request in course.requests(batch):
                # One at a time: between two commands of a batch things can be seen that nobody is shown.
                room.batch(request)
                eye.look()
                watch.take_turn()
            watch.greet()
            check_received(watch, eye)

    evening()


def test_silent_writing_stays_with_its_writer_and_marks_wait_for_the_threshold() -> None:
    """The same by hand, literally."""
    room = make_room(threshold=5)
    people = room.join("onderwijs", n=4)
    step = room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=step.public_id))
    watch = Watch(room, people=people)
    pillar = room.pillars[0].public_id
    for number, person in enumerate(people):
        command = WriteCard(step=step.public_id, text=f"geheim {number}", aspect=Aspect.BOTH, lang="nl", pillar=pillar)
        room.ask(person, command)
    watch.take_turn()
    watch.greet()
    secrets = {f"geheim {number}" for number in range(4)}
    assert not words_in(watch.received[Audience.STAGE]) & secrets
    for number, person in enumerate(people):
        assert words_in(watch.received[person.id]) & secrets == {f"geheim {number}"}
    room.lead(RevealStep(step=step.public_id))
    watch.take_turn()
    shown = watch.snapshots[Audience.STAGE]["cards"]
    assert {(card["text"], card["sector"]) for card in shown} == {(secret, None) for secret in secrets}
    watch.join(room.join("onderwijs"))
    watch.take_turn()
    onderwijs = room.sectors["onderwijs"].public_id
    assert {card["sector"] for card in watch.snapshots[Audience.STAGE]["cards"]} == {onderwijs}
    assert not any(watch.snapshots[Audience.PHONE]["cards"])


@pytest.mark.parametrize("is_watching", [True, False])
def test_no_projector_learns_in_which_order_silent_cards_were_written(is_watching: bool) -> None:
    """Neither one that was there in the turn of the reveal, nor one that comes back after it with an old number."""
    room = make_room()
    people = room.join("onderwijs", n=5)
    step = room.step(StepKind.COLLECT, silent=True)
    room.lead(OpenStep(step=step.public_id))
    watch = Watch(room, people=people)
    before = watch.seq, json.loads(json.dumps(watch.snapshots))
    pillar = room.pillars[0].public_id
    for number, person in enumerate(people):
        room.ask(
            person, WriteCard(step=step.public_id, text=f"K{number}", aspect=Aspect.BOTH, lang="nl", pillar=pillar)
        )
        if not is_watching:
            watch.take_turn()
    room.lead(RevealStep(step=step.public_id))
    told = [event for audience, event in watch.take_turn() if audience is Audience.STAGE]
    if not is_watching:
        ((_, _, welcome),) = [back for back in watch.greet([], epoch=watch.epoch, seq=before[0]) if back[0] == "stage"]
        told = welcome["events"]
    cards = [event for event in told if event["type"] == "card.put"]
    assert cards == []
    ((together),) = [event["cards"] for event in told if event["type"] == "step.revealed"]
    assert {card["text"] for card in together} == {f"K{number}" for number in range(5)}
    assert together == sorted(together, key=lambda card: card["rank"])
    watch.check()
    watch.check_resume({Audience(name): known for name, known in before[1].items()}, seq=before[0])


def test_a_result_waits_for_the_reveal_and_goes_when_it_is_undone() -> None:
    room = make_room(sectors=("onderwijs", "overheden"))
    people = [*room.join("onderwijs", n=5), *room.join("overheden", n=5)]
    round_, items = room.open_vote(items=3)
    watch = Watch(room, people=people)
    for person in people:
        room.vote(person, round_, items[0], tap=1)
    room.lead(CloseStep(step=round_.step.public_id))
    watch.take_turn()
    watch.greet()
    received = [text for texts in watch.received.values() for text in texts]
    assert not any('"heads":' in text for text in received)  # the figure; the projector's picture has the same name
    room.lead(RevealStep(step=round_.step.public_id))
    watch.take_turn()
    for snapshot in watch.snapshots.values():
        assert [(result["n"], result["items"][0]["heads"]) for result in snapshot["results"]] == [(10, 10)]
    room.lead(UndoStep())
    watch.take_turn()
    assert [snapshot["results"] for snapshot in watch.snapshots.values()] == [[], [], []]
    watch.check()
