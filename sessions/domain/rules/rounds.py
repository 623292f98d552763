"""Rounds: when they take votes and cards, and when there is another one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sized

from ...enums import StepState
from ...errors import Code, Refused
from ...models import Round, Step
from ..kind import kind_of
from ..revealed import is_revealed
from .grace import is_within_grace


def check_takes_votes(*, round_: Round, step: Step, at: dt.datetime) -> None:
    """A round takes votes while it is open, and for the grace time after closing until its result is revealed."""
    if round_.opened_at is None:
        raise Refused(Code.ROUND_NOT_OPEN)
    if is_revealed(round_) or step.sealed_at is not None:
        raise Refused(Code.ROUND_CLOSED)
    if round_.closed_at is not None and kind_of(step).is_practice(step):
        raise Refused(Code.ROUND_CLOSED)
    if round_.closed_at is not None and not is_within_grace(closed_at=round_.closed_at, at=at):
        raise Refused(Code.ROUND_CLOSED)


def check_each_once(*, given: Sized, items: Sized) -> None:
    """One command gives each item one mark."""
    if len(items) < len(given):
        raise Refused(Code.BAD_MARK)


def check_values(*, marks: int, criteria: int, most: int) -> None:
    """One command sets so many values: each is a row, and the room waits while they are written."""
    if marks > 1 and marks * criteria > most:
        raise Refused(Code.BAD_MARK)


def check_may_open(*, round_: Round, items: int) -> None:
    """A round is opened with something to vote on, and not again once its result was shown: then another round is."""
    if is_revealed(round_):
        raise Refused(Code.ROUND_REVEALED)
    if not items:
        raise Refused(Code.ROUND_EMPTY)


def check_another_round(*, round_: Round | None, step: Step) -> None:
    """Another round is made of a vote whose newest round was revealed and is over."""
    if round_ is None or step.state == StepState.SUPERSEDED:
        raise Refused(Code.STEP_WRONG_KIND if round_ is None else Code.STEP_UNKNOWN)
    if not is_revealed(round_):
        raise Refused(Code.ROUND_NOT_REVEALED)


def check_offered(*, chosen: Collection[str], offered: Collection[str]) -> None:
    """Another round is on some of what the round before it offered."""
    if any(item not in offered for item in chosen):
        raise Refused(Code.ITEM_UNKNOWN)
    if not chosen:
        raise Refused(Code.ROUND_EMPTY)


def check_same_ballot(*, round_: Round, ballot: str, has_begun: Callable[[], bool]) -> None:
    """Another ballot only before the first opening: the rounds of a step are compared with each other."""
    if ballot != round_.ballot and (round_.number > 1 or has_begun()):
        raise Refused(Code.STEP_HAS_ANSWERS)


def check_may_drop(*, round_: Round, has_begun: bool) -> None:
    """The first round belongs to its step, and one that people may have seen stays."""
    if round_.number == 1 or has_begun:
        raise Refused(Code.ROUND_STARTED)


def check_takes_ticks(round_: Round) -> None:
    """What a closed round was about stays as it was."""
    if round_.closed_at is not None:
        raise Refused(Code.ROUND_CLOSED)


def check_may_grow(*, may_grow: bool, has_begun: Callable[[], bool]) -> None:
    """Some ballots are on the items there were at the opening."""
    if not may_grow and has_begun():
        raise Refused(Code.ROUND_STARTED)


def check_may_leave(*, has_begun: bool) -> None:
    """No card leaves a vote that has begun, whether or not somebody voted on it: that is hidden."""
    if has_begun:
        raise Refused(Code.ROUND_STARTED)
