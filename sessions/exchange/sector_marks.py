"""Which O's have their mark on cards: the same rule as on the stage (METHODS.md section 5)."""

from __future__ import annotations

from django.db.models import Count

from ..domain.editions import pick_held
from ..domain.sector_anonymity import choose_sector_marks
from ..enums import ELSEWHERE
from ..models import Contribution, Participant, Session


def shown_sectors(session: Session) -> set[int]:
    """Return the table ids of those O's. Four queries."""
    here = Participant.objects.filter(session=session, retired_at__isnull=True).exclude(source__in=ELSEWHERE)
    counts = dict(here.order_by().values_list("sector_id").annotate(n=Count("pk")))
    written = set(
        Contribution.objects.filter(session=session).order_by().values_list("sector_id", flat=True).distinct()
    )
    sectors = pick_held(session.programme.sectors.all(), session)
    company, consent = Session.objects.values_list("company", "consent").get(pk=session.pk)
    marked = choose_sector_marks(
        people={sector.public_id: counts.get(sector.pk, 0) for sector in sectors},
        written={sector.public_id for sector in sectors if sector.pk in written},
        sectors=[sector.public_id for sector in sectors],
        threshold=session.programme.threshold,
        company=company or {},
        consent=consent,
    )
    return {sector.pk for sector in sectors if sector.public_id in marked}
