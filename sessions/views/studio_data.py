"""What the studio shows, read in a number of queries that does not grow with the sessions, cards or votes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..domain.audience import are_cards_shown
from ..domain.consent import Content, may_hold
from ..domain.documents import ResultItemDoc
from ..domain.editions import pick_held
from ..domain.kind import kind_of
from ..domain.publication import sum_votes
from ..domain.redaction import reason_of
from ..domain.revealed import is_revealed
from ..domain.voting import show_rules
from ..enums import ELSEWHERE, Role, StepState
from ..exchange.round_pictures import has_picture
from ..exchange.rounds import RoundResult, read_results, read_rounds
from ..exchange.sector_marks import shown_sectors
from ..models import Contribution, Participant, Programme, Session, Step
from ..synthesis.confidence_interval import wilson
from ..wording.words import pair
from .pictures import lead_to_pictures


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in the list. `people` and `votes` are None below the threshold."""

    session: Session
    on: bool
    people: int | None
    cards: int
    votes: int | None


def list_sessions(programme: Programme, *, role: Role, only: Session | None = None) -> list[SessionLine]:
    """Return them in the order of `_place`. Four queries, however many sessions."""
    found = Session.objects.filter(programme=programme).select_related("now")
    if only is not None:
        found = found.filter(pk=only.pk)
    today = timezone.localtime(timezone=ZoneInfo(programme.time_zone)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    sessions = sorted(found.order_by("-created_at", "public_id"), key=lambda session: _place(session, today))
    pks = [session.pk for session in sessions]
    here = Participant.objects.filter(session__in=pks, retired_at__isnull=True)
    people = _count(here.exclude(source__in=ELSEWHERE))
    cards = _count(_cards_for(role, pks).filter(session__in=pks, withdrawn_at__isnull=True))
    votes = sum_votes(pks)
    return [
        SessionLine(
            session=session,
            on=_is_on(session),
            people=n if (n := people.get(session.pk, 0)) == 0 or n >= programme.threshold else None,
            cards=cards.get(session.pk, 0),
            votes=votes.get(session.pk),
        )
        for session in sessions
    ]


def _cards_for(role: Role, sessions: list[int]) -> QuerySet[Contribution]:
    """The steering group counts cards once they are shown: until then their number shows that somebody writes."""
    cards = Contribution.objects.filter(step__session__in=sessions)
    if role is not Role.STEERING:
        return cards
    steps = Step.objects.filter(session__in=sessions, contributions__isnull=False).distinct()
    return cards.filter(step__in=[step.pk for step in steps if are_cards_shown(step)])


def _is_on(session: Session) -> bool:
    return session.archived_at is None and session.now is not None and session.now.state == StepState.OPEN


def _place(session: Session, today: dt.datetime) -> tuple[int, float]:
    """What runs comes first, then what is planned from today on, the next one first, then what was, the last one first.

    What has no date comes last, the newest first.
    """
    if _is_on(session):
        return 0, 0.0
    if session.planned_at is None:
        return 3, 0.0
    moment = session.planned_at.timestamp()
    return (1, moment) if session.planned_at >= today else (2, -moment)


def _count(rows: Any) -> dict[int, int]:
    return dict(rows.order_by().values_list("session_id").annotate(n=Count("pk")))


def tell_session(*, session: Session, role: Role) -> dict[str, Any]:
    """Return what the session page shows to this role. The steering group reads results, not cards."""
    programme = session.programme
    sectors, rounds = pick_held(programme.sectors.all(), session), read_rounds(session)
    shows_cards = role is not Role.STEERING and may_hold(session.consent, Content.WORDS)
    return {
        "sectors": [
            {
                "key": sector.key,
                "shape": sector.shape,
                "name": pair(sector, "name"),
                "letter": pair(sector, "letter"),
            }
            for sector in sectors
        ],
        "pillars": [
            {"number": pillar.number, "name": pair(pillar, "name"), "short": pair(pillar, "short")}
            for pillar in pick_held(programme.pillars.all(), session)
        ],
        "cards": _tell_cards(session) if shows_cards else None,
        "rounds": [
            _tell_round(told, {sector.public_id: sector.key for sector in sectors}, session)
            for told in read_results(
                rounds=rounds, sectors=sectors, role=role, threshold=programme.threshold, consent=session.consent
            )
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
        if not kind_of(card.step).is_practice(card.step)
    ]


def _tell_round(told: RoundResult, keys: dict[str, str], session: Session) -> dict[str, Any]:
    result = told.result
    return {
        "id": told.round.public_id,
        "title": pair(told.round.step, "title"),
        "number": told.round.number,
        "state": told.state,
        "seen": told.round.seen,
        "n": result.n,
        "rules": msgspec.to_builtins(show_rules(told.round)),
        "told": result.told,
        "groups": [{"sectors": [keys[sector] for sector in group.sectors], "n": group.n} for group in result.groups],
        "absent": [keys[sector] for sector in result.absent],
        "late": result.late,
        "few": result.few,
        "both": result.both,
        "chance": {"line": result.chance.line, "runs": result.chance.runs} if result.chance else None,
        "picture": _lead_to_picture(told, session),
        "step": told.round.step.public_id,
        "items": [_tell_item(told, item) for item in result.items],
    }


def _lead_to_picture(told: RoundResult, session: Session) -> dict[str, str] | None:
    """Return the addresses of a round's picture; None where there is none to pass on (yet)."""
    if not (is_revealed(told.round) and told.result.items and has_picture(told.round)):
        return None
    return lead_to_pictures(session=session, round_id=told.round.public_id)


def _tell_item(told: RoundResult, item: ResultItemDoc) -> dict[str, Any]:
    entry = told.entries[item.item]
    text = entry.text_en if entry.text_en and get_language() == "en" and not entry.hidden else entry.text
    return {
        "id": item.item,
        "card": entry.card,
        "text": _("A card, whose words stay in the session") if entry.kept and not entry.hidden else text,
        "language": entry.language,
        "pillar": entry.pillar,
        "aspect": entry.aspect,
        "whose": entry.whose,
        "document": entry.document,
        "price": entry.price,
        "hidden": entry.hidden,
        "place": item.place,
        "heads_place": item.heads_place,
        "heads": item.heads,
        "of": item.of,
        "told": item.told,
        "all": _tell_share(told, item.heads, item.of, item.share),
        "balanced": item.balanced,
        "spread": item.spread,
        "differs": item.differs,
        "means": msgspec.to_builtins(item.means),
        "shares": [
            _tell_share(told, item.group_heads[place] if item.group_heads else 0, of, share)
            for place, (of, share) in enumerate(zip(item.group_of, item.shares, strict=True))
        ],
    }


def _tell_share(told: RoundResult, heads: int, of: int, share: float) -> dict[str, float | None]:
    """Return a share with its interval, which the mean of other scores than 0 and 1 has not."""
    if not told.ballot.is_yes_or_no:
        return {"share": share, "low": None, "high": None}
    support = wilson(hits=heads, n=of)
    return {"share": share, "low": support.low, "high": support.high}
