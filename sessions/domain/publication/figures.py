"""The figures of rounds as one reader gets them: published ones as they were published, others as their rule allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec
from django.db.models import F, Max

from ...models import Publication, Round, Sector
from ..documents import ResultDoc
from ..kind import kind_of
from ..revealed import is_revealed
from .ballots import read_ballots, read_items
from .tabulation import tabulate_round


class Reader(StrEnum):
    """Who reads. The core team may look at a closed round before its reveal; looking publishes nothing."""

    CORE = "core"
    OTHERS = "others"


def decode_figures(publication: Publication) -> ResultDoc:
    """Return what a publication shows, with the number of ballots that came after it."""
    figures = msgspec.convert(publication.figures, ResultDoc)
    return msgspec.structs.replace(figures, late=publication.late) if publication.late else figures


class Published(NamedTuple):
    """Round id → what is shown of it; and the table ids of rounds whose comparison with chance is still to come."""

    results: dict[str, ResultDoc]
    untested: set[int]


def read_published(session_id: int) -> Published:
    """Return what is shown of every revealed round of a session. One query."""
    newest = (
        Publication.objects.filter(round__session=session_id, round__revealed_at__isnull=False)
        .select_related("round")
        .order_by("round_id", "number")
    )
    standing = {found.round.public_id: found for found in newest}
    return Published(
        results={name: decode_figures(found) for name, found in standing.items()},
        untested={found.round_id for found in standing.values() if found.untested},
    )


def read_moments(session_id: int) -> dict[str, dt.datetime]:
    """Return round id → when what is shown of it was published. One query."""
    shown = Publication.objects.filter(round__session=session_id, round__revealed_at__isnull=False).order_by("number")
    return dict(shown.values_list("round__public_id", "at"))


def sum_votes(sessions: Iterable[int]) -> dict[int, int]:
    """Return session's table id → votes in what is shown of its rounds. One query, however many sessions."""
    votes: dict[int, int] = {}
    shown = Publication.objects.filter(round__session__in=list(sessions), round__revealed_at__isnull=False)
    newest = shown.annotate(newest=Max("round__publications__number")).filter(number=F("newest"), votes__isnull=False)
    for session, own in newest.values_list("round__session_id", "votes"):
        votes[session] = votes.get(session, 0) + (own or 0)
    return votes


def untested_publication(round_: Round) -> Publication | None:
    """Return the newest publication of a round if its comparison with chance is still to come."""
    newest = round_.publications.order_by("number").last()
    return newest if newest is not None and newest.untested else None


def read_figures(
    *, rounds: Iterable[Round], sectors: Sequence[Sector], reader: Reader, threshold: int
) -> dict[int, ResultDoc]:
    """Return round's table id → its figures, without the rounds of which this reader may know nothing.

    `rounds`: with their steps. `sectors`: of the programme, in order. Four queries, however many rounds.
    - Revealed: as published, to everybody.
    - Live, before the reveal: one undivided count, to everybody. A figure per O that moves by one while people vote
      would show the person who moved it.
    - Closed: to the core team, with the small-group rule of METHODS.md section 5.
    """
    asked = [found for found in rounds if kind_of(found.step).has_result(found.step)]
    opened = [found for found in asked if found.opened_at is not None]
    shown = read_shown(opened)
    early = [found for found in opened if found.pk not in shown and not is_revealed(found)]
    whole = {found.pk for found in early if reader is Reader.CORE and found.closed_at is not None}
    live = {found.pk for found in early if kind_of(found.step).is_live(found.step) and not found.seen}
    wanted = [found for found in early if found.pk in whole | live]
    if wanted:
        names = {sector.pk: sector.public_id for sector in sectors}
        ballots = read_ballots(wanted)
        items = read_items(found.pk for found in wanted)
        for found in wanted:
            shown[found.pk] = tabulate_round(
                round_=found,
                ballots=ballots[found.pk],
                items=items[found.pk],
                sectors=names,
                threshold=found.threshold or threshold,
                divided=found.pk in whole,
            )
    return shown


def read_shown(rounds: Iterable[Round]) -> dict[int, ResultDoc]:
    """Return round's table id → what is shown of it, for those of these rounds that were revealed. One query."""
    revealed = [found.pk for found in rounds if is_revealed(found)]
    if not revealed:
        return {}
    found = Publication.objects.filter(round__in=revealed).annotate(newest=Max("round__publications__number"))
    return {publication.round_id: decode_figures(publication) for publication in found.filter(number=F("newest"))}
