"""Whole sessions: made, and made again from an earlier one."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from ..enums import StepKind
from ..models import Member, Programme, Round, Session, Step
from ..models.ids import new_code

_WORDS_AND_SETTINGS = (
    "kind",
    "position",
    "title_nl",
    "title_en",
    "prompt_nl",
    "prompt_en",
    "body_nl",
    "body_en",
    "pillar_id",
    "minutes",
    "silent",
    "live",
    "budget",
    "max_per_item",
    "max_cards",
)


def create_session(
    *,
    programme: Programme,
    title_nl: str,
    title_en: str,
    kind: str = "workshop",
    planned_at: dt.datetime | None = None,
    code: str | None = None,
) -> Session:
    """Return a new, empty session with a join code nobody has. `code`: wanted, for a rehearsed demo."""
    while True:
        try:
            with transaction.atomic():
                return Session.objects.create(
                    programme=programme,
                    code=code or new_code(),
                    kind=kind,
                    title_nl=title_nl,
                    title_en=title_en,
                    planned_at=planned_at,
                )
        except IntegrityError:
            if code is not None:
                raise


def add_step(*, session: Session, step: Step) -> Step:
    """Store a planned step of a session that nobody is in yet, with the round that a vote needs."""
    step.session = session
    step.save(force_insert=True)
    if step.kind == StepKind.VOTE:
        Round.objects.create(session=session, step=step, max_per_item=step.max_per_item)
    return step


@transaction.atomic
def duplicate(*, session: Session, member: Member | None = None) -> Session:
    """Return a new session with the same agenda: words and settings, no people, no answers, another code."""
    copy = create_session(
        programme=session.programme, title_nl=session.title_nl, title_en=session.title_en, kind=session.kind
    )
    copy_agenda(of=session, to=copy)
    return copy


@transaction.atomic
def copy_agenda(*, of: Session, to: Session) -> None:
    """Give a session without steps the agenda of another one of its programme.

    Superseded steps stay behind; a reveal step points to the copy of its subject.
    """
    copies: dict[int, Step] = {}
    originals = list(of.steps.exclude(state="superseded"))
    for original in originals:
        values = {name: getattr(original, name) for name in _WORDS_AND_SETTINGS}
        copies[original.pk] = add_step(session=to, step=Step(**values))
    for original in originals:
        if original.subject_id in copies:
            copies[original.pk].subject = copies[original.subject_id]
            copies[original.pk].save(update_fields=["subject"])
