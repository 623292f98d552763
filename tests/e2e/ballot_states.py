"""What people vote by besides dots and opinion: on phones, its result on every screen, and its form on the console."""

from __future__ import annotations

from dataclasses import replace

from . import ballot_hands, stage_hands
from .ballot_rounds import (
    APPROVE,
    BUDGET,
    CHOICE,
    CRITERIA,
    MATRIX,
    PAIRWISE,
    POINTS,
    RANKING,
    RATING,
    ROUNDS,
    SCALE,
    Asked,
)
from .headings import RESULTS, SESSION
from .tour import Prepare, State

S = State


def _phone(asked: Asked, how: str, prepare: Prepare = ballot_hands.see_ballot, *, dark: bool = False) -> State:
    name = f"phone-{asked.ballot}{how and '-'}{how}"
    return S(name, asked.ballot, "phone", asked.prompt, prepare=prepare, dark=dark)


def _stage(asked: Asked, picture: int, prepare: Prepare, *, dark: bool = False, small: bool = False) -> State:
    name, moment = f"stage-{asked.ballot}-{picture}", f"{asked.ballot}_result"
    return S(name, moment, "stage", asked.prompt, prepare=prepare, dark=dark, small=small)


def _form(asked: Asked) -> State:
    name, heading = f"console-{asked.ballot}-form", ("Stap toevoegen", "Add a step")
    return S(name, asked.ballot, "console", heading, prepare=ballot_hands.set_rules(asked.ballot))


def _results(asked: Asked) -> tuple[State, ...]:
    """On a phone, the console and the results page."""
    moment = f"{asked.ballot}_result"
    return (
        S(f"phone-{asked.ballot}-result", moment, "phone", asked.prompt, prepare=ballot_hands.see_result),
        S(f"console-{asked.ballot}-result", moment, "console", asked.prompt),
        # A matrix has no picture of how far the O's lie apart, and says which round it is.
        S(f"studio-{asked.ballot}", moment, "studio", asked.title if asked is MATRIX else RESULTS, SESSION),
    )


PICTURES = {1: stage_hands.first_picture, 2: stage_hands.second_picture, 3: stage_hands.third_picture}
_WHOLE = (APPROVE, RATING, CRITERIA, RANKING, POINTS, BUDGET, PAIRWISE, CHOICE, SCALE)


def _other_pictures() -> tuple[State, ...]:
    """Of each ballot the three that all have, where no other state shows them."""
    shown = {state.name for state in _STATES}
    others = (_stage(asked, number, prepare) for asked in _WHOLE for number, prepare in PICTURES.items())
    return tuple(replace(state, is_drawn_only=True) for state in others if state.name not in shown)


ALIKE = {
    *(f"phone-{asked.ballot}" for asked in (APPROVE, RATING, CRITERIA, POINTS, BUDGET, MATRIX, PAIRWISE, CHOICE)),
    *(f"phone-{asked.ballot}-result" for asked in (APPROVE, CHOICE, SCALE)),
    *(f"console-{asked.ballot}-form" for asked in (APPROVE, RATING, RANKING, BUDGET, PAIRWISE, CHOICE)),
    *(f"console-{asked.ballot}-result" for asked in (APPROVE, RANKING, POINTS, PAIRWISE, CHOICE, SCALE)),
    *(f"studio-{asked.ballot}" for asked in (APPROVE, RANKING, POINTS, PAIRWISE, CHOICE, SCALE)),
    "stage-matrix-1",
}
"""Made of parts that other states of the list show."""

_STATES: tuple[State, ...] = (
    _phone(APPROVE, ""),
    _phone(APPROVE, "full", ballot_hands.choose_some),
    _form(APPROVE),
    _phone(RATING, ""),
    _phone(RATING, "some", ballot_hands.rate_two, dark=True),
    _form(RATING),
    _stage(RATING, 1, stage_hands.first_picture, dark=True, small=True),
    _phone(CRITERIA, ""),
    _phone(CRITERIA, "some", ballot_hands.weigh_one),
    _phone(CRITERIA, "done", ballot_hands.weigh_all),
    _form(CRITERIA),
    _stage(CRITERIA, 1, stage_hands.first_picture),
    _phone(RANKING, ""),
    _phone(RANKING, "full", ballot_hands.rank_all, dark=True),
    _form(RANKING),
    _stage(RANKING, 1, stage_hands.first_picture, dark=True),
    _phone(POINTS, ""),
    _phone(POINTS, "some", ballot_hands.divide_most, dark=True),
    _form(POINTS),
    _stage(POINTS, 1, stage_hands.first_picture),
    _phone(BUDGET, ""),
    _phone(BUDGET, "full", ballot_hands.choose_some, dark=True),
    _form(BUDGET),
    _stage(BUDGET, 4, stage_hands.bought, dark=True, small=True),
    _phone(MATRIX, "", dark=True),
    _phone(MATRIX, "some", ballot_hands.place_two, dark=True),
    _phone(MATRIX, "questions", ballot_hands.place_by_questions),
    _form(MATRIX),
    _stage(MATRIX, 1, stage_hands.first_picture),
    _stage(MATRIX, 2, stage_hands.field, dark=True, small=True),
    _phone(PAIRWISE, ""),
    _phone(PAIRWISE, "next", ballot_hands.compare_one),
    _phone(PAIRWISE, "done", ballot_hands.compare_all, dark=True),
    _form(PAIRWISE),
    _stage(PAIRWISE, 1, stage_hands.first_picture),
    _phone(CHOICE, ""),
    _phone(CHOICE, "chosen", ballot_hands.choose_one, dark=True),
    _form(CHOICE),
    _phone(SCALE, ""),
    _phone(SCALE, "chosen", ballot_hands.pick_number, dark=True),
    _form(SCALE),
    *(state for asked in ROUNDS for state in _results(asked)),
)


def _judged(state: State) -> State:
    # In English what somebody votes on: of results and forms the words differ, and English ones are shorter.
    has_hands = state.screen == "phone" and state.name.count("-") > 1 and not state.name.endswith("result")
    return replace(state, is_drawn_only=state.name in ALIKE, is_judged_in_dutch=not has_hands)


BALLOT_STATES = (*(_judged(state) for state in _STATES), *_other_pictures())
