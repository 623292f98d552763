"""A reveal publishes. What was published stays, and a later publication must not expose anybody by its difference."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from ...models import Publication, PublishedBallot, Round, Sector
from ..documents import ChanceDoc, GroupDoc, ResultDoc
from ..results import mark_differences
from ..voting import voting_of
from .ballots import (
    CountedBallot,
    digest_ballot,
    digest_ballots,
    read_ballots,
)
from .candidates import build_candidate, count_changed
from .chance import are_same_groups, recall_comparison
from .figures import decode_figures


def publish(*, round_: Round, sectors: Sequence[Sector], threshold: int, at: dt.datetime) -> Publication:
    """Publish the round as it stands now, or let the earlier publication stand; return the one that is shown.

    The caller holds the session's row, has written every vote of its batch, and saves `round_.threshold`.
    """
    round_.threshold = round_.threshold or threshold
    found = build_candidate(round_=round_, sectors=sectors, threshold=threshold)
    last, judged, number = found.last, found.judged, 1
    if last is not None:
        if not judged.late and _shows_items_of(last, found.result):
            return _stand(last, late=0)
        if judged.is_per_item or not judged.may_follow:
            return _stand(last, late=judged.late)
        number = last.number + 1
    return _store_new(round_=round_, number=number, result=found.result, ballots=found.ballots, sectors=sectors, at=at)


def count_late(*, round_: Round) -> bool:
    """Let what is shown of a round say how many ballots differ from it; return whether that is another number.

    The caller has written every vote of its batch.
    """
    last = round_.publications.order_by("number").last()
    if last is None:
        return False
    before = last.late
    late = count_changed(publication=last, ballots=read_ballots([round_])[round_.pk])
    return _stand(last, late=late).late != before


def add_comparison(*, publication: Publication, chance: ChanceDoc | None) -> None:
    """Complete a publication by its comparison with chance; none: there was nothing to compare."""
    result = msgspec.structs.replace(decode_figures(publication), late=0)
    told = _told_comparison(round_=publication.round)
    chance = told.for_groups(result.groups) if told else chance
    publication.figures = _encode(mark_differences(result=result, chance=chance))
    publication.untested = False
    publication.save(update_fields=["figures", "untested"])


def _store_new(
    *,
    round_: Round,
    number: int,
    result: ResultDoc,
    ballots: Sequence[CountedBallot],
    sectors: Sequence[Sector],
    at: dt.datetime,
) -> Publication:
    assert round_.threshold is not None
    result = msgspec.structs.replace(result, both=_count_both(round_=round_, result=result, ballots=ballots))
    told = _told_comparison(round_=round_)
    if told is not None:
        chance = told.for_groups(result.groups)
    else:
        chance = recall_comparison(round_pk=round_.pk, ballots=ballots, groups=result.groups)
    untested = bool(result.groups) and told is None and chance is None
    result = mark_differences(result=result, chance=chance)
    return store(
        Publication(
            round=round_,
            number=number,
            at=at,
            threshold=round_.threshold,
            untested=untested,
            content=digest_ballots(ballots),
        ),
        result=result,
        ballots=ballots,
    )


def store(publication: Publication, *, result: ResultDoc, ballots: Sequence[CountedBallot]) -> Publication:
    """Save a new publication with its figures and the ballots they count. Raises IntegrityError when it has a number
    that is taken.
    """
    kind = voting_of(publication.round).kind
    publication.votes = kind.votes(result.told) if result.n is not None else None
    publication.n, publication.figures = result.n, _encode(result)
    publication.key = secrets.token_hex(16)
    publication.save(force_insert=True)
    PublishedBallot.objects.bulk_create(
        PublishedBallot(
            publication=publication,
            participant_id=ballot.participant,
            sector_id=ballot.sector,
            digest=digest_ballot(ballot=ballot, key=publication.key),
        )
        for ballot in ballots
    )
    return publication


class _ToldComparison(NamedTuple):
    """The comparison with chance that a round has told. It is made of ballots, not of shown counts: there is one."""

    groups: Sequence[GroupDoc]
    chance: ChanceDoc

    def for_groups(self, groups: Sequence[GroupDoc]) -> ChanceDoc | None:
        """Return it for the groups that were compared. Other groups get none: theirs would be a second comparison."""
        return self.chance if are_same_groups(self.groups, groups) else None


def _told_comparison(*, round_: Round) -> _ToldComparison | None:
    for found in round_.publications.order_by("number"):
        known = decode_figures(found)
        if known.chance is not None:
            return _ToldComparison(known.groups, known.chance)
    return None


def _shows_items_of(publication: Publication, result: ResultDoc) -> bool:
    """Whether a publication shows the items of a result. One that came into the round since has nothing but zeros."""
    shown = decode_figures(publication)
    return {*shown.few, *(told.item for told in shown.items)} == {*result.few, *(told.item for told in result.items)}


def _stand(publication: Publication, *, late: int) -> Publication:
    if publication.late != late:
        publication.late = late
        publication.save(update_fields=["late"])
    return publication


def _count_both(*, round_: Round, result: ResultDoc, ballots: Sequence[CountedBallot]) -> int | None:
    """Return how many took part here and in the round before it, or None where that would expose somebody.

    Those left out must be nobody or at least the threshold, in every group that either round shows.
    """
    before = Publication.objects.filter(round__step=round_.step_id, round__number=round_.number - 1)
    earlier = before.order_by("number").last()
    if earlier is None or earlier.n is None or result.n is None:
        return None
    names = dict(Sector.objects.filter(programme=round_.session.programme_id).values_list("pk", "public_id"))
    was = {
        person: names[sector]
        for person, sector in earlier.ballots.values_list("participant_id", "sector_id")
        if person is not None
    }
    erased = earlier.ballots.filter(participant=None).exists()
    now = {ballot.participant: names[ballot.sector] for ballot in ballots}
    threshold = max(round_.threshold or 0, earlier.threshold)
    both = was.keys() & now.keys()
    shown = decode_figures(earlier)
    for people, groups in ((was, shown.groups), (now, result.groups)):
        left = Counter(sector for person, sector in people.items() if person not in both)
        blocks = [group.sectors for group in groups] or [list(names.values())]
        if any(0 < sum(left[sector] for sector in block) < threshold for block in blocks):
            return None
    return None if erased or len(both) < threshold else len(both)


def _encode(result: ResultDoc) -> dict[str, Any]:
    encoded: dict[str, Any] = msgspec.to_builtins(result)
    return encoded
