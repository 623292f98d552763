"""Every figure of a session's rounds in one document, by name: what `manage.py results` prints."""

from __future__ import annotations

from typing import Any

from ..models import Item, Round, Session
from .editions import sectors_of
from .kind import kind_of
from .publication import Reader, derive_figures, read_figures, read_raw_figures


def tell_results(*, session: Session, raw: bool, k: int | None = None, budget: int | None = None) -> dict[str, Any]:
    """Return the rounds of a session that were closed, in the order of the agenda, with their figures.

    `raw`: without pools and threshold. `k`, `budget`: the size of shortlists.
    """
    rounds = [
        found
        for found in Round.objects.filter(session=session, closed_at__isnull=False)
        .select_related("step", "session__programme")
        .order_by("step__position", "number")
        if kind_of(found.step).has_result(found.step)
    ]
    told = _tell_raw(rounds, k=k, budget=budget) if raw else _tell_shown(session, rounds)
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
            if found.pk in told
        ],
    }


def _tell_raw(rounds: list[Round], *, k: int | None, budget: int | None) -> dict[int, dict[str, Any]]:
    return {found.pk: read_raw_figures(round_=found, k=k, budget=budget) for found in rounds}


def _tell_shown(session: Session, rounds: list[Round]) -> dict[int, dict[str, Any]]:
    """Return round's table id → what the core team is shown of it."""
    sectors = sectors_of(session)
    figures = read_figures(rounds=rounds, sectors=sectors, reader=Reader.CORE, threshold=session.programme.threshold)
    keys = {sector.public_id: sector.key for sector in sectors}
    named = Item.objects.filter(session=session).exclude(source_id="").values_list("public_id", "source_id")
    source_ids = dict(named)
    return {pk: derive_figures(result=result, keys=keys, source_ids=source_ids) for pk, result in figures.items()}
