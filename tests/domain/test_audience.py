"""Who may see what, on rows in memory: phase by audience. What is hidden is None, or not in the document."""

from __future__ import annotations

from typing import Any

import pytest

from sessions.ballots.counts import Count
from sessions.domain import audience
from sessions.domain.session_shown import show_session
from sessions.domain.state import PlacedItem, State
from sessions.domain.voting import voting_of
from sessions.enums import Aspect, Audience, ItemSource, Reason, Source, StepState, Whose
from sessions.kinds import Keys
from sessions.models import Contribution, Participant, Programme, Round, Step

from .rows import NOON, SECOND, card, closed, planned, round_, session, step

PHONE, STAGE, CONSOLE = Audience.PHONE, Audience.STAGE, Audience.CONSOLE
EVERYBODY = (PHONE, STAGE, CONSOLE)
GONE = step(state=StepState.SUPERSEDED, opened_at=NOON)
OPENED_MS = 1_772_452_800_000


def room(*steps: Step, cards: tuple[Contribution, ...] = (), rounds: tuple[Round, ...] = (), **fields: Any) -> State:
    """Return a session in memory, with one O of whose people enough are there to mark its cards."""
    state = State()
    state.programme = Programme(threshold=5)
    state.session = session(stage=None, undo=None, **fields)
    state.sector_names, state.marked = {1: "onderwijs", 2: "overheden"}, {1}
    state.pillar_names = {1: "pillar"}
    for place, found in enumerate(steps, start=1):
        found.pk, found.position = place, place
        found.public_id = f"step {place}"
        state.steps[found.public_id], state.step_names[place] = found, found.public_id
    for written in cards:
        state.cards[written.public_id] = written
        state.cards_of_step[written.step_id].add(written.public_id)
    for found in rounds:
        state.rounds[found.public_id] = found
        state.places[found.public_id] = {
            f"item {name}": PlacedItem(
                card=name,
                rank=number,
                price=None,
                source=ItemSource.CARD.value,
                whose=Whose.PARTICIPANT.value,
                document="",
                text_nl="",
                text_en="",
                answered_at=None,
            )
            for number, name in enumerate(state.cards, start=1)
        }
        state.voting[found.public_id] = voting_of(found)
    return state


def written(name: str = "card", **fields: Any) -> Contribution:
    base = {"pillar_id": 1, "aspect": Aspect.BOTH, "sector_id": 1, "language": "nl", "source": Source.OWN, "rank": 1}
    made = card(**(base | {"created_at": NOON + 42 * SECOND} | fields))
    made.public_id = name
    return made


@pytest.mark.parametrize(
    ("step_", "seen_by"),
    [(step(), EVERYBODY), (closed(), EVERYBODY), (planned(), (CONSOLE,)), (GONE, ())],
    ids=["open", "closed", "planned", "taken out"],
)
def test_a_step_is_seen_once_it_was_opened(step_: Step, seen_by: tuple[Audience, ...]) -> None:
    state = room(step_)
    assert tuple(who for who in EVERYBODY if audience.may_see_step(step_, who)) == seen_by
    assert tuple(who for who in EVERYBODY if audience.show_step(state, step_, who) is not None) == seen_by


@pytest.mark.parametrize(
    ("step_", "seen_by"),
    [
        (step(), (CONSOLE,)),
        (closed(), (CONSOLE,)),
        (closed(revealed_at=NOON), (STAGE, CONSOLE)),
        (planned(), (CONSOLE,)),
        (GONE, ()),
        (step(Keys.BREAK), ()),
    ],
    ids=["open", "closed", "revealed", "planned", "taken out", "a break"],
)
def test_cards_are_the_facilitators_until_the_reveal_and_never_on_phones(
    step_: Step, seen_by: tuple[Audience, ...]
) -> None:
    state = room(step_, cards=(written(),))
    assert tuple(who for who in EVERYBODY if audience.show_cards_of(state, step_, who)) == seen_by
    assert audience.are_cards_shown(step_) is (STAGE in seen_by)


