"""Every figure of rounds that was published, and a reason in place of each that may not be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...ballots.ballot import BallotKind
from ...models import Round, Session
from ...reading.round_arrays import ReadItem, read_items
from ..documents import ResultDoc
from ..editions import sectors_of
from ..voting import voting_of
from .ballot_figures import is_settled, read_ballot_figures
from .derived import derive_figures, list_figures
from .figures import Reader, read_figures, read_shown
from .left_out import LeftOut, say_left_out
from .whole_ballots import DISAGREEING, Made, Size

Told = dict[str, Any]


def tell_published(*, session: Session, rounds: Sequence[Round], k: int | None, budget: int | None) -> dict[int, Told]:
    """Return round's table id → its published figures. Of a round that was not revealed there are none: what it tells
    now and what it tells after the next ballot could be subtracted. An imported one that is closed has no next ballot.

    Keeps each figure of whole ballots that is told for the first time (`BallotFigure`).
    """
    threshold, sectors = session.programme.threshold, sectors_of(session)
    shown = read_shown(rounds)
    settled = [found for found in rounds if found.pk not in shown and is_settled(found)]
    shown |= read_figures(rounds=settled, sectors=sectors, reader=Reader.CORE, threshold=threshold)
    keys = {sector.public_id: sector.key for sector in sectors}
    size = Size(k=k, budget=budget)
    return {
        found.pk: _tell_round(found, shown[found.pk], keys=keys, threshold=threshold, size=size)
        if found.pk in shown
        else {"n": None, "items": [], "left_out": say_left_out({"all": LeftOut.NOT_REVEALED})}
        for found in rounds
    }


def _tell_round(round_: Round, result: ResultDoc, *, keys: dict[str, str], threshold: int, size: Size) -> Told:
    made = read_ballot_figures(round_=round_, result=result, threshold=threshold, size=size)
    against = made[DISAGREEING]
    if not isinstance(against, LeftOut) and _is_of_another(round_, against):
        made[DISAGREEING] = LeftOut.BALLOTS_CHANGED
    return compose(result=result, ballot=voting_of(round_).kind, keys=keys, items=read_items(round_), made=made)


def compose(
    *,
    result: ResultDoc,
    ballot: BallotKind[Any],
    keys: Mapping[str, str],
    items: Sequence[ReadItem],
    made: Mapping[str, Made],
) -> Told:
    """Return what is told of a round: what follows from its result, and what was made of its ballots. Pure."""
    against = made[DISAGREEING]
    known = {} if isinstance(against, LeftOut) else against["items"]
    lists, left = list_figures(result=result, ballot=ballot, keys=keys, items=items, disagreeing=known)
    told = derive_figures(result=result, ballot=ballot, keys=keys, items=items) | lists
    for name, figure in made.items():
        if name != DISAGREEING:
            told[name] = None if isinstance(figure, LeftOut) else figure
            left |= {name: figure} if isinstance(figure, LeftOut) else {}
    if result.n is None:
        left = {"all": LeftOut.TOO_FEW}
    return told | {"left_out": say_left_out(left)}


def _is_of_another(round_: Round, figure: Told) -> bool:
    """Whether a figure is of an earlier publication than the one that is shown."""
    newest = round_.publications.order_by("number").last()
    return bool(figure["publication"] != (newest.number if newest is not None else None))
