"""Which O's have their mark on cards: the same rule as on the stage (METHODS.md section 5)."""

from __future__ import annotations

from django.db.models import Count

from ..domain.results import choose_marked
from ..models import Participant, Session


def shown_sectors(session: Session) -> set[int]:
    """Return the table ids of those O's. Two queries."""
    here = Participant.objects.filter(session=session, retired_at__isnull=True)
    counts = dict(here.order_by().values_list("sector_id").annotate(n=Count("pk")))
    sectors = list(session.programme.sectors.all())
    marked = choose_marked(
        people={sector.public_id: counts.get(sector.pk, 0) for sector in sectors},
        sectors=[sector.public_id for sector in sectors],
        threshold=session.programme.threshold,
    )
    return {sector.pk for sector in sectors if sector.public_id in marked}