def test_a_card_bears_no_person_no_small_group_and_its_minute_only_at_the_console() -> None:
    state = room(closed(revealed_at=NOON))
    marked, small = written("a"), written("b", sector_id=2)
    on_stage = audience.show_card(state, marked, STAGE)
    assert on_stage is not None and (on_stage.sector, on_stage.at, on_stage.text) == ("onderwijs", None, "Kaart")
    of_few = audience.show_card(state, small, CONSOLE)
    assert of_few is not None and (of_few.sector, of_few.at) == (None, OPENED_MS)
    assert not set(on_stage.__struct_fields__) & {"participant", "author", "person"}


@pytest.mark.parametrize(
    ("fields", "seen_by"),
    [
        ({"hidden_at": NOON, "reason": Reason.NAME}, (CONSOLE,)),
        ({"withdrawn_at": NOON}, ()),
        ({}, (STAGE, CONSOLE)),
    ],
    ids=["redacted", "withdrawn", "there"],
)
def test_a_card_that_was_taken_away_is_not_shown(fields: dict[str, Any], seen_by: tuple[Audience, ...]) -> None:
    state = room(closed(revealed_at=NOON))
    assert tuple(who for who in EVERYBODY if audience.show_card(state, written(**fields), who)) == seen_by


def test_the_room_is_told_how_many_cards_are_hidden_and_why() -> None:
    wall = closed(revealed_at=NOON)
    cards = (
        written("a", hidden_at=NOON, reason=Reason.NAME),
        written("b", hidden_at=NOON, reason=Reason.NAME, withdrawn_at=NOON),
        written("c", hidden_at=NOON),
        written("d"),
    )
    state = room(wall, cards=cards)
    told = audience.show_step(state, wall, STAGE)
    assert told is not None and told.hidden == {"name": 1, "unknown": 1}
    assert [shown.id for shown in audience.show_cards_of(state, wall, STAGE)] == ["d"]
    for who, found in ((CONSOLE, wall), (STAGE, closed())):
        plain = audience.show_step(room(found, cards=cards), found, who)
        assert plain is not None and plain.hidden == {}


def test_everybody_is_told_of_a_seal_and_the_console_what_was_counted() -> None:
    sealed = closed(sealed_at=NOON, sealed_confirmed=3, sealed_of=4, sealed_whole=True)
    state = room(sealed)
    for who, counts in ((PHONE, (None, None, None)), (STAGE, (None, None, None)), (CONSOLE, (3, 4, True))):
        told = audience.show_step(state, sealed, who)
        assert told is not None and told.sealed is not None
        assert (told.sealed.at, told.sealed.confirmed, told.sealed.of, told.sealed.whole) == (OPENED_MS, *counts)


@pytest.mark.parametrize(
    ("of", "seen_by"),
    [(round_(ballot="dots"), EVERYBODY), (round_(ballot="dots", opened_at=None), (CONSOLE,))],
    ids=["opened", "prepared"],
)
def test_a_prepared_round_is_the_facilitators(of: Round, seen_by: tuple[Audience, ...]) -> None:
    state = room(step(Keys.VOTE), cards=(written(),), rounds=(of,))
    assert tuple(who for who in EVERYBODY if audience.show_round(state, of, who)) == seen_by
    assert tuple(who for who in EVERYBODY if audience.show_item(state, of, "item card", who)) == seen_by
    for who in EVERYBODY:
        told = audience.show_step(state, state.steps["step 1"], who)
        assert told is not None and told.round == ("round" if who in seen_by else None)
        assert audience.show_item(state, of, "another", who) is None


