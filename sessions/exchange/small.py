"""Which O's are large enough for their mark to stand on a card (METHODS.md section 5)."""

from __future__ import annotations

from django.db.models import Count

from ..models import Participant, Session


def shown_sectors(session: Session) -> set[int]:
    """Return the table ids of the O's of which at least the threshold of people take part. One query."""
    people = (
        Participant.objects.filter(session=session, retired_at__isnull=True)
        .order_by()
        .values_list("sector_id")
        .annotate(n=Count("pk"))
        .filter(n__gte=session.programme.threshold)
    )
    return {sector for sector, _ in people}
