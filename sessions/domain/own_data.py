"""All that is kept of one person, as a document: for the person, who asks for it with the receipt code."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..models import Ballot, Contribution, Event, FormerBrowser, Participant, Vote
from ..models.ids import RECEIPT_LENGTH
from .transfer import find_by_receipt


def find_holder(code: str) -> Participant | None:
    """Return the person of a receipt code as `tidy_receipt` returns it, in a session that is there."""
    holder = find_by_receipt(code) if len(code) == RECEIPT_LENGTH else None
    if holder is None:
        return None
    found = Participant.objects.filter(session__deleting_at=None, session__wiping_at=None)
    return found.select_related("session__programme", "sector").filter(pk=holder.pk).first()


def read_own_data(person: Participant) -> dict[str, Any]:
    """Return it as JSON can hold it. A text that was destroyed is no more; one that was redacted is still theirs."""
    session = person.session
    return {
        "session": {"code": session.code, "title": {"nl": session.title_nl, "en": session.title_en}},
        "programme": {"nl": session.programme.name_nl, "en": session.programme.name_en},
        "consent": session.consent,
        "person": {
            "pseudonym": person.public_id,
            "tag": person.tag,
            "sector": person.sector.key if person.in_sector else None,
            "source": person.source,
            "joined_at": _tell(person.joined_at),
            "first_connected_at": _tell(person.seen_at),
            "signed_off_at": _tell(person.retired_at),
            "other_browsers_left_at": [
                _tell(at) for at in FormerBrowser.objects.filter(participant=person).values_list("left_at", flat=True)
            ],
        },
        "cards": [_tell_card(card) for card in _cards_of(person)],
        "votes": [_tell_vote(vote) for vote in _votes_of(person)],
        "ballots": [
            {
                "round": ballot.round.public_id,
                "counts_for": ballot.sector.key,
                "counted": ballot.counted,
                "spent": ballot.spent,
                "first_at": _tell(ballot.first_at),
            }
            for ballot in Ballot.objects.filter(participant=person).select_related("round", "sector").order_by("pk")
        ],
        "log": [
            {"number": line.seq, "at": _tell(line.at), "kind": line.kind, "data": line.data}
            for line in Event.objects.filter(session=session, actor_kind="participant", actor_id=person.pk).order_by(
                "seq"
            )
        ],
    }


def _cards_of(person: Participant) -> Any:
    cards = Contribution.objects.filter(participant=person).select_related("step", "pillar", "sector")
    return cards.order_by("created_at", "public_id")


def _votes_of(person: Participant) -> Any:
    votes = Vote.objects.filter(participant=person).select_related("round_item__item", "round_item__round")
    return votes.order_by("first_at", "pk")


def _tell_card(card: Contribution) -> dict[str, Any]:
    return {
        "id": card.public_id,
        "step": {"nl": card.step.title_nl, "en": card.step.title_en},
        "sector": card.sector.key,
        "pillar": card.pillar.name_nl,
        "aspect": card.aspect,
        "text": card.text,
        "language": card.language,
        "created_at": _tell(card.created_at),
        "edited_at": _tell(card.edited_at),
        "redacted_at": _tell(card.hidden_at),
        "reason": card.reason,
        "withdrawn_at": _tell(card.withdrawn_at),
    }


def _tell_vote(vote: Vote) -> dict[str, Any]:
    place = vote.round_item
    return {
        "round": place.round.public_id,
        "item": place.item.public_id,
        "criterion": vote.criterion,
        "value": vote.value,
        "first_at": _tell(vote.first_at),
        "last_at": _tell(vote.last_at),
    }


def _tell(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z") if moment is not None else None
