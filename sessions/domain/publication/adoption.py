"""Rounds that were revealed before there were publications become publications, as they were shown.

The code of before showed an absent O in a pool, where it had a weight, and did not compare with chance. Used after the
migration, and for what processes of before reveal while new ones already run beside them. It goes with the first
release that no longer upgrades from there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping

from django.db import IntegrityError, transaction

from ...models import Publication, Round
from ..editions import sectors_of
from ..revealed import is_revealed
from .ballots import read_ballots, read_items
from .publishing import store
from .tabulation import tabulate_round


def adopt(*, session_id: int | None = None) -> list[Round]:
    """Publish every revealed round that has no publication, of one session or of all; return them.

    The migration and a server that runs beside it may come to the same round: the first one's stands.
    """
    rounds = Round.objects.filter(revealed_at__isnull=False, publications=None).select_related("session__programme")
    if session_id is not None:
        rounds = rounds.filter(session=session_id)
    adopted = []
    for round_ in rounds.order_by("pk"):
        with contextlib.suppress(IntegrityError), transaction.atomic():
            _publish_as_shown(round_)
            adopted.append(round_)
    return adopted


def lacks_publication(*, rounds: Mapping[str, Round], published: Collection[str]) -> bool:
    """Whether a round was revealed without a publication: by code of before, while both run."""
    return any(is_revealed(found) and name not in published for name, found in rounds.items())


def _publish_as_shown(round_: Round) -> None:
    programme = round_.session.programme
    names = {s.pk: s.public_id for s in sectors_of(round_.session)}
    ballots, items = read_ballots([round_])[round_.pk], read_items([round_.pk])[round_.pk]
    result = tabulate_round(
        round_=round_, ballots=ballots, items=items, sectors=names, threshold=programme.threshold, pool_absent=True
    )
    assert round_.revealed_at is not None
    store(
        Publication(round=round_, number=1, at=round_.revealed_at, threshold=programme.threshold),
        result=result,
        ballots=ballots,
    )
    round_.threshold = programme.threshold
    round_.save(update_fields=["threshold"])
