"""What people practise is thrown away when the step closes: no row, no line that names one, and every screen knows."""

from __future__ import annotations

from uuid import uuid4

import pytest

from sessions.domain.actor import Actor
from sessions.domain.commands import (
    AddRound,
    CloseStep,
    EditStep,
    EndPractice,
    OpenStep,
    RevealStep,
    ShowStage,
    TickCard,
    UndoStep,
    WriteCard,
)
from sessions.domain.sessions import find_practice_left, set_archived
from sessions.enums import Aspect, Audience
from sessions.errors import Code, Refused
from sessions.kinds import Keys
from sessions.models import Ballot, Contribution, Event, Item, Publication, Session, Vote

from ..factory import SessionHarness, make_room
from ..kinds.exported import export
from ..live.client import Watch

pytestmark = pytest.mark.usefixtures("database")


class Trial:
    """Four people who try a card, after one that counts."""

    def __init__(self) -> None:
        self.room: SessionHarness = make_room(sectors=("onderwijs", "overheden"), threshold=3)
        self.people = [*self.room.join("onderwijs", n=3), *self.room.join("overheden", n=1)]
        self.real = self.room.step(Keys.COLLECT)
        self.step = self.room.step(Keys.COLLECT, practice=True)
        self.room.lead(OpenStep(step=self.real.public_id))
        self.watch = Watch(self.room, people=self.people)
        self.write(0, "Dit telt", self.real.public_id)
        self.room.lead(OpenStep(step=self.step.public_id))

    def write(self, person: int, text: str, step: str) -> str:
        pillar = self.room.pillars[0].public_id
        card = WriteCard(step=step, text=text, aspect=Aspect.BOTH, lang="nl", pillar=pillar)
        made = self.room.ask(self.people[person], card).id
        assert made is not None
        return made

    def try_it(self) -> list[str]:
        cards = [self.write(person, f"Proef {person}", self.step.public_id) for person in (0, 1, 3)]
        self.watch.check()
        return cards


def test_its_cards_are_gone_when_it_closes_and_others_stay() -> None:
    trial = Trial()
    cards = trial.try_it()
    trial.room.lead(CloseStep(step=trial.step.public_id))
    trial.watch.check()
    assert [card.text for card in Contribution.objects.filter(session=trial.room.session)] == ["Dit telt"]
    told = "".join(
        str(data) for data in Event.objects.filter(session=trial.room.session).values_list("data", flat=True)
    )
    assert not [card for card in cards if card in told]
    assert [card["text"] for card in trial.watch.snapshots[Audience.CONSOLE]["cards"]] == ["Dit telt"]


def test_archiving_a_session_ends_practice_and_nothing_of_it_stays() -> None:
    """A card and a dot that somebody tried, in no table and no line; also once the session is open again."""
    trial = Trial()
    (card, *_) = trial.try_it()
    session = trial.room.session
    assert session.pk not in find_practice_left()
    set_archived(session.pk, on=True)
    assert session.pk in find_practice_left()
    trial.room.ask(Actor.system(), EndPractice())
    assert session.pk not in find_practice_left()
    assert [found.text for found in Contribution.objects.filter(session=session)] == ["Dit telt"]
    assert card not in str(list(Event.objects.filter(session=session).values_list("data", flat=True)))
    set_archived(session.pk, on=False)
    trial.watch.check()
    assert [card["text"] for card in trial.watch.snapshots[Audience.CONSOLE]["cards"]] == ["Dit telt"]
    # What counts stays open, and the command does nothing where a session is not archived.
    trial.room.lead(OpenStep(step=trial.real.public_id))
    assert trial.room.ask(Actor.system(), EndPractice()).noted is False
    trial.write(0, "Telt ook", trial.real.public_id)


def test_a_repeat_of_what_was_thrown_away_is_still_known() -> None:
    trial = Trial()
    key, pillar = uuid4(), trial.room.pillars[0].public_id
    card = WriteCard(step=trial.step.public_id, text="Proef", aspect=Aspect.BOTH, lang="nl", pillar=pillar)
    first = trial.room.ask(trial.people[0], card, key=key)
    trial.room.lead(CloseStep(step=trial.step.public_id))
    again = trial.room.ask(trial.people[0], card, key=key)
    assert again.seq == first.seq and Contribution.objects.filter(step=trial.step).count() == 0


def test_nothing_comes_after_it_and_nothing_of_it_is_shown_or_voted_on() -> None:
    trial = Trial()
    (card, *_) = trial.try_it()
    vote = trial.room.step(Keys.VOTE)
    round_ = vote.rounds.get().public_id
    for command, code in (
        (RevealStep(step=trial.step.public_id), Code.STEP_NOT_REVEALABLE),
        (TickCard(round=round_, card=card, on=True), Code.CARD_UNKNOWN),
    ):
        with pytest.raises(Refused) as refused:
            trial.room.lead(command)
        assert refused.value.code is code
    trial.room.lead(CloseStep(step=trial.step.public_id))
    with pytest.raises(Refused) as refused:
        trial.write(0, "Te laat", trial.step.public_id)
    assert refused.value.code is Code.STEP_CLOSED


