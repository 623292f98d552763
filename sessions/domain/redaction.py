"""When the text of a redacted card is destroyed. Until then it can be restored, and only consoles see it.

So are an item's own words, which nobody is told once they are redacted.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from ..enums import Reason, StepState
from ..limits import UNDO
from ..models import Contribution, Item, RoundItem, Session, Step
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


def is_withheld(item: Item) -> bool:
    """Whether the words of an item that is no card are not shown: they are redacted, or were destroyed."""
    return item.contribution_id is None and (item.hidden_at is not None or not (item.text_nl or item.text_en))


def find_due() -> list[int]:
    """Return the sessions, by table id, with a text that must be destroyed now: `destroyed_from` as a query."""
    over = Q(reason=Reason.NAME) | Q(step__sealed_at__isnull=False) | Q(step__state=StepState.SUPERSEDED)
    over |= Q(session__archived_at__isnull=False)
    waiting = Contribution.objects.filter(
        hidden_at__lte=moment.now() - UNDO, destroyed_at__isnull=True, withdrawn_at__isnull=True
    )
    due: set[int] = set()
    for found in (waiting.filter(over), find_named(), find_due_items(at=moment.now()), find_orphaned()):
        due.update(found.order_by().values_list("session_id", flat=True))
    return sorted(Session.objects.filter(pk__in=due, wiping_at=None).values_list("pk", flat=True))


def find_due_items(*, at: dt.datetime) -> QuerySet[Item]:
    """Return items whose redacted words may no longer be: a name, as of cards; anything else once a step that put them
    to the vote was closed for good.
    """
    places = RoundItem.objects.filter(item=OuterRef("pk"))
    closed = Q(round__sealed_at__isnull=False) | Q(round__step__sealed_at__isnull=False)
    closed |= Q(round__step__state=StepState.SUPERSEDED)
    over = Q(reason=Reason.NAME) | Q(session__archived_at__isnull=False) | Q(Exists(places.filter(closed)))
    return Item.objects.filter(over, hidden_at__lte=at - UNDO, destroyed_at__isnull=True)


def find_orphaned() -> QuerySet[Item]:
    """Return items whose words were taken from a card of another session that was destroyed: they go as well, also
    when its session is deleted or wiped before that. And a name goes wherever it was taken to, and where it was taken
    from.
    """
    ends = Q(session__deleting_at__isnull=False) | Q(session__wiping_at__isnull=False)
    gone = Q(contribution__destroyed_at__isnull=False) | Q(destroyed_at__isnull=False, reason=Reason.NAME)
    gone |= ends & (Q(contribution__hidden_at__isnull=False) | Q(hidden_at__isnull=False, reason=Reason.NAME))
    origins = Item.objects.filter(gone, public_id=OuterRef("origin"))
    own = Item.objects.filter(contribution=None, session__deleting_at=None, session__wiping_at=None)
    taken = ~Q(origin="") & (Q(Exists(origins)) | Q(origin__in=_named()))
    return own.exclude(text_nl="", text_en="").filter(taken | Q(public_id__in=_named()))


def find_named() -> QuerySet[Contribution]:
    """Return cards whose words were carried to another session and destroyed there for a name in them."""
    cards = Contribution.objects.filter(destroyed_at__isnull=True, withdrawn_at__isnull=True)
    return cards.filter(item__public_id__in=_named())


def _named() -> QuerySet[Item, str]:
    named = Item.objects.filter(hidden_at__isnull=False, destroyed_at__isnull=False, reason=Reason.NAME)
    return named.exclude(origin="").values_list("origin", flat=True)
