"""session.json: what the rows refer to, so that every result can be made again from the files alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from ..domain.consent import may_tell_words
from ..domain.kind import kind_of
from ..models import Item, Round, RoundItem, Session, Step
from .moments import tell_time
from .scope import Scope
from .table import Column

NAME = "session.json"
NL = "De sessie zelf: programma, drempel, pilaren, O's, agenda en stemronden."
EN = "The session itself: programme, threshold, pillars, O's, agenda and rounds of voting."

FIELDS = (
    Column(
        "session",
        "id, code, soort, titel, datum, hoeveel minuten en voor hoeveel mensen per O (invited),"
        " of het een repetitie was, wat er volgens afspraak in bestanden mag staan"
        " (consent: full, chatham of figures), hoeveel mensen er gewist zijn (erased; uitslagen van daarvoor tellen ze"
        " nog mee), en het nummer van de laatste gebeurtenis (seq)",
        "id, code, kind, title, date, for how many minutes and people of each O (invited), whether"
        " it was a rehearsal, what may be in files as people agreed (consent: full,"
        " chatham or figures), how many people were erased (erased; results of before still count them), and the number"
        " of the last event (seq)",
    ),
    Column("programme", "naam, tijdzone, drempel voor kleine groepen", "name, time zone, threshold of small groups"),
    Column("pillars", "de pilaren op volgorde: id, nummer, naam, korte naam", "the pillars: id, number, name, short"),
    Column(
        "sectors",
        "de O's op volgorde: id, sleutel, naam, toelichting, letter, vorm van het teken (shape)",
        "the O's in order: id, key, name, hint, letter, shape of its mark",
    ),
    Column(
        "steps",
        "de agenda op volgorde: soort, titel, vraag (prompt), toelichting (body), minuten, en settings: wat er van een"
        " stap van deze soort is ingesteld (docs/protocol.md). confirmed van confirmed_of telefoons"
        " hadden niets meer toen de stap definitief werd gesloten (sealed_at); niet confirmed_whole: het kunnen er meer"
        " zijn geweest",
        "the agenda in order: kind, title, prompt, body, minutes, and settings: what is set of a step of this"
        " kind (docs/protocol.md). confirmed of confirmed_of phones held nothing more when the step was"
        " closed for good (sealed_at); not confirmed_whole: there may have been more",
    ),
    Column(
        "rounds",
        "stemronden: hoe er gestemd is (ballot) en de regels daarvan, vast vanaf de opening (rules), geopend, gesloten,"
        " onthuld, drempel vanaf het eerste getal;"
        " sealed_at en confirmed: hoe de stap gesloten was vóór een volgende ronde; items: wat erin zit, in de volgorde"
        " van projector en Regie, met prijzen in hele euro's",
        "rounds: how people voted (ballot) and its rules, frozen at the opening (rules), opened, closed, revealed,"
        " threshold from the first figure on;"
        " sealed_at and confirmed: how its step was closed before another round; items: what it holds, in the order of"
        " stage and console, with prices in whole euros",
    ),
    Column(
        "items",
        "waarover is gestemd of zal worden gestemd: een kaart (contribution), of eigen woorden (text); waarom die"
        " verborgen zijn (redacted), wiens woorden (whose, document), en het punt van een andere sessie waar het"
        " vandaan komt (origin)",
        "what was voted on, or will be: a card (contribution), or words of its own (text); why they are"
        " redacted (redacted), whose words (whose, document), and the item of another session that it came from"
        " (origin)",
    ),
)


def write(scope: Scope) -> Iterator[bytes]:
    """Yield the file: one piece. Three queries, besides what its scope holds."""
    session, programme = scope.session, scope.session.programme
    placed = _read_placed(session)
    document: dict[str, Any] = {
        "session": {
            "id": session.public_id,
            "code": session.code,
            "kind": session.kind,
            "title": {"nl": session.title_nl, "en": session.title_en},
            "planned_at": tell_time(session.planned_at) or None,
            "minutes": session.minutes,
            "invited": session.invited,
            "rehearsal": session.rehearsal,
            "consent": session.consent,
            "erased": session.erased,
            "archived_at": tell_time(session.archived_at) or None,
            "seq": session.seq,
        },
        "programme": {
            "slug": programme.slug,
            "name": {"nl": programme.name_nl, "en": programme.name_en},
            "time_zone": programme.time_zone,
            "threshold": programme.threshold,
        },
        "pillars": [
            {
                "id": pillar.public_id,
                "number": pillar.number,
                "name": {"nl": pillar.name_nl, "en": pillar.name_en},
                "short": {"nl": pillar.short_nl, "en": pillar.short_en},
            }
            for pillar in scope.pillars
        ],
        "sectors": [
            {
                "id": sector.public_id,
                "key": sector.key,
                "shape": sector.shape,
                "name": {"nl": sector.name_nl, "en": sector.name_en},
                "hint": {"nl": sector.hint_nl, "en": sector.hint_en},
                "letter": {"nl": sector.letter_nl, "en": sector.letter_en},
            }
            for sector in scope.sectors
        ],
        "steps": [_tell_step(step) for step in scope.steps],
        "rounds": [_tell_round(found, placed.get(found.pk, [])) for found in scope.rounds],
        "items": _tell_items(session),
    }
    yield msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _tell_step(step: Step) -> dict[str, Any]:
    return {
        "id": step.public_id,
        "kind": step.kind,
        "state": step.state,
        "title": {"nl": step.title_nl, "en": step.title_en},
        "prompt": {"nl": step.prompt_nl, "en": step.prompt_en},
        "body": {"nl": step.body_nl, "en": step.body_en},
        "pillar": step.pillar.public_id if step.pillar else None,
        "subject": step.subject.public_id if step.subject else None,
        "minutes": step.minutes,
        "settings": kind_of(step).show(step.settings),
        "opened_at": tell_time(step.opened_at) or None,
        "closed_at": tell_time(step.closed_at) or None,
        "revealed_at": tell_time(step.revealed_at) or None,
        "sealed_at": tell_time(step.sealed_at) or None,
        "confirmed": step.sealed_confirmed,
        "confirmed_of": step.sealed_of,
        "confirmed_whole": step.sealed_whole,
    }


def _tell_items(session: Session) -> list[dict[str, Any]]:
    """What a card says stands in contributions.csv; what has words of its own says them here."""
    items = Item.objects.filter(session=session).select_related("contribution").order_by("public_id")
    return [
        {
            "id": item.public_id,
            "source": item.source,
            "contribution": item.contribution.public_id if item.contribution else None,
            "text": _tell_text(item, session),
            "redacted": item.reason,
            "whose": item.whose,
            "document": item.document,
            "origin": item.origin or None,
        }
        for item in items
    ]


def _tell_text(item: Item, session: Session) -> dict[str, str]:
    shown = item.hidden_at is None and may_tell_words(session.consent, whose=item.whose)
    return {"nl": item.text_nl, "en": item.text_en} if shown else {"nl": "", "en": ""}


def _read_placed(session: Session) -> dict[int, list[dict[str, Any]]]:
    """Return round → its items in their order there, with their prices."""
    placed: dict[int, list[dict[str, Any]]] = {}
    rows = RoundItem.objects.filter(round__session=session).order_by("rank", "item__public_id")
    for round_, item, price in rows.values_list("round_id", "item__public_id", "price"):
        placed.setdefault(round_, []).append({"item": item, "price": price})
    return placed


def _tell_round(found: Round, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": found.public_id,
        "step": found.step.public_id,
        "number": found.number,
        "ballot": found.ballot,
        "rules": found.rules,
        "opened_at": tell_time(found.opened_at) or None,
        "closed_at": tell_time(found.closed_at) or None,
        "revealed_at": tell_time(found.revealed_at) or None,
        "seen": found.seen,
        "threshold": found.threshold,
        "sealed_at": tell_time(found.sealed_at) or None,
        "confirmed": found.sealed_confirmed,
        "confirmed_of": found.sealed_of,
        "confirmed_whole": found.sealed_whole,
        "items": items,
    }
