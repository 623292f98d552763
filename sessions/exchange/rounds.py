"""What the rounds of a session say, counted from the stored votes, and who may know it when.

The studio's screen and results.csv both show exactly this.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from django.db.models import Count, F, Sum

from ..domain.documents import ResultDoc
from ..domain.results import Count as ItemCount
from ..domain.results import tabulate
from ..enums import Role
from ..models import Ballot, Round, RoundItem, Sector, Session, Vote
from .moments import Stored


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a round, as it may be shown: a redacted or withdrawn card has no text."""

    item: str
    card: str
    text: str
    language: str
    pillar: int
    aspect: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class RoundResult:
    round: Round
    entries: dict[str, Entry]
    result: ResultDoc

    @property
    def state(self) -> str:
        if self.round.revealed_at is not None:
            return "revealed"
        return "open" if self.round.closed_at is None else "closed"


def may_see(*, round_: Round, role: Role) -> bool:
    """Results are hidden until the reveal, unless the step says live. The core team sees them from the closing on."""
    if round_.opened_at is None:
        return False
    if round_.revealed_at is not None or round_.step.live:
        return True
    return role is Role.CORE and round_.closed_at is not None


def read_rounds(session: Session) -> list[Round]:
    """Return the rounds with their steps, in the order of the agenda."""
    rounds = Round.objects.filter(session=session).select_related("step")
    return list(rounds.order_by("step__position", "step__public_id", "number", "public_id"))


def read_results(
    *, rounds: Iterable[Round], sectors: Iterable[Sector], role: Role, threshold: int
) -> list[RoundResult]:
    """Return the results of these rounds that this role may see. Three queries, however many rounds.

    `rounds`: with their steps. `sectors`: all of the programme, in order.
    """
    seen = [found for found in rounds if may_see(round_=found, role=role)]
    if not seen:
        return []
    ids = {sector.pk: sector.public_id for sector in sectors}
    pks = [found.pk for found in seen]
    entries, places = _read_entries(pks)
    voters = _count_voters(pks, ids)
    counts = _count_votes(pks, ids, entries, places)
    results = []
    for found in seen:
        result = tabulate(
            round_id=found.public_id,
            sectors=list(ids.values()),
            voters=voters.get(found.pk, {}),
            counts=counts[found.pk],
            threshold=threshold,
        )
        guarded = _guard(round_=found, role=role, result=result)
        results.append(RoundResult(round=found, entries=entries[found.pk], result=guarded))
    return results


def _guard(*, round_: Round, role: Role, result: ResultDoc) -> ResultDoc:
    """Per O only from the reveal on (the core team: from the closing on); until then undivided counts.

    A figure per O that moves by one while people vote shows the person who moved it.
    """
    if round_.revealed_at is not None or (role is Role.CORE and round_.closed_at is not None):
        return result
    items = [msgspec.structs.replace(item, balanced=None, shares=[], spread=None) for item in result.items]
    items.sort(key=lambda item: (-item.heads, item.item))
    return msgspec.structs.replace(result, groups=[], items=items)


def _read_entries(pks: list[int]) -> tuple[dict[int, dict[str, Entry]], dict[int, tuple[int, str]]]:
    """Return round → item id → entry, and round item → (round, item id)."""
    entries: dict[int, dict[str, Entry]] = {pk: {} for pk in pks}
    places: dict[int, tuple[int, str]] = {}
    placed = (
        RoundItem.objects.filter(round__in=pks)
        .order_by("rank", "item__public_id")
        .values_list(
            "pk",
            "round_id",
            "item__public_id",
            "item__contribution__public_id",
            "item__contribution__text",
            "item__contribution__language",
            "item__contribution__pillar__number",
            "item__contribution__aspect",
            Stored("item__contribution__hidden_at"),
            Stored("item__contribution__withdrawn_at"),
        )
    )
    for pk, round_pk, item, card, text, language, pillar, aspect, hidden_at, withdrawn_at in placed:
        hidden = bool(hidden_at or withdrawn_at)
        places[pk] = (round_pk, item)
        entries[round_pk][item] = Entry(
            item=item,
            card=card,
            text="" if hidden else text,
            language=language,
            pillar=pillar,
            aspect=aspect,
            hidden=hidden,
        )
    return entries, places


def _count_voters(pks: list[int], sectors: dict[int, str]) -> dict[int, dict[str, int]]:
    """Return round → sector id → people who took part."""
    voters: dict[int, dict[str, int]] = {}
    rows = Ballot.objects.filter(round__in=pks, counted=True).order_by().values_list("round_id", "sector_id")
    for round_pk, sector, n in rows.annotate(n=Count("pk")):
        voters.setdefault(round_pk, {})[sectors[sector]] = n
    return voters


def _count_votes(
    pks: list[int],
    sectors: dict[int, str],
    entries: dict[int, dict[str, Entry]],
    places: dict[int, tuple[int, str]],
) -> dict[int, dict[str, ItemCount]]:
    """Return round → item id → count. A vote counts for the O its ballot names, and only when the ballot counts."""
    counts = {pk: {name: ItemCount() for name in entries[pk]} for pk in pks}
    rows = (
        Vote.objects.filter(
            round_item__round__in=pks,
            value__gt=0,
            criterion=0,
            participant__ballots__round=F("round_item__round"),
            participant__ballots__counted=True,
        )
        .order_by()
        .values_list("round_item_id", "participant__ballots__sector_id")
        .annotate(heads=Count("pk"), dots=Sum("value"))
    )
    for place, sector, heads, dots in rows:
        round_pk, name = places[place]
        count = counts[round_pk][name]
        count.heads[sectors[sector]] = heads
        count.dots[sectors[sector]] = dots
    return counts
