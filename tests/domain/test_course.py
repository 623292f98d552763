"""The course of a session: what a repeated command does, what an undo takes back, and what the system adds."""

from __future__ import annotations

from uuid import uuid4

import pytest

from sessions.domain.actor import Actor
from sessions.domain.commands import (
    AddRound,
    AdoptRounds,
    ClassifyCard,
    CompareRound,
    EditCard,
    OpenStep,
    RedactCard,
    RestoreCard,
    RevealStep,
    SealStep,
    ShowStage,
    TickCard,
    UndoStep,
    WithdrawCard,
    WriteCard,
)
from sessions.domain.documents import ChanceDoc
from sessions.domain.publication import read_published
from sessions.domain.sessions import set_archived
from sessions.domain.world import CommandRequest, CommandResult
from sessions.enums import Aspect, Picture
from sessions.kinds import Keys
from sessions.models import Event, Publication, Round, Session, Step

from ..factory import SessionHarness, make_room
from .reveals import H, Vote, W

pytestmark = pytest.mark.django_db(transaction=True)


def lines(room: SessionHarness, kind: str) -> int:
    return Event.objects.filter(session=room.session, kind=kind).count()


def chance_of(vote: Vote) -> ChanceDoc | None:
    return read_published(vote.room.session.pk).results[vote.round.public_id].chance


class Writing:
    """An open step in which somebody has written a card on the first pillar."""

    def __init__(self) -> None:
        self.room: SessionHarness = make_room()
        self.step = self.room.step(Keys.COLLECT)
        self.room.lead(OpenStep(step=self.step.public_id))
        (self.writer,) = self.room.join("onderwijs")
        pillar = self.room.pillars[0].public_id
        command = WriteCard(step=self.step.public_id, text="een", aspect=Aspect.BOTH, lang="nl", pillar=pillar)
        made = self.room.ask(self.writer, command).id
        assert made is not None
        self.card = made


def test_a_card_that_is_edited_to_what_it_is_was_not_edited() -> None:
    writing = Writing()
    room, card = writing.room, writing.card
    room.ask(writing.writer, EditCard(card=card, text="een", aspect=Aspect.BOTH))
    assert lines(room, "card.edited") == 0 and room.card(card).edited_at is None
    room.ask(writing.writer, EditCard(card=card, pillar=room.pillars[1].public_id))
    assert (room.card(card).pillar, room.card(card).text) == (room.pillars[1], "een")
    room.ask(writing.writer, EditCard(card=card, text="twee"))
    assert (room.card(card).text, lines(room, "card.edited")) == ("twee", 2)
    room.lead(ClassifyCard(card=card))
    assert lines(room, "card.classified") == 0
    room.lead(ClassifyCard(card=card, aspect=Aspect.HARDWARE))
    assert room.card(card).aspect == Aspect.HARDWARE and lines(room, "card.classified") == 1


def test_a_card_is_withdrawn_once_and_leaves_the_vote_that_was_not_opened_yet() -> None:
    writing = Writing()
    room, card = writing.room, writing.card
    round_ = Round.objects.get(step=room.step(Keys.VOTE))
    room.lead(TickCard(round=round_.public_id, card=card, on=True))
    for _ in range(2):
        room.ask(writing.writer, WithdrawCard(card=card))
    assert room.card(card).text == "" and not round_.round_items.exists()
    assert (lines(room, "card.withdrawn"), lines(room, "item.unticked")) == (1, 1)


def test_a_card_is_ticked_once_and_taken_out_once() -> None:
    writing = Writing()
    room, card = writing.room, writing.card
    round_ = Round.objects.get(step=room.step(Keys.VOTE))
    for on in (True, True, False, False):
        room.lead(TickCard(round=round_.public_id, card=card, on=on))
    assert (lines(room, "item.ticked"), lines(room, "item.unticked")) == (1, 1)


def test_a_card_is_redacted_and_given_back_once_and_another_reason_is_another_redaction() -> None:
    writing = Writing()
    room, card = writing.room, writing.card
    room.lead(RestoreCard(card=card))
    for reason in ("rude", "rude", "double"):
        room.lead(RedactCard(card=card, reason=reason))  # type: ignore[arg-type]
    assert lines(room, "card.redacted") == 2 and room.card(card).reason == "double"
    for _ in range(2):
        room.lead(RestoreCard(card=card))
    assert lines(room, "card.restored") == 1 and room.card(card).hidden_at is None


