"""Every figure of a session's rounds in one document, by name: what `manage.py results` prints."""

from __future__ import annotations

from typing import Any

from ..models import Round, Session
from .kind import kind_of
from .publication import read_raw_figures, tell_published


def tell_results(*, session: Session, raw: bool, k: int | None = None, budget: int | None = None) -> dict[str, Any]:
    """Return the rounds of a session that were closed, in the order of the agenda, with their figures.

    `raw`: without pools and threshold; else what was published. `k`, `budget`: the size of shortlists.
    """
    rounds = [
        found
        for found in Round.objects.filter(session=session, closed_at__isnull=False)
        .select_related("step", "session__programme")
        .order_by("step__position", "number")
        if kind_of(found.step).has_result(found.step)
    ]
    if raw:
        told = {found.pk: read_raw_figures(round_=found, k=k, budget=budget) for found in rounds}
    else:
        told = tell_published(session=session, rounds=rounds, k=k, budget=budget)
    return {
        "session": session.code,
        "raw": raw,
        "rounds": [
            {
                "round": found.public_id,
                "number": found.number,
                "title_nl": found.step.title_nl,
                "title_en": found.step.title_en,
                "ballot": found.ballot,
                **told[found.pk],
            }
            for found in rounds
        ],
    }
