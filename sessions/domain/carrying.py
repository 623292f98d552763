"""What can be carried from another session of the programme: what a result of it showed, with whose words it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from ..enums import Audience, ItemSource, Whose
from ..models import Round, RoundItem, Session
from .audience import may_see_result
from .consent import may_tell_words


@dataclass(frozen=True, slots=True)
class OfferedItem:
    item: str
    """Its public id there."""
    origin: str
    """Where it was first voted on: of a chain of sessions, the item of the first."""
    source: ItemSource
    text_nl: str
    text_en: str
    whose: Whose
    document: str
    price: int | None


def published_rounds(session: Session) -> list[Round]:
    """Return the rounds of the programme's other sessions whose result everybody saw there, with step and session.

    What was said in a rehearsal stays in rehearsals.
    """
    return [round_ for round_ in _elsewhere(session) if _was_shown(round_)]


def find_published(*, session: Session, name: str) -> Round | None:
    """Return one of them by its public id."""
    round_ = _elsewhere(session).filter(public_id=name).first()
    return round_ if round_ is not None and _was_shown(round_) else None


def read_offered(round_: Round) -> Iterator[OfferedItem]:
    """Yield what can be carried from a round, in its order there: neither redacted nor destroyed words, and of people
    only where they agreed that their words leave the session.
    """
    places = RoundItem.objects.filter(round=round_).select_related("item__contribution")
    for place in places.order_by("rank", "item__public_id"):
        item, card = place.item, place.item.contribution
        if not may_tell_words(round_.session.consent, whose=item.whose):
            continue
        if card is None:
            source = ItemSource(item.source)
            nl, en = (item.text_nl, item.text_en) if item.hidden_at is None else ("", "")
        elif card.hidden_at is not None or card.withdrawn_at is not None:
            continue
        else:
            source = ItemSource.STATEMENT
            nl, en = (card.text, "") if card.language == "nl" else ("", card.text)
        if nl or en:
            yield OfferedItem(
                item=item.public_id,
                origin=item.origin or item.public_id,
                source=source,
                text_nl=nl,
                text_en=en,
                whose=Whose(item.whose),
                document=item.document,
                price=place.price,
            )


def _elsewhere(session: Session) -> QuerySet[Round]:
    rounds = Round.objects.filter(
        session__programme=session.programme_id,
        session__deleting_at=None,
        session__wiping_at=None,
        revealed_at__isnull=False,
    )
    if not session.rehearsal:
        rounds = rounds.filter(session__rehearsal=False)
    return rounds.exclude(session=session).select_related("step", "session")


def _was_shown(round_: Round) -> bool:
    return may_see_result(round_, round_.step, Audience.PHONE)