def test_an_undo_names_the_change_that_was_seen() -> None:
    """A turn of the projectors lies over the opening: that one can be named, and is taken back under it."""
    room = make_room()
    _, _ = room.open_vote()
    vote = room.session.steps.get(kind=Keys.VOTE)
    room.lead(RevealStep(step=vote.public_id))
    undo = Session.objects.get(pk=room.session.pk).undo
    assert undo is not None
    room.lead(ShowStage(step=vote.public_id, picture=list(Picture)[1]))
    room.lead(UndoStep(until=undo["at"] + 10_000))
    vote.refresh_from_db()
    assert Round.objects.get(step=vote).revealed_at is None
    assert Session.objects.get(pk=room.session.pk).undo is None


def test_what_was_revealed_or_sealed_is_so_once() -> None:
    room = make_room()
    room.open_vote()
    vote = room.session.steps.get(kind=Keys.VOTE)
    for _ in range(2):
        room.lead(RevealStep(step=vote.public_id))
    assert lines(room, "step.revealed") == 1
    for _ in range(2):
        room.lead(SealStep(step=vote.public_id))
    assert lines(room, "step.sealed") == 1


def test_a_publication_is_completed_by_its_comparison_once() -> None:
    """Two processes may both have made it: the first counts."""
    vote = Vote()
    vote.cast(W, yes=5, no=1)
    vote.cast(H, yes=1, no=5)
    vote.reveal()
    publication = Publication.objects.get(round=vote.round)
    assert publication.untested
    before = lines(vote.room, "round.published")
    for line in (0.4, 0.9):
        compare = CompareRound(round=vote.round.public_id, publication=publication.number, line=line, runs=10, seed=3)
        vote.room.ask(Actor.system(), compare)
    vote.room.ask(Actor.system(), CompareRound(round=vote.round.public_id, publication=99))
    assert lines(vote.room, "round.published") == before + 1
    chance = chance_of(vote)
    assert chance is not None and (chance.line, chance.runs, chance.seed) == (0.4, 10, 3)


def test_a_comparison_that_had_nothing_to_compare_leaves_no_line() -> None:
    vote = Vote()
    vote.cast(W, yes=5, no=1)
    vote.cast(H, yes=1, no=5)
    vote.reveal()
    number = Publication.objects.get(round=vote.round).number
    vote.room.ask(Actor.system(), CompareRound(round=vote.round.public_id, publication=number))
    assert chance_of(vote) is None and not Publication.objects.get(round=vote.round).untested


def test_a_round_that_was_revealed_without_a_publication_gets_one() -> None:
    vote = Vote()
    vote.cast(W, yes=5, no=1)
    vote.cast(H, yes=1, no=5)
    shown = vote.reveal()
    Publication.objects.filter(round=vote.round).delete()
    vote.room.ask(Actor.system(), AdoptRounds())
    assert vote.shown().n == shown.n == 12
    before = lines(vote.room, "round.published")
    vote.room.ask(Actor.system(), AdoptRounds())
    assert lines(vote.room, "round.published") == before, "nothing is left to adopt"


def test_a_redacted_card_is_not_put_to_the_vote_again_also_when_that_came_at_once() -> None:
    room = make_room()
    round_, items = room.open_vote(items=3)
    room.lead(RevealStep(step=round_.step.public_id))
    card = round_.round_items.get(item__public_id=items[0]).item.contribution
    assert card is not None
    results = room.batch(
        CommandRequest(room.facilitator, RedactCard(card=card.public_id, reason="rude"), uuid4()),
        CommandRequest(room.facilitator, AddRound(step=round_.step.public_id), uuid4()),
    )
    assert all(isinstance(result, CommandResult) for result in results)
    second = Round.objects.get(step=round_.step, number=2)
    assert set(second.round_items.values_list("item__public_id", flat=True)) == set(items[1:])


def test_a_step_that_shows_nothing_is_opened_and_reveals_nothing() -> None:
    room = make_room()
    shown = room.step(Keys.REVEAL)
    room.lead(OpenStep(step=shown.public_id))
    assert Step.objects.get(pk=shown.pk).opened_at is not None and lines(room, "step.revealed") == 0


def test_a_session_is_archived_and_taken_out_again() -> None:
    room = make_room()
    for on in (True, True, False, False):
        set_archived(room.session.pk, on=on)
        assert (Session.objects.get(pk=room.session.pk).archived_at is not None) is on
