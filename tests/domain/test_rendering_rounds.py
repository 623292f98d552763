"""What each audience is told of votes, rounds and results, and of what shows them."""

from __future__ import annotations

import pytest

from sessions.domain.actor import Actor
from sessions.domain.commands import (
    AddBallot,
    AddRound,
    CastVote,
    CloseStep,
    CompareRound,
    EditStep,
    MarkGiven,
    OpenStep,
    RedactCard,
    RemoveBallot,
    RemoveRound,
    RemoveStep,
    RevealStep,
    ShowStage,
    TickCard,
    UndoStep,
    WriteCard,
)
from sessions.enums import Aspect, Picture, Source
from sessions.models import Participant, Step

from .evening import CONSOLE, PHONE, STAGE, Evening, all_of, only

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_card_goes_to_the_vote_before_nobodys_eyes_and_to_everybody_once_it_runs() -> None:
    evening = Evening()
    evening.write()
    first, second, third = evening.cards
    tick = TickCard(round=evening.round.public_id, card=first, on=True)
    assert evening.does(tick) == only(console=["item.put"])
    assert evening.does(TickCard(round=evening.round.public_id, card=first, on=False)) == only(console=["item.gone"])
    evening.does(tick, RevealStep(step=evening.collect.public_id), OpenStep(step=evening.vote.public_id))
    told = evening.does(TickCard(round=evening.round.public_id, card=second, on=True))
    assert told == {PHONE: ["item.put"], STAGE: ["item.put"], CONSOLE: ["item.put", "session.put"]}
    item = evening.events[STAGE][0]["item"]["id"]
    person = evening.people[0]
    evening.does(CastVote(round=evening.round.public_id, item=item, value=1, tap=1), by=person)
    assert [vote["item"] for vote in evening.watch.you[person.id]["votes"]] == [item]
    told = evening.does(UndoStep())
    assert told == {PHONE: ["item.gone"], STAGE: ["item.gone"], CONSOLE: ["item.gone", "session.put"]}
    assert evening.watch.you[person.id]["votes"] == [], "the dot is theirs again"
    # What is hidden in a vote stays in it, without its words.
    told = evening.does(RedactCard(card=first, reason="double"))
    assert told[STAGE] == ["card.gone", "item.put", "step.put"]
    (place,) = evening.seen(STAGE, "rounds")[evening.round.public_id]["items"]
    assert place["hidden"] is True and place["text"] == ""
    assert third in evening.seen(STAGE, "cards")


def test_a_vote_runs_and_its_result_comes_with_the_reveal() -> None:
    evening = Evening()
    evening.open_vote()
    assert set(evening.seen(PHONE, "rounds")) == {evening.round.public_id}
    item = evening.items[evening.cards[0]]
    evening.watch.join(evening.room.join("overheden"))
    evening.turn()
    for person in evening.watch.people:
        told = evening.does(CastVote(round=evening.round.public_id, item=item, value=1, tap=1), by=person)
        assert told == only(console=[]), "a vote is told by nothing but the person's own frame"
    assert evening.does(CloseStep(step=evening.vote.public_id)) == all_of("step.put", "round.put", "session.put")
    told = evening.does(OpenStep(step=evening.reveal.public_id))
    assert told[STAGE] == ["step.put", "session.put", "step.revealed", "session.put"]
    revealed = evening.events[STAGE][2]
    assert revealed["result"]["n"] == 6 and revealed["round"]["id"] == evening.round.public_id
    told = evening.does(CompareRound(round=evening.round.public_id, publication=1), by=Actor.system())
    assert told[STAGE] == ["round.put", "result.put"]
    told = evening.does(UndoStep())
    assert "step.concealed" in told[STAGE]
    assert evening.watch.snapshots[STAGE]["results"] == []


def test_another_round_is_the_facilitators_until_it_is_opened() -> None:
    evening = Evening()
    evening.open_vote()
    evening.does(RevealStep(step=evening.vote.public_id))
    told = evening.does(AddRound(step=evening.vote.public_id))
    second = evening.made
    assert (
        second is not None and second not in evening.seen(STAGE, "rounds") and second in evening.seen(CONSOLE, "rounds")
    )
    assert "round.put" in told[CONSOLE]
    told = evening.does(RemoveRound(round=second))
    assert told[CONSOLE][0] == "round.gone" and "round.gone" not in told[STAGE] + told[PHONE]
    evening.does(AddRound(step=evening.vote.public_id))
    third = evening.made
    assert third is not None
    evening.does(OpenStep(step=evening.vote.public_id))
    assert third in evening.seen(STAGE, "rounds")
    told = evening.does(UndoStep())
    assert told[STAGE].count("round.gone") == 1 and third not in evening.seen(STAGE, "rounds")
    assert "round.gone" not in told[CONSOLE] and third in evening.seen(CONSOLE, "rounds")


