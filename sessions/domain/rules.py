"""May this be done now? Pure: rows and a moment in, nothing or Refused out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Protocol

from ..enums import ActorKind, StepState
from ..errors import Code, Refused
from ..models import Contribution, Round, Step
from .actor import Actor
from .kind import Input, is_given_by, kind_of
from .revealed import is_revealed
from .standing import Standing
from .verbs import CONSOLE_VERBS, PHONE_VERBS, STAGE_VERBS, SYSTEM_VERBS, Verb

GRACE = dt.timedelta(seconds=30)
"""How long after closing an answer that was under way is still filed, unless the reveal comes first."""
UNDO = dt.timedelta(seconds=10)

ALLOWED: dict[ActorKind, frozenset[type[Verb]]] = {
    ActorKind.PARTICIPANT: frozenset(PHONE_VERBS),
    ActorKind.MEMBER: frozenset(CONSOLE_VERBS),
    ActorKind.STAGE: frozenset(STAGE_VERBS),
    ActorKind.SYSTEM: frozenset(SYSTEM_VERBS),
}


class HasLeft(Protocol):
    """Anything with a retirement date."""

    @property
    def retired_at(self) -> object | None: ...


def check_session_open(*, archived_at: dt.datetime | None, wiping_at: dt.datetime | None) -> None:
    """Nobody comes into an archived session, stays in it or changes it.

    While a rehearsal is being wiped everybody waits: what they have to send is kept and judged afterwards.
    """
    if wiping_at is not None:
        raise Refused(Code.UNAVAILABLE)
    if archived_at is not None:
        raise Refused(Code.SESSION_ARCHIVED)


def check_may_ask(*, actor: Actor, verb: Verb, person: HasLeft | None, member: Standing | Code | None) -> None:
    """A participant asks what phones ask and is still with us; members and projectors ask theirs, and still may.

    `member`: the right of the member or of the projector's link.
    """
    if type(verb) not in ALLOWED[actor.kind] and not is_given_by(type(verb), actor.kind):
        raise Refused(Code.NOT_ALLOWED)
    if actor.kind is ActorKind.PARTICIPANT:
        if person is None:
            raise Refused(Code.NOT_JOINED)
        if person.retired_at is not None:
            raise Refused(Code.RETIRED)
    if isinstance(member, Code):
        raise Refused(member)


def takes_answers(step: Step) -> bool:
    """Whether people answer in a step while it is open."""
    return kind_of(step).takes_answers


def check_input(*, step: Step, wanted: Input) -> None:
    if kind_of(step).input is not wanted:
        raise Refused(Code.STEP_WRONG_KIND)


def check_takes_cards(*, step: Step, at: dt.datetime) -> None:
    """A step takes cards while it is open, and for the grace time after closing until its cards are revealed."""
    check_input(step=step, wanted=Input.CARDS)
    if step.state == StepState.OPEN:
        return
    if step.state == StepState.PLANNED:
        raise Refused(Code.STEP_NOT_OPEN)
    late = is_revealed(step) or step.sealed_at is not None
    if late or not _within_grace(closed_at=step.closed_at, at=at):
        raise Refused(Code.STEP_CLOSED)


def check_takes_votes(*, round_: Round, step: Step, at: dt.datetime) -> None:
    """A round takes votes while it is open, and for the grace time after closing until its result is revealed."""
    if round_.opened_at is None:
        raise Refused(Code.ROUND_NOT_OPEN)
    if is_revealed(round_) or step.sealed_at is not None:
        raise Refused(Code.ROUND_CLOSED)
    if round_.closed_at is not None and not _within_grace(closed_at=round_.closed_at, at=at):
        raise Refused(Code.ROUND_CLOSED)


def check_may_open(*, round_: Round, items: int) -> None:
    """A round is opened with something to vote on, and not again once its result was shown: then another round is."""
    if is_revealed(round_):
        raise Refused(Code.ROUND_REVEALED)
    if not items:
        raise Refused(Code.ROUND_EMPTY)


def check_not_sealed(step: Step) -> None:
    """What was closed for good is not opened again, and takes no card that is typed in later."""
    if step.sealed_at is not None:
        raise Refused(Code.STEP_SEALED)


def check_another_round(*, round_: Round | None, step: Step) -> None:
    """Another round is made of a vote whose newest round was revealed and is over."""
    if round_ is None or step.state == StepState.SUPERSEDED:
        raise Refused(Code.STEP_WRONG_KIND if round_ is None else Code.STEP_UNKNOWN)
    if not is_revealed(round_):
        raise Refused(Code.ROUND_NOT_REVEALED)


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
    if not is_revealed(step) and step.closed_at is not None and _within_grace(closed_at=step.closed_at, at=at):
        left = step.closed_at + GRACE - at
        raise Refused(Code.SEAL_TOO_EARLY, seconds=-(-left // dt.timedelta(seconds=1)))


def check_seal_count(*, confirmed: int | None, of: int | None) -> None:
    """How many of how many phones had confirmed: both are said or neither, and no more than all of them."""
    if (confirmed is None) != (of is None) or (confirmed is not None and of is not None and confirmed > of):
        raise Refused(Code.SEAL_COUNT)


def undo_until(undo: Mapping[str, Any]) -> int:
    """Return until when a change can be taken back, in milliseconds since 1970. It names the change as well."""
    at: int = undo["at"]
    return at + int(UNDO.total_seconds() * 1000)


def reopens_sealed(*, undo: Mapping[str, Any], steps: Mapping[str, Step]) -> bool:
    """Whether taking a step change back would open a step that was closed for good since."""
    return any(
        (step := steps.get(name)) is not None and step.sealed_at is not None and before["state"] != StepState.CLOSED
        for name, before in undo["steps"].items()
    )


def _within_grace(*, closed_at: dt.datetime | None, at: dt.datetime) -> bool:
    return closed_at is not None and at - closed_at <= GRACE


def check_own(*, card: Contribution, actor: Actor) -> None:
    """Somebody else's card is, to a phone, not there."""
    if card.participant_id != actor.id:
        raise Refused(Code.CARD_UNKNOWN)


def check_not_in_vote(*, has_begun: bool) -> None:
    """A card in a vote that has begun stays as people saw it. Asked of the round: of the card it would tell votes."""
    if has_begun:
        raise Refused(Code.CARD_IN_VOTE)


def check_may_leave(*, has_begun: bool) -> None:
    """No card leaves a vote that has begun, whether or not somebody voted on it: that is hidden."""
    if has_begun:
        raise Refused(Code.ROUND_STARTED)


def check_sector_open(*, has_voted: bool) -> None:
    """A person may change their O until their first vote."""
    if has_voted:
        raise Refused(Code.SECTOR_FIXED)
