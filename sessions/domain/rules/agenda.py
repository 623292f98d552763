"""The agenda: steps are moved, removed and changed without an answer losing its meaning."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import msgspec

from ...enums import StepState
from ...errors import Code, Refused
from ...limits import MOST_KEPT_AGENDAS, MOST_STEPS
from ...models import Step
from ..kind import StepKind, kind_of
from .items import check_words_differ


def check_may_move(*, step: str, after: str | None) -> None:
    """No step stands behind itself."""
    if after == step:
        raise Refused(Code.AGENDA_BAD)


def check_may_remove(step: Step) -> None:
    """The step that is on is closed first."""
    if step.state == StepState.OPEN:
        raise Refused(Code.AGENDA_BAD)


def check_subject(*, kind: str, subject: Step) -> None:
    """A kind that reveals another step names one that has something to reveal."""
    if not kind_of(kind).shows_subject or not kind_of(subject).is_revealable(subject):
        raise Refused(Code.STEP_WRONG_KIND)


def check_has_room(*, steps: int) -> None:
    """An agenda is as long as one can oversee."""
    if steps > MOST_STEPS:
        raise Refused(Code.AGENDA_FULL, limit=MOST_STEPS)


def check_same_agenda(*, seen: Collection[str], stands: Collection[str]) -> None:
    """Who replaces an agenda has seen what goes: what somebody else added or took out meanwhile would be lost."""
    if set(seen) != set(stands):
        raise Refused(Code.AGENDA_CHANGED)


def check_put_away(*, steps: int) -> None:
    """Something was put away that can come back."""
    if steps == 0:
        raise Refused(Code.AGENDA_CHANGED)


def check_may_keep(*, kept: int) -> None:
    """`kept`: the templates and steps that the programme has of its own."""
    if kept >= MOST_KEPT_AGENDAS:
        raise Refused(Code.KEPT_LIMIT, limit=MOST_KEPT_AGENDAS)


def check_unchanged(*, read: Mapping[str, Any], stands: Mapping[str, Any]) -> None:
    """Who changes fields has read them as they stand: else what somebody else wrote meanwhile would be lost."""
    if any(stands[name] != value for name, value in read.items()):
        raise Refused(Code.AGENDA_CHANGED)


def change_settings(*, kind: StepKind[Any], before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings with these changed: such as the kind has, within their limits."""
    if not given.keys() <= before.keys():
        raise Refused(Code.STEP_WRONG_KIND)
    try:
        complete = kind.complete({**before, **given})
    except msgspec.ValidationError as error:
        raise Refused(Code.BAD_MESSAGE) from error
    check_words_differ(kind.alternatives(complete))
    return complete


def check_frozen(
    *, kind: StepKind[Any], before: Mapping[str, Any], after: Mapping[str, Any], has_begun: Callable[[], bool]
) -> None:
    """Some settings stay as they are once people may have answered. Whether they may have is looked up last."""
    if any(before[name] != after[name] for name in kind.frozen) and has_begun():
        raise Refused(Code.STEP_HAS_ANSWERS)


def check_no_answers(*, has_begun: bool) -> None:
    """What people answered in earnest is no practice afterwards, and the other way round."""
    if has_begun:
        raise Refused(Code.STEP_HAS_ANSWERS)
