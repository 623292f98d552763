"""Which steps a phone's snapshot holds: what it shows now, and no more. What else a phone may see it asks for by HTTP.

The step that is on; the step that it shows the result of; the step for cards that was closed last, as late cards of it
are still taken; and, where none of these is a vote, the step whose result was shown last. So a snapshot stays small
however long the agenda is. Of each step there is its newest round that was opened, and that round's result.

What a phone may see at all is audience.py's word. Here it is only said what of it comes unasked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..enums import Audience, StepState
from ..models import Step
from . import audience as see
from . import wire_events as wire
from .kind import Input, kind_of
from .moment import to_ms
from .state import State

PHONE = Audience.PHONE


def current_steps(state: State) -> frozenset[str]:
    """Return the steps that phones hold."""
    now = state.step_now()
    found = [now, _subject(state, now), _last_cards(state)] if now is not None and _is_known(now) else []
    held = [step for step in found if step is not None]
    if not any(kind_of(step).input_of(step) is Input.MARKS for step in held):
        held += [step for step in (_last_result(state),) if step is not None]
    return frozenset(step.public_id for step in held)


def current_rounds(state: State, steps: Collection[str]) -> frozenset[str]:
    """Return the rounds that phones hold of these steps: of each the newest that was opened."""
    rounds = (state.round_of(state.steps[name], opened=True) for name in steps)
    return frozenset(round_.public_id for round_ in rounds if round_ is not None)


def _is_known(step: Step) -> bool:
    return see.may_see_step(step, PHONE)


def _subject(state: State, step: Step) -> Step | None:
    if not step.subject_id or not kind_of(step).shows_subject:
        return None
    name = state.step_names.get(step.subject_id)
    return state.steps[name] if name is not None and _is_known(state.steps[name]) else None


def _last_cards(state: State) -> Step | None:
    closed = (
        step
        for step in state.steps.values()
        if step.state == StepState.CLOSED and kind_of(step).input_of(step) is Input.CARDS and _is_known(step)
    )
    return max(closed, key=lambda step: (to_ms(step.closed_at) or 0, step.pk), default=None)


def _last_result(state: State) -> Step | None:
    newest = ((step, state.round_of(step, opened=True)) for step in state.steps.values())
    shown = [
        (step, round_) for step, round_ in newest if round_ is not None and see.may_see_result(round_, step, PHONE)
    ]
    last = max(shown, key=lambda found: (to_ms(found[1].revealed_at) or 0, found[0].pk), default=None)
    return last[0] if last is not None else None


def show_to_phones(
    state: State, events: Iterable[wire.SharedEvent], *, entering_at: int | None, held: Collection[str]
) -> Iterator[wire.SharedEvent]:
    """Yield what phones are told of a line, of what they may be told: nothing of a step that they do not hold, but that
    it is gone.

    `entering_at`: the number of the line, when steps come with it that they did not hold: all but `held`.
    """
    events = list(events)
    if not events:
        return
    steps = current_steps(state)
    rounds = current_rounds(state, steps)
    for event in events:
        match event:
            case wire.StepPut(step=step) | wire.StepRevealed(step=step) | wire.StepConcealed(step=step):
                if step.id in steps:
                    yield event
            case wire.RoundPut(round=round_):
                if round_.id in rounds:
                    yield event
            case wire.ResultPut(result=result):
                if result.round in rounds:
                    yield event
            case wire.ItemPut(round=name, item=item):
                # Whoever kept the words of an earlier round has to hear that a card is redacted.
                if name in rounds or item.hidden:
                    yield event
            case wire.ItemGone(round=name):
                if name in rounds:
                    yield event
            case wire.SessionPut():
                if entering_at is not None:
                    told = {event.step.id for event in events if isinstance(event, wire.StepPut | wire.StepRevealed)}
                    yield from _show_whole(state, entering_at, steps - told - set(held))
                yield event
            case _:
                yield event


def _show_whole(state: State, seq: int, names: Collection[str]) -> Iterator[wire.SharedEvent]:
    for name in sorted(names):
        step = state.steps[name]
        if (shown := see.show_step(state, step, PHONE)) is None:
            continue
        yield wire.StepPut(seq, shown)
        round_ = state.round_of(step, opened=True)
        if round_ is not None and (told := see.show_round(state, round_, PHONE)) is not None:
            yield wire.RoundPut(seq, told)
            if (result := see.show_result(state, round_, PHONE)) is not None:
                yield wire.ResultPut(seq, result)
