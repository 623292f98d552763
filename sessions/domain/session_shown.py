"""The session itself as one audience gets it: what is on, where the projectors are, what can be undone."""

from __future__ import annotations

from ..enums import Audience, Picture, SessionKind, StepState
from ..models import Step
from . import documents as doc
from .audience import may_see_step
from .current import current_steps
from .kind import kind_of
from .moment import to_ms
from .rules import reopens_sealed, undo_until
from .state import State

PHONE, CONSOLE = Audience.PHONE, Audience.CONSOLE


def show_session(state: State, audience: Audience) -> doc.SessionDoc:
    session = state.session
    now = state.step_now()
    return doc.SessionDoc(
        id=session.public_id,
        code=session.code,
        kind=SessionKind(session.kind),
        title=doc.Words(session.title_nl, session.title_en),
        planned_at=to_ms(session.planned_at),
        rehearsal=session.rehearsal,
        locked=session.locked,
        approval=session.approval,
        sound=session.sound,
        bilingual=session.bilingual,
        now=now.public_id if now is not None and may_see_step(now, audience) else None,
        current=sorted(current_steps(state)) if audience is PHONE else None,
        closed=_show_closed(state) if audience is PHONE else None,
        over=_is_over(state, now),
        undo=_show_undo(state) if audience is CONSOLE else None,
        stage=_show_stage(state, audience) if audience is not PHONE or tells_large(state) else None,
        message=_show_message(state) if audience is not Audience.STAGE else None,
    )


def _is_over(state: State, now: Step | None) -> bool:
    """Nothing is asked any more, and nothing is to come. An agenda that grows is not over."""
    if now is None or now.state != StepState.CLOSED:
        return False
    last = max(
        (step for step in state.steps.values() if step.state != StepState.SUPERSEDED),
        key=lambda step: (step.position, step.pk),
    )
    return last is now


def tells_large(state: State) -> bool:
    """Whether phones are told what stands large: a question that is being answered."""
    stage = state.session.stage
    step = state.steps.get(stage["step"]) if stage is not None else None
    return step is not None and kind_of(step).tells_large(step)


def _show_stage(state: State, audience: Audience) -> doc.ProjectorDoc | None:
    """Say where the projectors are, in a step that this audience knows."""
    stage = state.session.stage
    step = state.steps.get(stage["step"]) if stage is not None else None
    if stage is None or step is None or not may_see_step(step, audience):
        return None
    return doc.ProjectorDoc(
        step=stage["step"],
        picture=Picture(stage["picture"]),
        first=stage["first"],
        held=stage["held"],
        card=stage["card"],
        at=stage["at"],
    )


def _show_message(state: State) -> doc.MessageDoc | None:
    message = state.session.message
    if message is None:
        return None
    return doc.MessageDoc(id=message["id"], text=doc.Words(message["nl"], message["en"]), at=message["at"])


def _show_undo(state: State) -> doc.UndoDoc | None:
    undo = state.session.undo
    if undo is None or reopens_sealed(undo=undo, steps=state.steps):
        return None
    return doc.UndoDoc(do=undo["do"], step=undo["step"], until=undo_until(undo))


def _show_closed(state: State) -> doc.ClosedDoc | None:
    """Say of which step phones tell what they still hold."""
    step = state.step_closed()
    if step is None or step.closed_at is None:
        return None
    round_ = state.round_of(step, opened=True)
    return doc.ClosedDoc(
        step=step.public_id,
        round=round_.public_id if round_ is not None else None,
        at=to_ms(step.closed_at),
    )
