"""What each audience is told of an act: what it may see of it, under its rights now, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from sessions.domain.commands import (
    AddTime,
    CloseStep,
    EditCard,
    EditSession,
    EditStep,
    LockSession,
    MoveParticipant,
    MoveStep,
    OpenStep,
    RedactCard,
    RemoveStep,
    RestoreCard,
    RetireParticipant,
    RevealStep,
    SealStep,
    UndoStep,
    WithdrawCard,
    WriteCard,
)
from sessions.domain.log import LogEntry, LogKind
from sessions.domain.moment import now
from sessions.domain.own_rendering import render_own
from sessions.domain.rendering import render_shared
from sessions.domain.span import span_of
from sessions.domain.state import State
from sessions.enums import Aspect, Audience, StepState
from sessions.kinds import Keys
from sessions.models import Contribution, Step

from ..live.client import Watch
from .evening import CONSOLE, PHONE, STAGE, Evening, all_of, only

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_comes_next_is_the_facilitators() -> None:
    """Steps that were never opened are edited, moved and dropped before nobody's eyes but the console's."""
    evening = Evening()
    last = evening.reveal.public_id
    assert evening.does(EditStep(step=last, title_nl="Anders")) == only(console=["step.put"])
    assert evening.does(MoveStep(step=last)) == {
        PHONE: ["session.put"],
        STAGE: ["session.put"],
        CONSOLE: ["step.put"] * 3 + ["round.put", "session.put"],
    }
    assert evening.seen(CONSOLE, "steps")[last]["position"] == 1
    told = evening.does(RemoveStep(step=last))
    assert told[CONSOLE] == ["step.gone", "session.put"] and "step.gone" not in told[PHONE] + told[STAGE]
    assert last not in evening.seen(CONSOLE, "steps")


def test_a_step_that_is_opened_comes_to_everybody_and_its_cards_to_whom_may_see_them() -> None:
    evening = Evening()
    told = evening.does(OpenStep(step=evening.collect.public_id))
    assert told == all_of("step.put", "session.put")
    evening.cards = evening.room.scribe(evening.collect, "onderwijs")
    assert evening.turn()[CONSOLE][0] == "card.put"
    assert evening.seen(STAGE, "cards") == {}
    told = evening.does(OpenStep(step=evening.collect.public_id))
    assert told == only(console=[]), "it was open already"


def test_a_silent_step_shows_its_cards_at_the_reveal_at_once() -> None:
    evening = Evening()
    evening.write()
    assert evening.does(RevealStep(step=evening.collect.public_id)) == all_of("step.revealed", "session.put")
    cards = {audience: len(evening.events[audience][0]["cards"]) for audience in evening.events}
    assert cards == {PHONE: 0, STAGE: 3, CONSOLE: 0}, "the console has them, a phone never gets them"
    assert len(evening.seen(STAGE, "cards")) == 3
    told = evening.does(UndoStep())
    assert told == all_of("step.concealed", "session.put")
    assert evening.events[STAGE][0]["cards_gone"] is True and evening.seen(STAGE, "cards") == {}
    assert evening.events[CONSOLE][0]["cards_gone"] is False and len(evening.seen(CONSOLE, "cards")) == 3


def test_cards_before_a_reveal_in_the_same_turn_are_told_with_it_and_not_before() -> None:
    """Else their order would be that of writing."""
    evening = Evening()
    evening.write()
    evening.cards += evening.room.scribe(evening.collect, "overheden")
    told = evening.does(RevealStep(step=evening.collect.public_id))
    assert told[STAGE] == ["step.revealed", "session.put"] and told[CONSOLE][0] == "card.put"
    assert len(evening.seen(STAGE, "cards")) == 4


def test_a_card_is_changed_redacted_given_back_and_withdrawn() -> None:
    evening = Evening()
    evening.does(OpenStep(step=evening.collect.public_id), RevealStep(step=evening.collect.public_id))
    writer = evening.people[0]
    step, pillar = evening.collect.public_id, evening.room.pillars[0].public_id
    told = evening.does(WriteCard(step=step, text="een", aspect=Aspect.BOTH, lang="nl", pillar=pillar), by=writer)
    card = evening.made
    assert card is not None and told[STAGE] == told[CONSOLE] == ["card.put"] and told[PHONE] == []
    assert [own["id"] for own in evening.watch.you[writer.id]["cards"]] == [card]
    assert evening.does(EditCard(card=card, text="twee"), by=writer) == only(console=["card.put"], stage=["card.put"])
    assert evening.seen(STAGE, "cards")[card]["text"] == "twee"
    told = evening.does(RedactCard(card=card, reason="name"))
    assert told == {PHONE: ["step.put"], STAGE: ["card.gone", "step.put"], CONSOLE: ["card.put", "step.put"]}
    assert evening.seen(STAGE, "steps")[step]["hidden"] == {"name": 1}
    told = evening.does(RestoreCard(card=card))
    assert told == {PHONE: ["step.put"], STAGE: ["card.put", "step.put"], CONSOLE: ["card.put", "step.put"]}
    told = evening.does(WithdrawCard(card=card), by=writer)
    assert told == only(console=["card.gone"], stage=["card.gone"])
    assert evening.watch.you[writer.id]["cards"] == []


def test_a_redacted_card_that_is_withdrawn_is_counted_no_more() -> None:
    evening = Evening()
    evening.does(OpenStep(step=evening.collect.public_id), RevealStep(step=evening.collect.public_id))
    writer, step = evening.people[0], evening.collect.public_id
    pillar = evening.room.pillars[0].public_id
    evening.does(WriteCard(step=step, text="een", aspect=Aspect.BOTH, lang="nl", pillar=pillar), by=writer)
    card = evening.made
    assert card is not None
    evening.does(RedactCard(card=card, reason="rude"))
    told = evening.does(WithdrawCard(card=card), by=writer)
    assert told[STAGE] == ["card.gone", "step.put"]
    assert evening.seen(STAGE, "steps")[step]["hidden"] == {}


def test_a_step_with_answers_leaves_the_agenda_of_everybody_and_its_own_people_keep_their_cards() -> None:
    evening = Evening()
    evening.write()
    welcome = evening.room.step(Keys.WELCOME)
    evening.does(OpenStep(step=welcome.public_id))
    told = evening.does(RemoveStep(step=evening.collect.public_id))
    assert told == all_of("step.gone", "session.put")
    assert evening.stored(evening.collect).state == StepState.SUPERSEDED
    assert Contribution.objects.filter(step=evening.collect).count() == 3


def test_clock_door_and_name_of_the_session_are_told_to_all() -> None:
    evening = Evening()
    evening.write()
    assert evening.does(AddTime(step=evening.collect.public_id, seconds=60)) == all_of("step.put")
    assert evening.does(LockSession(on=True)) == all_of("session.put")
    assert evening.does(LockSession(on=True)) == only(console=[]), "it was locked already"
    assert evening.does(EditSession(title_nl="Andere avond")) == all_of("session.put")
    assert evening.watch.snapshots[PHONE]["session"]["title"]["nl"] == "Andere avond"


def test_the_mark_of_an_o_comes_and_goes_on_its_cards_and_not_to_phones() -> None:
    """With two of an O no card says that it is theirs; with three each does."""
    evening = Evening()
    evening.write()
    evening.does(RevealStep(step=evening.collect.public_id))
    small = evening.room.sectors["overheden"].public_id

    def marked(audience: Audience) -> int:
        return sum(card["sector"] == small for card in evening.seen(audience, "cards").values())

    assert marked(STAGE) == marked(CONSOLE) == 0
    newcomer, *_ = evening.room.join("overheden")
    told = evening.turn()
    # With both: as long as one was without, its cards would have been known by that.
    assert told == only(stage=["marks.put"] * 2, console=["participant.put", *["marks.put"] * 2])
    assert marked(STAGE) == marked(CONSOLE) == 1
    name = evening.room.person(newcomer).public_id
    told = evening.does(RetireParticipant(participant=name))
    assert told[CONSOLE] == ["participant.put", *["marks.put"] * 2] and marked(STAGE) == 0
    assert evening.seen(CONSOLE, "participants")[name]["retired"] is True


def test_who_is_moved_or_retired_is_told_so_in_private() -> None:
    evening = Evening()
    person = evening.people[0]
    name = evening.room.person(person).public_id
    other = evening.room.sectors["overheden"].public_id
    told = evening.does(MoveParticipant(participant=name, sector=other))
    assert told[CONSOLE][0] == "participant.put" and "participant.put" not in told[PHONE] + told[STAGE]
    assert evening.watch.you[person.id]["sector"] == other
    evening.does(RetireParticipant(participant=name))
    assert evening.watch.you[person.id]["retired"] is True


def test_a_step_closed_for_good_says_until_when_its_redacted_cards_can_come_back() -> None:
    evening = Evening()
    evening.write()
    card = evening.cards[0]
    evening.does(RedactCard(card=card, reason="rude"), CloseStep(step=evening.collect.public_id))
    Step.objects.filter(pk=evening.collect.pk).update(closed_at=now() - dt.timedelta(minutes=1))
    evening.room.step(Keys.WELCOME)  # the writer reads the agenda anew
    assert evening.seen(CONSOLE, "cards")[card]["until"] is None
    evening.watch = Watch(evening.room, people=evening.people)
    told = evening.does(SealStep(step=evening.collect.public_id))
    assert told[CONSOLE].count("card.put") == 1 and "card.put" not in told[STAGE] + told[PHONE]
    assert evening.seen(CONSOLE, "cards")[card]["until"] is not None


def test_a_line_about_what_is_gone_since_tells_nothing_that_is_not_there() -> None:
    """Who comes back reads old lines under the rows of now."""
    evening = Evening()
    evening.write()
    state = State.load(evening.room.session.pk)
    gone = "0" * 12

    def told(kind: LogKind, audience: Audience, **data: object) -> list[str]:
        entry = LogEntry(1, kind, evening.room.facilitator, dict(data))
        return [str(event.__struct_config__.tag) for event in render_shared(state, entry, audience, span_of([entry]))]

    assert told(LogKind.STEP_REVEALED, STAGE, step=gone) == ["session.put"]
    assert told(LogKind.STEP_UNDONE, STAGE, steps=[gone], concealed=[gone], step=gone) == ["step.gone", "session.put"]
    assert told(LogKind.ITEM_TICKED, STAGE, round=gone, item=gone, card=evening.cards[0]) == []
    assert told(LogKind.ROUND_PUBLISHED, STAGE, round=gone, step=gone) == []
    assert list(render_own(state, LogEntry(1, LogKind.VOTE_CAST, evening.room.facilitator, {}))) == []
