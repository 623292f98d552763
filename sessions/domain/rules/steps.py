"""Steps: when they take answers, are opened, closed, revealed and closed for good."""

from __future__ import annotations

import datetime as dt

from ...enums import StepState
from ...errors import Code, Refused
from ...limits import GRACE
from ...models import Round, Step
from ..kind import Input, Scope, kind_of
from ..revealed import is_revealed
from .grace import is_within_grace


def takes_answers(step: Step) -> bool:
    """Whether people answer in a step while it is open."""
    return kind_of(step).takes_answers


def check_input(*, step: Step, wanted: Input) -> None:
    """People give in a step what its kind takes."""
    if kind_of(step).input_of(step) is not wanted:
        raise Refused(Code.STEP_WRONG_KIND)


def check_takes_cards(*, step: Step, at: dt.datetime) -> None:
    """A step takes cards while it is open, and for the grace time after closing until its cards are revealed."""
    check_input(step=step, wanted=Input.CARDS)
    if step.state == StepState.OPEN:
        return
    if step.state == StepState.PLANNED:
        raise Refused(Code.STEP_NOT_OPEN)
    late = is_revealed(step) or step.sealed_at is not None or kind_of(step).is_practice(step)
    if late or not is_within_grace(closed_at=step.closed_at, at=at):
        raise Refused(Code.STEP_CLOSED)


def check_takes_done(step: Step) -> None:
    """Somebody is done with what is asked now."""
    if not takes_answers(step):
        raise Refused(Code.STEP_WRONG_KIND)
    if step.state == StepState.PLANNED:
        raise Refused(Code.STEP_NOT_OPEN)
    if step.state != StepState.OPEN:
        raise Refused(Code.STEP_CLOSED)


def check_is_open(step: Step) -> None:
    """Only the clock of a step that is on is set."""
    if step.state != StepState.OPEN:
        raise Refused(Code.STEP_NOT_OPEN)


def check_begun(step: Step) -> None:
    """A step that was never opened is not closed."""
    if step.state == StepState.PLANNED:
        raise Refused(Code.STEP_NOT_OPEN)


def check_keeps_answers(step: Step) -> None:
    """Nothing is typed into practice that is over: it would not be thrown away."""
    if kind_of(step).is_practice(step) and step.state != StepState.OPEN:
        raise Refused(Code.STEP_CLOSED)


def check_was_opened(step: Step) -> None:
    """A card is typed in for a step that was opened, also after it was closed."""
    if step.opened_at is None:
        raise Refused(Code.STEP_NOT_OPEN)


def check_in_agenda(step: Step) -> None:
    """What was taken out of the agenda is, to whoever changes it, not there."""
    if step.state == StepState.SUPERSEDED:
        raise Refused(Code.STEP_UNKNOWN)


def check_revealable(step: Step) -> None:
    """There is something to show, people could give it, and it stands in the agenda."""
    check_in_agenda(step)
    if not kind_of(step).is_revealable(step) or step.opened_at is None:
        raise Refused(Code.STEP_NOT_REVEALABLE)


def check_not_revealed(step: Step) -> None:
    """What was counted before people saw it is not opened again: they would answer beside what others said."""
    if is_revealed(step):
        raise Refused(Code.STEP_REVEALED)


def check_scope(step: Step) -> None:
    """Groups are formed in a step whose answers they keep to themselves."""
    if kind_of(step).scope is not Scope.GROUP:
        raise Refused(Code.STEP_WRONG_KIND)


def check_not_sealed(step: Step) -> None:
    """What was closed for good is not opened again, and takes no card that is typed in later."""
    if step.sealed_at is not None:
        raise Refused(Code.STEP_SEALED)


def check_may_seal(*, step: Step, round_: Round | None, at: dt.datetime) -> None:
    """A step that takes answers may be closed for good once none can come any more: after the grace or the reveal.

    `round_`: the newest of a vote. One that was prepared and not opened is still to come.
    """
    if not takes_answers(step):
        raise Refused(Code.STEP_WRONG_KIND)
    if round_ is not None and round_.opened_at is None:
        raise Refused(Code.STEP_NOT_OPEN)
    if step.state != StepState.CLOSED:
        raise Refused(Code.STEP_NOT_CLOSED if step.state == StepState.OPEN else Code.STEP_NOT_OPEN)
    if not is_revealed(step) and step.closed_at is not None and is_within_grace(closed_at=step.closed_at, at=at):
        left = step.closed_at + GRACE - at
        raise Refused(Code.SEAL_TOO_EARLY, seconds=-(-left // dt.timedelta(seconds=1)))


def check_seal_count(*, confirmed: int | None, of: int | None) -> None:
    """How many of how many phones had confirmed: both are said or neither, and no more than all of them."""
    if (confirmed is None) != (of is None) or (confirmed is not None and of is not None and confirmed > of):
        raise Refused(Code.SEAL_COUNT)
