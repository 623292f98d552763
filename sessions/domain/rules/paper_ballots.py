"""Paper ballots: when one is typed in, and under which number."""

from __future__ import annotations

from ...errors import Code, Refused
from ...models import Round, Step
from ..kind import kind_of
from .steps import check_in_agenda, check_not_sealed


def check_takes_paper(*, round_: Round, step: Step, newest: Round | None) -> None:
    """Paper is typed in from the opening on, also after closing and after the reveal, until the step is closed for
    good or another round of it is opened. `newest`: the step's newest round that was opened.
    """
    check_is_newest(round_=round_, step=step, newest=newest)
    if round_.sealed_at is not None:
        raise Refused(Code.STEP_SEALED)
    check_not_sealed(step)


def check_is_newest(*, round_: Round, step: Step, newest: Round | None) -> None:
    """A round has a result, was opened, and no other one of its step was opened after it."""
    check_in_agenda(step)
    kind = kind_of(step)
    if not kind.has_result(step) or kind.is_practice(step):
        raise Refused(Code.STEP_WRONG_KIND)
    if round_.opened_at is None:
        raise Refused(Code.ROUND_NOT_OPEN)
    if newest is not None and newest.number > round_.number:
        raise Refused(Code.ROUND_FOLLOWED)


def check_says_something(*, says: bool) -> None:
    """A paper on which nothing is filled in is nobody who took part; so it is with a phone."""
    if not says:
        raise Refused(Code.BALLOT_EMPTY)


def check_number_free(*, number: int, is_free: bool) -> None:
    """Two papers of a round do not have one number, and one number is not of two O's."""
    if not is_free:
        raise Refused(Code.BALLOT_NUMBER, number=number)