def test_a_round_that_was_opened_undone_and_dropped_in_one_turn_is_gone() -> None:
    evening = Evening()
    evening.open_vote()
    evening.does(RevealStep(step=evening.vote.public_id), AddRound(step=evening.vote.public_id))
    second = evening.made
    assert second is not None
    evening.does(OpenStep(step=evening.vote.public_id))
    told = evening.does(UndoStep(), RemoveRound(round=second))
    assert "round.gone" in told[STAGE] and "round.gone" in told[PHONE] and "round.gone" in told[CONSOLE]


def test_who_reads_a_reveal_after_another_round_was_opened_gets_the_earlier_result() -> None:
    evening = Evening()
    evening.open_vote()
    told = evening.does(
        RevealStep(step=evening.vote.public_id),
        AddRound(step=evening.vote.public_id),
        OpenStep(step=evening.vote.public_id),
    )
    assert "step.revealed" not in told[STAGE] and "result.put" in told[STAGE]
    assert [result["round"] for result in evening.watch.snapshots[STAGE]["results"]] == [evening.round.public_id]


def test_a_step_that_was_never_begun_takes_its_cards_out_of_the_vote() -> None:
    """Its opening was undone, so its people see in the same turn that they may edit their cards again."""
    evening = Evening()
    evening.open_vote()
    writer = evening.people[0]
    step, pillar = evening.collect.public_id, evening.room.pillars[0].public_id
    evening.does(UndoStep())
    evening.does(OpenStep(step=evening.collect.public_id))
    evening.does(WriteCard(step=step, text="een", aspect=Aspect.BOTH, lang="nl", pillar=pillar), by=writer)
    card = evening.made
    assert card is not None
    evening.does(TickCard(round=evening.round.public_id, card=card, on=True))
    evening.does(OpenStep(step=evening.vote.public_id))
    (own,) = evening.watch.you[writer.id]["cards"]
    assert own["fixed"] is True
    told = evening.does(UndoStep(), RemoveStep(step=evening.vote.public_id))
    assert "step.gone" in told[CONSOLE]
    (own,) = evening.watch.you[writer.id]["cards"]
    assert own["fixed"] is False
    assert not Step.objects.filter(pk=evening.vote.pk).exists()


def test_the_subject_of_the_step_that_is_on_brings_what_phones_have_to_hold() -> None:
    evening = Evening()
    evening.open_vote()
    evening.does(OpenStep(step=evening.reveal.public_id))
    told = evening.does(EditStep(step=evening.reveal.public_id, subject=evening.collect.public_id))
    assert told[PHONE][-1] == "session.put" and told[STAGE] == told[CONSOLE] == ["step.put"]
    told = evening.does(EditStep(step=evening.collect.public_id, title_nl="Anders"))
    assert "session.put" not in told[PHONE]


def test_a_turn_of_the_projectors_is_nothing_to_phones() -> None:
    evening = Evening()
    evening.open_vote()
    evening.does(OpenStep(step=evening.reveal.public_id))
    told = evening.does(ShowStage(step=evening.vote.public_id, picture=list(Picture)[1]))
    assert told == only(console=["session.put"], stage=["session.put"])


def test_a_console_is_told_that_a_paper_that_was_taken_back_can_be_undone() -> None:
    evening = Evening()
    evening.write()
    tick = TickCard(round=evening.round.public_id, card=evening.cards[0], on=True)
    evening.does(RevealStep(step=evening.collect.public_id), tick, OpenStep(step=evening.vote.public_id))
    (item,) = [found["id"] for found in evening.seen(CONSOLE, "rounds")[evening.round.public_id]["items"]]
    marks = [MarkGiven(item=item, value=1)]
    evening.does(
        AddBallot(round=evening.round.public_id, sector=evening.room.sectors["onderwijs"].public_id, marks=marks)
    )
    paper = Participant.objects.get(source=Source.SCRIBED).public_id
    told = evening.does(RemoveBallot(round=evening.round.public_id, participant=paper))
    assert "session.put" in told[CONSOLE]
    (put,) = [event for event in evening.events[CONSOLE] if event["type"] == "session.put"]
    assert put["session"]["undo"]["do"] == "ballot.remove"
    assert told[PHONE] == told[STAGE] == []
