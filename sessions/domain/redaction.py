"""When the text of a redacted card is destroyed. Until then it can be restored, and only consoles see it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from ..enums import Reason, StepState
from ..limits import UNDO
from ..models import Contribution, Item, Step
from . import moment


def reason_of(card: Contribution) -> Reason | None:
    """Return why a card is redacted, None when it is not. Of one hidden before there were reasons it is not known."""
    if card.hidden_at is None:
        return None
    return Reason(card.reason) if card.reason is not None else Reason.UNKNOWN


def destroyed_from(card: Contribution, step: Step, *, archived_at: dt.datetime | None = None) -> dt.datetime | None:
    """Return from when on the text of a redacted card may no longer be; None while that is not known.

    A name goes as soon as the time for second thoughts is over. Anything else waits for the step to be closed for good,
    or to be taken out of the agenda, which is for good as well, or for the session to be archived.
    """
    if card.hidden_at is None:
        return None
    earliest = card.hidden_at + UNDO
    if card.reason == Reason.NAME or step.state == StepState.SUPERSEDED:
        return earliest
    ends = [end for end in (step.sealed_at, archived_at) if end is not None]
    return max(earliest, min(ends)) if ends else None


def is_restorable(card: Contribution, step: Step, *, at: dt.datetime) -> bool:
    """Whether a redacted card still has its text, by the clock: the moment counts, not when the text is destroyed."""
    until = destroyed_from(card, step)
    return card.destroyed_at is None and (until is None or at < until)


def find_due() -> list[int]:
    """Return the sessions, by table id, with a text that must be destroyed now: `destroyed_from` as a query."""
    over = Q(reason=Reason.NAME) | Q(step__sealed_at__isnull=False) | Q(step__state=StepState.SUPERSEDED)
    over |= Q(session__archived_at__isnull=False)
    waiting = Contribution.objects.filter(
        hidden_at__lte=moment.now() - UNDO, destroyed_at__isnull=True, withdrawn_at__isnull=True
    )
    due = set(waiting.filter(over).order_by().values_list("session_id", flat=True))
    return sorted(due | set(find_orphaned().order_by().values_list("session_id", flat=True)))


def find_orphaned() -> QuerySet[Item]:
    """Return items whose words were carried from a card of another session that was destroyed: they go as well."""
    gone = Item.objects.filter(public_id=OuterRef("origin"), contribution__destroyed_at__isnull=False)
    return Item.objects.exclude(origin="").exclude(text_nl="", text_en="").filter(Exists(gone))