def test_its_closing_can_be_undone_and_it_is_empty_then() -> None:
    trial = Trial()
    trial.try_it()
    trial.room.lead(CloseStep(step=trial.step.public_id))
    trial.room.lead(UndoStep())
    trial.watch.check()
    trial.try_it()
    trial.room.lead(CloseStep(step=trial.step.public_id))
    trial.watch.check()


def test_votes_that_were_tried_are_gone_and_the_o_is_free_again() -> None:
    trial = Trial()
    round_, (item, *_) = trial.room.open_vote(practice=True)
    trial.room.vote(trial.people[0], round_, item, tap=1)
    trial.watch.check()
    trial.room.lead(CloseStep(step=round_.step.public_id))
    trial.watch.check()
    assert not Vote.objects.filter(round_item__round=round_).exists()
    assert not Ballot.objects.filter(round=round_).exists()
    trial.room.lead(OpenStep(step=round_.step.public_id))
    trial.room.vote(trial.people[0], round_, item, tap=2)
    trial.watch.check()


def told(room: SessionHarness) -> str:
    """Return what the log says, and what the session itself keeps."""
    session = Session.objects.get(pk=room.session.pk)
    lines = Event.objects.filter(session=session).exclude(kind="participant.joined").values_list("data", flat=True)
    return "".join(str(data) for data in [*lines, session.stage, session.undo])


def test_it_is_thrown_away_as_well_when_its_opening_is_undone() -> None:
    trial = Trial()
    cards = trial.try_it()
    trial.room.lead(UndoStep())
    trial.watch.check()
    assert not Contribution.objects.filter(step=trial.step).exists()
    assert not [card for card in cards if card in told(trial.room)]
    round_, (item, *_) = trial.room.open_vote(practice=True)
    trial.room.vote(trial.people[0], round_, item, tap=1)
    trial.room.lead(UndoStep())
    trial.watch.check()
    assert not Vote.objects.filter(round_item__round=round_).exists()
    assert not Ballot.objects.filter(round=round_).exists()


def test_a_card_that_stood_large_is_named_nowhere_afterwards() -> None:
    trial = Trial()
    step = trial.room.step(Keys.COLLECT, practice=True, silent=False)
    trial.room.lead(OpenStep(step=step.public_id))
    card = trial.write(0, "Proef", step.public_id)
    trial.room.lead(ShowStage(step=step.public_id, card=card))
    trial.room.lead(ShowStage(step=step.public_id, first=card))
    trial.watch.check()
    trial.room.lead(CloseStep(step=step.public_id))
    trial.watch.check()
    assert card not in told(trial.room)


def test_who_got_a_tried_vote_back_is_named_nowhere_afterwards() -> None:
    trial = Trial()
    round_, _ = trial.room.open_vote(practice=True)
    (card,) = trial.room.scribe(trial.real, "overheden")
    trial.room.lead(TickCard(round=round_.public_id, card=card, on=True))
    item = Item.objects.get(contribution__public_id=card).public_id
    trial.room.vote(trial.people[0], round_, item, tap=1)
    trial.room.lead(UndoStep())
    trial.room.lead(CloseStep(step=round_.step.public_id))
    trial.watch.check()
    assert trial.room.person(trial.people[0]).public_id not in told(trial.room)


def test_no_file_holds_it_while_it_goes_on() -> None:
    trial = Trial()
    cards = trial.try_it()
    round_, (item, *_) = trial.room.open_vote(practice=True)
    trial.room.vote(trial.people[0], round_, item, tap=1)
    lines = export(trial.room.session, "events.jsonl")
    assert "vote.cast" not in lines and not [card for card in cards if card in lines]
    assert lines.count("answer.dropped") == len(cards) + 1


def test_a_reveal_step_shows_nothing_of_what_became_practice() -> None:
    trial = Trial()
    round_, _ = trial.room.open_vote()
    trial.room.lead(CloseStep(step=round_.step.public_id))
    tried = trial.room.step(Keys.VOTE)
    reveal = trial.room.step(Keys.REVEAL)
    trial.room.lead(EditStep(step=reveal.public_id, subject=tried.public_id))
    trial.room.lead(EditStep(step=tried.public_id, settings={"practice": True}))
    (card,) = trial.room.scribe(trial.real, "overheden")
    trial.room.lead(TickCard(round=tried.rounds.get().public_id, card=card, on=True))
    trial.room.lead(OpenStep(step=tried.public_id))
    with pytest.raises(Refused) as refused:
        trial.room.lead(OpenStep(step=reveal.public_id))
    assert refused.value.code is Code.STEP_NOT_REVEALABLE
    assert not Publication.objects.filter(round__step=tried).exists()
    trial.watch.check()


def test_no_vote_becomes_practice_while_another_round_is_prepared() -> None:
    """Its closing would throw away what stands in the round before."""
    trial = Trial()
    round_, (item, *_) = trial.room.open_vote()
    for tap, person in enumerate(trial.people, start=1):
        trial.room.vote(person, round_, item, tap=tap)
    step = round_.step.public_id
    trial.room.lead(RevealStep(step=step))
    trial.room.lead(AddRound(step=step))
    with pytest.raises(Refused) as refused:
        trial.room.lead(EditStep(step=step, settings={"practice": True}))
    assert refused.value.code is Code.STEP_HAS_ANSWERS
    assert Vote.objects.filter(round_item__round=round_).count() == len(trial.people)
