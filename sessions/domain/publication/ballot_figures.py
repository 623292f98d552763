"""Figures of whole ballots, published once per round: made when they are first asked for, and kept.

They are of the ballots that the result counts. Where one of these was changed or erased since, what was not told before
is not told any more: it would be a figure of other people than the result's.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from django.db import IntegrityError, transaction

from ...ballots.ballot import Denominator
from ...enums import Source
from ...models import BallotFigure, Publication, Round
from ...models.vote import Ballot
from ...reading.round_arrays import RoundArrays, read_round
from .. import moment
from ..documents import ResultDoc
from ..editions import sectors_of
from ..voting import voting_of
from .ballots import digest_ballot, read_ballots
from .chance import seed_of
from .left_out import LeftOut
from .whole_ballots import DISAGREEING, GROUPS, POSITION, SHORTLIST, STRENGTHS, Counted, Made, Size, tell_whole

Told = dict[str, Any]
NAMES = (DISAGREEING, GROUPS, SHORTLIST, STRENGTHS, POSITION)


def read_ballot_figures(*, round_: Round, result: ResultDoc, threshold: int, size: Size) -> dict[str, Made]:
    """Return each figure of whole ballots of a round that is told, or why it is not. Keeps what is made now."""
    kept = {found.name: found for found in BallotFigure.objects.filter(round=round_)}
    publication = round_.publications.order_by("number").last()
    counted: Counted | None = None
    is_read = False
    told: dict[str, Made] = {}
    for name in NAMES:
        if name == SHORTLIST and size == Size() and name not in kept:
            told[name] = LeftOut.NOT_ASKED if voting_of(round_).kind.is_choice else LeftOut.NOT_OF_THIS_BALLOT
            continue
        if name not in kept:
            if not is_read:
                counted, is_read = _read_counted(round_, result, publication, threshold), True
            made = LeftOut.BALLOTS_CHANGED if counted is None else tell_whole(name, counted, size=size)
            if isinstance(made, LeftOut):
                told[name] = made
                continue
            kept[name] = _keep(round_, name, made, publication, size)
        told[name] = _tell_kept(kept[name], size)
    return told


def is_settled(round_: Round) -> bool:
    """Whether nobody who voted in a round can vote in it again, though it was never revealed: it was imported. Where
    somebody was erased, what is told now and what was told before could be subtracted.
    """
    if round_.step.sealed_at is None or round_.session.erased:
        return False
    ballots = Ballot.objects.filter(round=round_)
    return ballots.exists() and not ballots.exclude(participant__source=Source.IMPORTED).exists()


def _read_counted(round_: Round, result: ResultDoc, publication: Publication | None, threshold: int) -> Counted | None:
    """Return the ballots that the result counts; None: they are no longer what they were."""
    arrays = read_round(round_, sectors=sectors_of(round_.session))
    if publication is not None:
        names = _find_published(round_, publication)
        if names is None:
            return None
        arrays = _keep_people(arrays, names)
    voting = voting_of(round_)
    scores = arrays.score(round_)
    if voting.kind.of is Denominator.ROUND:
        scores = np.where(np.isnan(scores), 0.0, scores)
    least = publication.threshold if publication is not None else round_.threshold or threshold
    return Counted(arrays, scores, result, voting.kind, least, seed_of(round_.public_id))


def _find_published(round_: Round, publication: Publication) -> set[str] | None:
    """Return the pseudonyms of those whose ballots a publication counts, if all of these are as they were."""
    now = {ballot.participant: ballot for ballot in read_ballots([round_])[round_.pk]}
    names = set()
    for person, sector, digest in publication.ballots.values_list("participant_id", "sector_id", "digest"):
        ballot = now.get(person) if person is not None else None
        if ballot is None or ballot.sector != sector:
            return None
        if digest_ballot(ballot=ballot, key=publication.key) != digest:
            return None
        names.add(ballot.name)
    return names


def _keep_people(arrays: RoundArrays, names: set[str]) -> RoundArrays:
    rows = [place for place, person in enumerate(arrays.people) if person.name in names]
    place_of = {row: place for place, row in enumerate(rows)}
    marks = arrays.marks and {
        (place_of[person], item): mark for (person, item), mark in arrays.marks.items() if person in place_of
    }
    return arrays._replace(
        people=[arrays.people[row] for row in rows],
        labels=arrays.labels[rows],
        values=arrays.values[rows],
        marks=marks,
    )


def _keep(round_: Round, name: str, made: Told, publication: Publication | None, size: Size) -> BallotFigure:
    """Publish a figure; where another process was first, its stands."""
    figure = BallotFigure(
        round=round_,
        name=name,
        at=moment.now(),
        publication=publication.number if publication is not None else None,
        parameters=size._asdict() if name == SHORTLIST else {},
        figures=made,
    )
    try:
        with transaction.atomic():
            figure.save(force_insert=True)
    except IntegrityError:
        return BallotFigure.objects.get(round=round_, name=name)
    return figure


def _tell_kept(kept: BallotFigure, size: Size) -> Made:
    if kept.name == SHORTLIST and size not in (Size(), Size(**kept.parameters)):
        return LeftOut.ANOTHER_SIZE
    assert kept.figures is not None
    return {**kept.parameters, "publication": kept.publication, **kept.figures}
