"""What the studio shows, read in a number of queries that does not grow with the sessions, cards or votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Sum

from ..domain.documents import GroupDoc, ResultItemDoc
from ..domain.redaction import reason_of
from ..enums import Role, StepState
from ..exchange.rounds import RoundResult, read_results, read_rounds
from ..exchange.small import shown_sectors
from ..models import Ballot, Contribution, Participant, Programme, Session
from ..synthesis.support import wilson
from .words import pair


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in the list. `people` and `dots` are None below the threshold."""

    session: Session
    on: bool
    people: int | None
    cards: int
    dots: int | None


def list_sessions(programme: Programme, *, only: Session | None = None) -> list[SessionLine]:
    """Return the newest first. Four queries, however many sessions."""
    found = Session.objects.filter(programme=programme).select_related("now")
    if only is not None:
        found = found.filter(pk=only.pk)
    sessions = list(found.order_by(F("planned_at").desc(nulls_first=True), "-created_at", "public_id"))
    pks = [session.pk for session in sessions]
    people = _count(Participant.objects.filter(session__in=pks, retired_at__isnull=True))
    cards = _count(Contribution.objects.filter(session__in=pks, withdrawn_at__isnull=True))
    dots: dict[int, int] = {}
    ballots = Ballot.objects.filter(round__session__in=pks, counted=True).order_by()
    rounds = ballots.values_list("round__session_id", "round_id").annotate(n=Count("pk"), spent_by_all=Sum("spent"))
    for session, _, n, spent in rounds:
        if n >= programme.threshold:
            dots[session] = dots.get(session, 0) + spent
    return [
        SessionLine(
            session=session,
            on=session.now is not None and session.now.state == StepState.OPEN,
            people=n if (n := people.get(session.pk, 0)) == 0 or n >= programme.threshold else None,
            cards=cards.get(session.pk, 0),
            dots=dots.get(session.pk),
        )
        for session in sessions
    ]


def _count(rows: Any) -> dict[int, int]:
    return dict(rows.order_by().values_list("session_id").annotate(n=Count("pk")))


def tell_session(*, session: Session, role: Role) -> dict[str, Any]:
    """Return what the session page shows to this role. The steering group reads results, not cards."""
    programme = session.programme
    sectors, rounds = list(programme.sectors.all()), read_rounds(session)
    return {
        "sectors": [
            {"key": sector.key, "name": pair(sector, "name"), "letter": pair(sector, "letter")} for sector in sectors
        ],
        "pillars": [
            {"number": pillar.number, "name": pair(pillar, "name"), "short": pair(pillar, "short")}
            for pillar in programme.pillars.all()
        ],
        "cards": None if role is Role.STEERING else _tell_cards(session),
        "rounds": [
            _tell_round(told, {sector.public_id: sector.key for sector in sectors})
            for told in read_results(rounds=rounds, sectors=sectors, role=role, threshold=programme.threshold)
        ],
        "waiting": sum(found.opened_at is not None for found in rounds),
    }


def _tell_cards(session: Session) -> list[dict[str, Any]]:
    """Return the cards that were not withdrawn, in their stored random order, without authors."""
    marked = shown_sectors(session)
    cards = Contribution.objects.filter(session=session, withdrawn_at__isnull=True)
    cards = cards.select_related("step", "pillar", "sector").order_by("rank", "public_id")
    return [
        {
            "id": card.public_id,
            "text": card.text if card.hidden_at is None else "",
            "language": card.language,
            "pillar": card.pillar.number,
            "aspect": card.aspect,
            "sector": card.sector.key if card.sector_id in marked else None,
            "source": card.source,
            "hidden": card.hidden_at is not None,
            "reason": reason_of(card),
            "step": pair(card.step, "title"),
        }
        for card in cards
    ]


def _tell_round(told: RoundResult, keys: dict[str, str]) -> dict[str, Any]:
    result = told.result
    return {
        "id": told.round.public_id,
        "title": pair(told.round.step, "title"),
        "number": told.round.number,
        "state": told.state,
        "seen": told.round.seen,
        "n": result.n,
        "dots": result.dots,
        "groups": [{"sectors": [keys[sector] for sector in group.sectors], "n": group.n} for group in result.groups],
        "items": [_tell_item(told, item, result.groups, result.n or 0) for item in result.items],
    }


def _tell_item(told: RoundResult, item: ResultItemDoc, groups: list[GroupDoc], n: int) -> dict[str, Any]:
    entry = told.entries[item.item]
    return {
        "id": item.item,
        "card": entry.card,
        "text": entry.text,
        "language": entry.language,
        "pillar": entry.pillar,
        "aspect": entry.aspect,
        "hidden": entry.hidden,
        "heads": item.heads,
        "dots": item.dots,
        "all": _tell_share(item.share, n),
        "balanced": item.balanced,
        "spread": item.spread,
        "shares": [_tell_share(share, group.n) for share, group in zip(item.shares, groups, strict=True)],
    }


def _tell_share(share: float, n: int) -> dict[str, float]:
    support = wilson(hits=round(share * n), n=n)
    return {"share": share, "low": support.low, "high": support.high}
