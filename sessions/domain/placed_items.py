"""Items as they lie in rounds, read for who shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ..enums import Reason
from ..models import RoundItem, Session
from .documents import Words


class PlacedItem(NamedTuple):
    """An item in a round. `card`: which it is; None: it has words of its own, or had."""

    card: str | None
    rank: int
    price: int | None
    source: str
    whose: str
    document: str
    text_nl: str
    text_en: str
    answered_at: dt.datetime | None
    """Of a question from the room: since when it is answered."""
    hidden_at: dt.datetime | None = None
    reason: str | None = None
    """Of its own words: since when they are redacted, and why."""

    @property
    def answered(self) -> bool:
        return self.answered_at is not None

    @property
    def text(self) -> str:
        """Its own words in one language; none while they are redacted."""
        return (self.text_nl or self.text_en) if self.hidden_at is None else ""

    @property
    def withheld(self) -> Reason | None:
        """Why its own words are not shown. Of some that an earlier version destroyed it is not known."""
        return None if self.text else Reason(self.reason or Reason.UNKNOWN)

    @property
    def words(self) -> Words | None:
        """Its own words; one of the languages may be empty."""
        return Words(self.text_nl, self.text_en) if self.text else None


def read_places(session: Session) -> Iterator[tuple[str, str, PlacedItem]]:
    """Yield round, item and what it is there. One query."""
    rows: Iterable[tuple[Any, ...]] = RoundItem.objects.filter(round__session=session).values_list(
        "round__public_id",
        "item__public_id",
        "item__contribution__public_id",
        "rank",
        "price",
        "item__source",
        "item__whose",
        "item__document",
        "item__text_nl",
        "item__text_en",
        "answered_at",
        "item__hidden_at",
        "item__reason",
    )
    for round_, item, *about in rows:
        yield round_, item, PlacedItem(*about)