def test_the_text_of_a_redacted_card_leaves_its_vote_and_the_item_stays() -> None:
    of = round_(ballot="dots")
    state = room(step(Keys.VOTE), cards=(written(hidden_at=NOON, reason=Reason.NAME),), rounds=(of,))
    for who in EVERYBODY:
        item = audience.show_item(state, of, "item card", who)
        assert item is not None and (item.text, item.hidden, item.card) == ("", True, "card")


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_result_is_shown_as_published_once_it_was_revealed(who: Audience) -> None:
    of = round_(ballot="dots", closed_at=NOON)
    state = room(closed(Keys.VOTE), rounds=(of,))
    state.results["round"] = object()  # type: ignore[assignment]  # handed on as it is
    assert audience.show_result(state, of, who) is None
    of.revealed_at = NOON
    assert audience.show_result(state, of, who) is state.results["round"]
    of.opened_at = None
    assert (audience.show_result(state, of, who) is not None) is (who is CONSOLE)


def test_a_live_tally_waits_for_enough_voters_and_ends_at_the_first_reveal() -> None:
    of = round_(ballot="dots", threshold=None)
    voting = step(Keys.VOTE)
    state = room(voting, cards=(written(),), rounds=(of,))
    state.tallies["round"] = {"item card": Count()}
    voting.settings = {"live": True}
    state.voters["round"] = {1, 2, 3, 4}
    assert not audience.may_see_tally(state, of)
    state.voters["round"].add(5)
    assert audience.may_see_tally(state, of)
    of.seen = True
    assert not audience.may_see_tally(state, of)
    of.seen, voting.settings = False, {"live": False}
    assert not audience.may_see_tally(state, of)


def test_people_are_the_consoles() -> None:
    state = room()
    person = Participant(public_id="p", tag="ABC", sector_id=1, source=Source.OWN)
    assert [audience.show_participant(state, person, who) for who in (PHONE, STAGE)] == [None, None]
    shown = audience.show_participant(state, person, CONSOLE)
    assert shown is not None and (shown.id, shown.sector, shown.retired) == ("p", "onderwijs", False)
    person.retired_at = NOON
    retired = audience.show_participant(state, person, CONSOLE)
    assert retired is not None and retired.retired


def test_a_session_says_what_is_on_and_only_to_consoles_what_can_be_undone() -> None:
    on = step()
    state = room(on, now=on)
    state.session.undo = {"do": "step.open", "step": "step 1", "at": 1_000, "steps": {}}
    shown = {who: show_session(state, who) for who in EVERYBODY}
    assert {who: told.now for who, told in shown.items()} == dict.fromkeys(EVERYBODY, "step 1")
    assert [shown[PHONE].undo, shown[STAGE].undo] == [None, None]
    assert shown[CONSOLE].undo is not None and shown[CONSOLE].undo.until == 11_000


def test_what_would_open_a_sealed_step_is_not_offered_to_be_undone() -> None:
    on = closed(sealed_at=NOON)
    state = room(on, now=on)
    state.session.undo = {"do": "step.close", "step": "step 1", "at": 1, "steps": {"step 1": {"state": "open"}}}
    assert show_session(state, CONSOLE).undo is None


@pytest.mark.parametrize(
    ("steps", "now", "over"),
    [
        ((closed(), closed()), 1, True),
        ((closed(), closed()), 0, False),
        ((closed(), step()), 1, False),
        ((closed(), GONE), 0, True),
        ((closed(), planned()), None, False),
    ],
    ids=["the last is closed", "another is to come", "the last is on", "taken out is not to come", "not begun"],
)
def test_a_session_is_over_when_nothing_is_to_come(steps: tuple[Step, ...], now: int | None, over: bool) -> None:
    state = room(*steps)
    state.session.now = steps[now] if now is not None else None
    assert {show_session(state, who).over for who in EVERYBODY} == {over}


def test_projectors_are_where_they_are_in_a_step_that_is_known() -> None:
    place = {"step": "step 1", "picture": "heads", "first": None, "held": True, "card": None, "at": 5}
    state = room(closed(), planned())
    state.session.stage = place
    for who, held in ((PHONE, None), (STAGE, True), (CONSOLE, True)):
        told = show_session(state, who).stage
        assert (told.held if told is not None else None) is held
    state.session.stage = place | {"step": "step 2"}
    assert show_session(state, STAGE).stage is None
    state.session.stage = place | {"step": "another"}
    assert show_session(state, CONSOLE).stage is None
