"""What each rule refuses: one case for each place in the rules that does."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import Any

from sessions.domain import rules
from sessions.domain.actor import Actor
from sessions.domain.authorisation import MemberRight
from sessions.domain.commands import OpenStep, WithdrawCard
from sessions.domain.kind import Input, kind_of
from sessions.domain.rules.grace import GRACE
from sessions.domain.sanitiser import clean_line, clean_text
from sessions.domain.structure import Structure
from sessions.enums import Consent, StepState, Whose
from sessions.errors import Code
from sessions.kinds import Keys
from sessions.limits import MOST_CROWDS, MOST_KEPT_AGENDAS, MOST_STEPS

from ..refusing import Case
from .rows import NOON, SECOND, card, closed, planned, round_, session, step

HERE, RETIRED = SimpleNamespace(retired_at=None), SimpleNamespace(retired_at=NOON)
PERSON, MEMBER = Actor.participant(7), Actor.member(3)
LEADS = MemberRight("Lead", "facilitator")
EMPTY = Structure(version=1, steps={}, rounds={}, items={}, round_items={}, sectors={}, pillars={})
COLLECT, REVEAL = kind_of(Keys.COLLECT), kind_of(Keys.REVEAL)
SETTINGS = COLLECT.complete({})
SEALED = closed(sealed_at=NOON + 40 * SECOND)
GONE = step(state=StepState.SUPERSEDED)
PRACTISED = closed(settings={"practice": True})


def opened(before: str) -> dict[str, Any]:
    """Return the change that opened the step, which was in this state before."""
    return {"at": 0, "steps": {"step": {"state": before}}}


def frozen(**fields: Any) -> dict[str, Any]:
    return {"kind": kind_of(Keys.VOTE), "before": dict.fromkeys(kind_of(Keys.VOTE).frozen, 1)} | fields


CASES = [
    # What people agreed to.
    Case(
        rules.check_not_looser,
        Code.CONSENT_LOOSER,
        lambda: rules.check_not_looser(was=Consent.CHATHAM, now=Consent.FULL, begun=True),
    ),
    Case(rules.check_agreed, Code.CONSENT_CHANGED, lambda: rules.check_agreed(shown=Consent.FIGURES, now=Consent.FULL)),
    # The session, and who asks.
    Case(
        rules.check_session_open,
        Code.SESSION_ARCHIVED,
        lambda: rules.check_session_open(archived_at=NOON, wiping_at=None),
    ),
    Case(
        rules.check_session_open, Code.UNAVAILABLE, lambda: rules.check_session_open(archived_at=NOON, wiping_at=NOON)
    ),
    Case(
        rules.check_may_ask,
        Code.NOT_ALLOWED,
        lambda: rules.check_may_ask(actor=PERSON, command=OpenStep(step="s"), person=HERE, member=None),
    ),
    Case(
        rules.check_may_ask,
        Code.NOT_JOINED,
        lambda: rules.check_may_ask(actor=PERSON, command=WithdrawCard(card="c"), person=None, member=None),
    ),
    Case(
        rules.check_not_retired,
        Code.RETIRED,
        lambda: rules.check_may_ask(actor=PERSON, command=WithdrawCard(card="c"), person=RETIRED, member=None),
    ),
    Case(rules.check_same_content, Code.KEY_REUSED, lambda: rules.check_same_content(stored=1, is_digest=(2).__eq__)),
    Case(rules.check_door_open, Code.SESSION_LOCKED, lambda: rules.check_door_open(locked=True)),
    Case(rules.check_waiting_room, Code.JOIN_FULL, lambda: rules.check_waiting_room(waiting=3, most=3)),
    Case(rules.check_rehearsal, Code.SESSION_NO_REHEARSAL, lambda: rules.check_rehearsal(session(rehearsal=False))),
    Case(rules.check_crowds, Code.CROWD_LIMIT, lambda: rules.check_crowds(running=MOST_CROWDS)),
    Case(rules.require_person, Code.WENT_ON, lambda: rules.require_person(None, went_on=lambda: True)),
    Case(rules.require_person, Code.NOT_JOINED, lambda: rules.require_person(None, went_on=lambda: False)),
    Case(rules.check_sector_open, Code.SECTOR_FIXED, lambda: rules.check_sector_open(is_fixed=True)),
    # What is not there.
    Case(Structure.step, Code.STEP_UNKNOWN, lambda: EMPTY.step("s")),
    Case(Structure.round, Code.ROUND_UNKNOWN, lambda: EMPTY.round("r")),
    Case(Structure.round_item, Code.ITEM_UNKNOWN, lambda: EMPTY.round_item(round_(), "i")),
    Case(Structure.item, Code.ITEM_UNKNOWN, lambda: EMPTY.item("i")),
    Case(Structure.sector, Code.SECTOR_UNKNOWN, lambda: EMPTY.sector("s")),
    Case(Structure.pillar, Code.PILLAR_UNKNOWN, lambda: EMPTY.pillar("p")),
    # Steps.
    Case(
        rules.check_input,
        Code.STEP_WRONG_KIND,
        lambda: rules.check_input(step=step(Keys.WELCOME), wanted=Input.CARDS),
    ),
    Case(rules.check_takes_cards, Code.STEP_NOT_OPEN, lambda: rules.check_takes_cards(step=planned(), at=NOON)),
    Case(
        rules.check_takes_cards,
        Code.STEP_CLOSED,
        lambda: rules.check_takes_cards(step=closed(), at=NOON + GRACE + SECOND),
    ),
    Case(rules.check_length, Code.TEXT_LONG, lambda: rules.check_length(text="abc", most=2)),
    Case(rules.check_keeps_answers, Code.STEP_CLOSED, lambda: rules.check_keeps_answers(PRACTISED)),
    Case(rules.check_takes_done, Code.STEP_WRONG_KIND, lambda: rules.check_takes_done(step(Keys.WELCOME))),
    Case(rules.check_takes_done, Code.STEP_NOT_OPEN, lambda: rules.check_takes_done(planned())),
    Case(rules.check_takes_done, Code.STEP_CLOSED, lambda: rules.check_takes_done(closed())),
    Case(rules.check_is_open, Code.STEP_NOT_OPEN, lambda: rules.check_is_open(closed())),
    Case(rules.check_begun, Code.STEP_NOT_OPEN, lambda: rules.check_begun(planned())),
    Case(rules.check_was_opened, Code.STEP_NOT_OPEN, lambda: rules.check_was_opened(planned())),
    Case(rules.check_in_agenda, Code.STEP_UNKNOWN, lambda: rules.check_in_agenda(GONE)),
    Case(rules.check_revealable, Code.STEP_NOT_REVEALABLE, lambda: rules.check_revealable(step(Keys.WELCOME))),
    Case(rules.check_scope, Code.STEP_WRONG_KIND, lambda: rules.check_scope(step())),
    Case(
        rules.check_not_revealed,
        Code.STEP_REVEALED,
        lambda: rules.check_not_revealed(step(Keys.QUESTION, revealed_at=NOON)),
    ),
    Case(rules.check_not_sealed, Code.STEP_SEALED, lambda: rules.check_not_sealed(SEALED)),
    Case(
        rules.check_may_seal,
        Code.STEP_WRONG_KIND,
        lambda: rules.check_may_seal(step=closed(Keys.WELCOME), round_=None, at=NOON),
    ),
    Case(
        rules.check_may_seal,
        Code.STEP_NOT_OPEN,
        lambda: rules.check_may_seal(step=closed(Keys.VOTE), round_=round_(number=2, opened_at=None), at=NOON),
    ),
    Case(rules.check_may_seal, Code.STEP_NOT_CLOSED, lambda: rules.check_may_seal(step=step(), round_=None, at=NOON)),
    Case(
        rules.check_may_seal,
        Code.SEAL_TOO_EARLY,
        lambda: rules.check_may_seal(step=closed(), round_=None, at=NOON + GRACE),
    ),
    Case(rules.check_seal_count, Code.SEAL_COUNT, lambda: rules.check_seal_count(confirmed=3, of=2)),
    # Taking back.
    Case(
        rules.check_undo_time,
        Code.UNDO_TOO_LATE,
        lambda: rules.check_undo_time(done_at=NOON, at=NOON + rules.UNDO + SECOND),
    ),
    Case(
        rules.check_reopens_none,
        Code.STEP_SEALED,
        lambda: rules.check_reopens_none(undo=opened(StepState.OPEN), steps={"step": SEALED}),
    ),
    # The agenda.
    Case(rules.check_may_move, Code.AGENDA_BAD, lambda: rules.check_may_move(step="s", after="s")),
    Case(rules.check_may_keep, Code.KEPT_LIMIT, lambda: rules.check_may_keep(kept=MOST_KEPT_AGENDAS)),
    Case(rules.check_may_remove, Code.AGENDA_BAD, lambda: rules.check_may_remove(step())),
    Case(rules.check_has_room, Code.AGENDA_FULL, lambda: rules.check_has_room(steps=MOST_STEPS + 1)),
    Case(rules.check_same_agenda, Code.AGENDA_CHANGED, lambda: rules.check_same_agenda(seen=["a"], stands=["a", "b"])),
    Case(rules.check_put_away, Code.AGENDA_CHANGED, lambda: rules.check_put_away(steps=0)),
    Case(rules.check_unchanged, Code.AGENDA_CHANGED, lambda: rules.check_unchanged(read={"a": 5}, stands={"a": 6})),
    Case(rules.check_subject, Code.STEP_WRONG_KIND, lambda: rules.check_subject(kind=Keys.WELCOME, subject=step())),
    Case(
        rules.change_settings,
        Code.STEP_WRONG_KIND,
        lambda: rules.change_settings(kind=COLLECT, before=SETTINGS, given={"budget": 2}),
    ),
    Case(
        rules.change_settings,
        Code.BAD_MESSAGE,
        lambda: rules.change_settings(kind=COLLECT, before=SETTINGS, given={"max_cards": 0}),
    ),
    Case(
        rules.check_frozen,
        Code.STEP_HAS_ANSWERS,
        lambda: rules.check_frozen(**frozen(after=dict.fromkeys(kind_of(Keys.VOTE).frozen, 2), has_begun=lambda: True)),
    ),
    # Cards.
    Case(rules.check_own, Code.CARD_UNKNOWN, lambda: rules.check_own(card=card(participant_id=8), actor=PERSON)),
    Case(rules.check_not_redacted, Code.CARD_REDACTED, lambda: rules.check_not_redacted(card(hidden_at=NOON))),
    Case(rules.check_showable, Code.CARD_UNKNOWN, lambda: rules.check_showable(card=card(hidden_at=NOON))),
    Case(rules.check_restorable, Code.UNDO_TOO_LATE, lambda: rules.check_restorable(is_restorable=False)),
    Case(rules.check_card_limit, Code.CARD_LIMIT, lambda: rules.check_card_limit(written=3, most=3)),
    Case(rules.check_not_in_vote, Code.CARD_IN_VOTE, lambda: rules.check_not_in_vote(has_begun=True)),
    Case(clean_text, Code.TEXT_EMPTY, lambda: clean_text(" \u200b ")),
    Case(clean_line, Code.TEXT_BAD, lambda: clean_line("a\x00b")),
    # Rounds.
    Case(
        rules.check_takes_votes,
        Code.ROUND_NOT_OPEN,
        lambda: rules.check_takes_votes(round_=round_(opened_at=None), step=step(Keys.VOTE), at=NOON),
    ),
    Case(
        rules.check_takes_votes,
        Code.ROUND_CLOSED,
        lambda: rules.check_takes_votes(round_=round_(revealed_at=NOON), step=step(Keys.VOTE), at=NOON),
    ),
    Case(rules.check_each_once, Code.BAD_MARK, lambda: rules.check_each_once(given=["a", "a"], items={"a": 1})),
    Case(
        rules.check_may_open,
        Code.ROUND_REVEALED,
        lambda: rules.check_may_open(round_=round_(revealed_at=NOON), items=2),
    ),
    Case(rules.check_may_open, Code.ROUND_EMPTY, lambda: rules.check_may_open(round_=round_(), items=0)),
    Case(
        rules.check_another_round,
        Code.STEP_WRONG_KIND,
        lambda: rules.check_another_round(round_=None, step=closed()),
    ),
    Case(
        rules.check_another_round,
        Code.STEP_UNKNOWN,
        lambda: rules.check_another_round(round_=round_(revealed_at=NOON), step=GONE),
    ),
    Case(
        rules.check_another_round,
        Code.ROUND_NOT_REVEALED,
        lambda: rules.check_another_round(round_=round_(), step=closed(Keys.VOTE)),
    ),
    Case(rules.check_offered, Code.ITEM_UNKNOWN, lambda: rules.check_offered(chosen=["a", "c"], offered=["a", "b"])),
    Case(rules.check_offered, Code.ROUND_EMPTY, lambda: rules.check_offered(chosen=[], offered=["a"])),
    Case(rules.check_may_drop, Code.ROUND_STARTED, lambda: rules.check_may_drop(round_=round_(), has_begun=False)),
    Case(rules.check_values, Code.BAD_MARK, lambda: rules.check_values(marks=150, criteria=3, most=300)),
    Case(rules.check_no_answers, Code.STEP_HAS_ANSWERS, lambda: rules.check_no_answers(has_begun=True)),
    Case(
        rules.check_may_grow,
        Code.ROUND_STARTED,
        lambda: rules.check_may_grow(may_grow=False, has_begun=lambda: True),
    ),
    Case(
        rules.check_items_are_chosen,
        Code.STEP_WRONG_KIND,
        lambda: rules.check_items_are_chosen(step(Keys.QUESTION, settings={"mode": "choice"})),
    ),
    Case(rules.check_takes_ticks, Code.ROUND_CLOSED, lambda: rules.check_takes_ticks(round_(closed_at=NOON))),
    Case(
        rules.check_same_ballot,
        Code.STEP_HAS_ANSWERS,
        lambda: rules.check_same_ballot(round_=round_(ballot="dots"), ballot="opinion", has_begun=lambda: True),
    ),
    Case(rules.check_may_leave, Code.ROUND_STARTED, lambda: rules.check_may_leave(has_begun=True)),
    # Paper ballots, and a result that is shown anew.
    *(
        Case(rules.check_is_newest, code, partial(rules.check_is_newest, round_=found, step=at, newest=newest))
        for code, found, at, newest in (
            (Code.STEP_WRONG_KIND, round_(), step(Keys.VOTE, settings={"practice": True}), None),
            (Code.ROUND_NOT_OPEN, round_(opened_at=None), planned(Keys.VOTE), None),
            (Code.ROUND_FOLLOWED, round_(), step(Keys.VOTE), round_(number=2)),
        )
    ),
    Case(
        rules.check_takes_paper,
        Code.STEP_SEALED,
        lambda: rules.check_takes_paper(round_=round_(sealed_at=NOON), step=step(Keys.VOTE), newest=None),
    ),
    Case(rules.check_says_something, Code.BALLOT_EMPTY, lambda: rules.check_says_something(says=False)),
    Case(rules.check_number_free, Code.BALLOT_NUMBER, lambda: rules.check_number_free(number=7, is_free=False)),
    Case(rules.check_was_revealed, Code.ROUND_NOT_REVEALED, lambda: rules.check_was_revealed(round_())),
    *(
        Case(
            rules.check_may_publish,
            code,
            partial(
                rules.check_may_publish,
                late=late,
                is_per_item=per_item,
                may_follow=False,
                missing={"nl": "onderwijs 1", "en": "education 1"},
            ),
        )
        for code, late, per_item in (
            (Code.RESULT_SAME, 0, False),
            (Code.RESULT_STANDS, 2, True),
            (Code.RESULT_WAITS, 2, False),
        )
    ),
    # Items.
    Case(rules.check_words_differ, Code.WORDS_TWICE, lambda: rules.check_words_differ([("Ja", "Yes"), ("ja", "")])),
    Case(rules.check_is_prepared, Code.ROUND_STARTED, lambda: rules.check_is_prepared(has_begun=True)),
    Case(
        rules.check_items_are_chosen,
        Code.STEP_WRONG_KIND,
        lambda: rules.check_items_are_chosen(step(Keys.QUESTION, settings={"mode": "choice"})),
    ),
    Case(rules.check_item_limit, Code.ITEM_LIMIT, lambda: rules.check_item_limit(items=301, most=300)),
    Case(rules.check_own_words, Code.ITEM_IS_CARD, lambda: rules.check_own_words(is_card=True)),
    Case(rules.check_not_seen, Code.ITEM_SEEN, lambda: rules.check_not_seen(has_begun=True)),
    Case(
        rules.check_document_named,
        Code.ITEM_DOCUMENT,
        lambda: rules.check_document_named(whose=Whose.DOCUMENT, document=""),
    ),
    Case(rules.check_has_words, Code.TEXT_EMPTY, lambda: rules.check_has_words("", "")),
    Case(rules.require_published, Code.ROUND_UNKNOWN, lambda: rules.require_published(None)),
    Case(rules.check_after_another, Code.ITEM_UNKNOWN, lambda: rules.check_after_another(item="i", after="i")),
    # The projectors.
    Case(rules.check_on_stage, Code.STAGE_ELSEWHERE, lambda: rules.check_on_stage(step=step(), shown=None)),
]
"""One for each place in the rules that refuses. More of the same stand in test_rules.py, with what is not refused."""
