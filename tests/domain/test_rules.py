"""Each rule refuses what it is there for, with its code, and lets through what is just on the other side."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sessions.domain import rules
from sessions.domain.actor import Actor
from sessions.domain.commands import ShowStage, UndoStep, WithdrawCard
from sessions.domain.kind import Input, kind_of
from sessions.enums import StepState
from sessions.errors import Code, Refused
from sessions.kinds import Keys

from ..refusing import Case, check_case
from .rows import NOON, SECOND, card, closed, planned, round_, session, step
from .rule_cases import CASES, COLLECT, GONE, HERE, LEADS, MEMBER, PERSON, REVEAL, SEALED, SETTINGS, frozen, opened


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_is_refused(case: Case) -> None:
    check_case(case)


def codes_of(act: Any, **given: Any) -> Code | None:
    try:
        act(**given)
    except Refused as refused:
        return refused.code
    return None


@pytest.mark.parametrize(
    ("step_", "after", "code"),
    [
        (step(), 3600, None),
        (closed(), 0, None),
        (closed(), 30, None),
        (closed(), 30.001, Code.STEP_CLOSED),
        (closed(revealed_at=NOON + SECOND), 2, Code.STEP_CLOSED),
        (SEALED, 2, Code.STEP_CLOSED),
        (planned(), 0, Code.STEP_NOT_OPEN),
        (GONE, 0, Code.STEP_CLOSED),
        (step(Keys.VOTE), 0, Code.STEP_WRONG_KIND),
    ],
)
def test_cards_are_taken_until_the_grace_is_over(step_: Any, after: float, code: Code | None) -> None:
    assert codes_of(rules.check_takes_cards, step=step_, at=NOON + after * SECOND) is code


@pytest.mark.parametrize(
    ("round_of", "step_", "after", "code"),
    [
        (round_(), step(Keys.VOTE), 3600, None),
        (round_(closed_at=NOON), closed(Keys.VOTE), 30, None),
        (round_(closed_at=NOON), closed(Keys.VOTE), 30.001, Code.ROUND_CLOSED),
        (round_(closed_at=NOON), closed(Keys.VOTE, sealed_at=NOON), 1, Code.ROUND_CLOSED),
        (round_(closed_at=NOON, revealed_at=NOON), closed(Keys.VOTE), 1, Code.ROUND_CLOSED),
        (round_(opened_at=None, revealed_at=NOON), closed(Keys.VOTE), 1, Code.ROUND_NOT_OPEN),
    ],
)
def test_votes_are_taken_until_the_grace_is_over(round_of: Any, step_: Any, after: float, code: Code | None) -> None:
    assert codes_of(rules.check_takes_votes, round_=round_of, step=step_, at=NOON + after * SECOND) is code


@pytest.mark.parametrize(
    ("step_", "of", "after", "code"),
    [
        (closed(), None, 30.001, None),
        (closed(revealed_at=NOON), None, 1, None),
        (closed(Keys.VOTE), round_(closed_at=NOON), 31, None),
        (planned(), None, 0, Code.STEP_NOT_OPEN),
        (GONE, None, 0, Code.STEP_NOT_OPEN),
        (step(), None, 0, Code.STEP_NOT_CLOSED),
    ],
)
def test_a_step_is_closed_for_good_once_nothing_can_come(step_: Any, of: Any, after: float, code: Code | None) -> None:
    assert codes_of(rules.check_may_seal, step=step_, round_=of, at=NOON + after * SECOND) is code


def test_a_seal_that_is_too_early_says_for_how_many_seconds() -> None:
    for after, left in ((0, 30), (0.5, 30), (1, 29), (29.5, 1), (30, 0)):
        with pytest.raises(Refused) as refused:
            rules.check_may_seal(step=closed(), round_=None, at=NOON + after * SECOND)
        assert refused.value.fields == {"seconds": left}


@pytest.mark.parametrize(
    ("confirmed", "of", "code"),
    [(None, None, None), (0, 0, None), (2, 2, None), (2, None, Code.SEAL_COUNT), (None, 2, Code.SEAL_COUNT)],
)
def test_both_counts_of_a_seal_are_said_or_neither(confirmed: int | None, of: int | None, code: Code | None) -> None:
    assert codes_of(rules.check_seal_count, confirmed=confirmed, of=of) is code


def test_a_change_is_taken_back_for_ten_seconds() -> None:
    late = dt.timedelta(milliseconds=1)
    assert codes_of(rules.check_undo_time, done_at=NOON, at=NOON + rules.UNDO) is None
    assert codes_of(rules.check_undo_time, done_at=NOON, at=NOON + rules.UNDO + late) is Code.UNDO_TOO_LATE
    assert rules.undo_until({"at": 5_000}) == 15_000


@pytest.mark.parametrize(
    ("before", "steps", "reopens"),
    [
        (StepState.OPEN, {"step": SEALED}, True),
        (StepState.PLANNED, {"step": SEALED}, True),
        (StepState.CLOSED, {"step": SEALED}, False),
        (StepState.OPEN, {"step": closed()}, False),
        (StepState.OPEN, {}, False),
    ],
)
def test_what_was_closed_for_good_stays_closed(before: str, steps: dict[str, Any], reopens: bool) -> None:
    assert rules.reopens_sealed(undo=opened(before), steps=steps) is reopens


def test_everybody_asks_what_their_screen_has() -> None:
    def ask(actor: Actor, command: Any, *, person: Any = None, member: Any = None) -> Code | None:
        return codes_of(rules.check_may_ask, actor=actor, command=command, person=person, member=member)

    card_, show = WithdrawCard(card="c"), ShowStage(step="s")
    assert ask(PERSON, card_, person=HERE) is None
    assert ask(MEMBER, UndoStep(), member=LEADS) is None
    assert ask(Actor.stage(1), show) is None
    assert ask(MEMBER, UndoStep(), member=Code.NO_ROLE) is Code.NO_ROLE
    assert ask(Actor.stage(1), show, member=Code.LINK_REVOKED) is Code.LINK_REVOKED
    for actor in (MEMBER, Actor.stage(1), Actor.system()):
        assert ask(actor, card_) is Code.NOT_ALLOWED
    for actor in (PERSON, Actor.stage(1), Actor.system()):
        assert ask(actor, UndoStep()) is Code.NOT_ALLOWED


def test_a_right_that_stands_is_returned() -> None:
    assert rules.require_member(LEADS) is LEADS
    assert rules.require_person(HERE, went_on=lambda: pytest.fail("asked of nobody only")) is HERE


def test_a_key_whose_text_was_destroyed_tells_by_itself() -> None:
    rules.check_same_content(stored=None, is_digest=lambda digest: False)
    rules.check_same_content(stored=4, is_digest=(4).__eq__)


def test_an_open_door_lets_in() -> None:
    rules.check_session_open(archived_at=None, wiping_at=None)
    rules.check_door_open(locked=False)
    rules.check_waiting_room(waiting=2, most=3)
    rules.check_rehearsal(session(rehearsal=True))
    rules.check_sector_open(is_fixed=False)
    rules.check_items_are_chosen(step(Keys.VOTE))
    rules.check_items_are_chosen(step(Keys.QUESTION, settings={"mode": "qa"}))


def test_what_may_be_done_to_a_step_in_its_time() -> None:
    rules.check_input(step=step(), wanted=Input.CARDS)
    rules.check_is_open(step())
    rules.check_begun(closed())
    rules.check_was_opened(closed())
    rules.check_in_agenda(planned())
    rules.check_revealable(step())
    rules.check_not_sealed(closed())
    rules.check_may_remove(closed())
    rules.check_may_move(step="s", after="t")
    rules.check_reopens_none(undo=opened(StepState.OPEN), steps={"step": closed()})
    assert codes_of(rules.check_revealable, step=planned()) is Code.STEP_NOT_REVEALABLE
    assert rules.takes_answers(step()) and not rules.takes_answers(step(Keys.BREAK))


def test_a_subject_has_something_to_reveal() -> None:
    rules.check_subject(kind=Keys.REVEAL, subject=step())
    assert codes_of(rules.check_subject, kind=Keys.REVEAL, subject=step(Keys.BREAK)) is Code.STEP_WRONG_KIND


def test_settings_change_within_their_limits() -> None:
    changed = rules.change_settings(kind=COLLECT, before=SETTINGS, given={"max_cards": 2})
    assert changed == SETTINGS | {"max_cards": 2}
    assert rules.change_settings(kind=REVEAL, before={}, given={}) == {}


def test_whether_people_answered_is_asked_only_of_what_is_frozen() -> None:
    names = kind_of(Keys.VOTE).frozen
    same = dict.fromkeys(names, 1)
    rules.check_frozen(**frozen(after=same, has_begun=lambda: pytest.fail("nothing frozen changes")))
    rules.check_frozen(**frozen(after=dict.fromkeys(names, 2), has_begun=lambda: False))


def test_what_may_be_done_with_a_card() -> None:
    rules.check_own(card=card(), actor=PERSON)
    rules.check_not_redacted(card())
    rules.check_showable(card=card())
    rules.check_restorable(is_restorable=True)
    rules.check_card_limit(written=2, most=3)
    rules.check_not_in_vote(has_begun=False)
    assert codes_of(rules.check_showable, card=card(), is_there=False) is Code.CARD_UNKNOWN
    assert codes_of(rules.check_own, card=card(participant_id=None), actor=PERSON) is Code.CARD_UNKNOWN


def test_what_may_be_done_with_a_round() -> None:
    rules.check_each_once(given=["a", "b"], items={"a": 1, "b": 2})
    rules.check_may_open(round_=round_(), items=1)
    rules.check_another_round(round_=round_(revealed_at=NOON), step=closed(Keys.VOTE))
    rules.check_offered(chosen=["b"], offered=["a", "b"])
    rules.check_may_drop(round_=round_(number=2), has_begun=False)
    rules.check_takes_ticks(round_())
    rules.check_may_leave(has_begun=False)
    assert codes_of(rules.check_may_drop, round_=round_(number=2), has_begun=True) is Code.ROUND_STARTED


def test_the_projectors_are_turned_where_they_are() -> None:
    shown = step()
    rules.check_on_stage(step=shown, shown=shown)
    assert codes_of(rules.check_on_stage, step=step(), shown=step()) is Code.STAGE_ELSEWHERE
