"""Erasing one person from a session: their rows, and what lines of the log say of them. Nothing leads to them after it.

What stays are figures that were published: counts of many, from which no single ballot can be computed. Their rows of
single ballots lose person and digest (models/publication.py), and a result says that ballots changed since. An item
that somebody's card had become stays without words, so that those figures still name their items. Lines of the log keep
their number and say nothing: whoever reads the log misses none. The session gets a new epoch, so that every screen and
every kept page is made anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from ..enums import ELSEWHERE, ActorKind, ItemSource, Reason
from ..errors import Code
from ..models import (
    Ballot,
    Contribution,
    Event,
    Item,
    Participant,
    PresenceReport,
    Publication,
    PublishedBallot,
    Round,
    Session,
    purge,
)
from ..models.ids import new_id
from .deletion import take_session
from .editions import sectors_of
from .erased import note_erased
from .log import VERSIONS, LogKind
from .lookup import require
from .publication import count_late
from .sector_anonymity import choose_sector_marks, find_anonymity_sets

BATCH = 500


class Named(NamedTuple):
    """By what the log and other rows name a person."""

    pk: int
    name: str
    """The pseudonym."""
    cards: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        return self.cards | {self.name}


def find_person(session: Session, *, named: str) -> Participant | None:
    """Return who has this tag, or wrote the card with this id. Two people with one tag are told apart by nobody."""
    plain = named.strip()
    found = list(Participant.objects.filter(session=session, tag=plain.upper())[:2])
    if len(found) == 1:
        return found[0]
    return Participant.objects.filter(session=session, contributions__public_id=plain).first()


def erase_person(*, session_id: int, person_id: int) -> None:
    """Erase them. Commits after the last batch that was under way. Raises Refused when the session or they are gone."""
    with transaction.atomic():
        taken = take_session(session_id)
        is_here = taken is not None and taken.deleting_at is None
        session = require(taken if is_here else None, Code.SESSION_UNKNOWN)
        person = require(Participant.objects.filter(pk=person_id, session=session).first(), Code.PARTICIPANT_UNKNOWN)
        cards = list(Contribution.objects.filter(participant=person))
        named = Named(person.pk, person.public_id, frozenset(card.public_id for card in cards))
        texts = [card.text for card in cards if card.text]
        rounds = _find_rounds(person)
        _empty_items(cards)
        _count_on(session, person)
        Contribution.objects.filter(participant=person).delete()
        person.delete()
        _silence_lines(session, named)
        PresenceReport.objects.filter(session=session).delete()
        _unsettle(session, rounds)
        _keep_company(session)
        # Their cards are not large on the projectors and name no page, nor when something is undone.
        session.stage, session.undo = _without(session.stage, named.words), _without(session.undo, named.words)
        note_erased(named.name)
        session.erased += 1
        session.structure += 1
        session.epoch = new_id()
        session.save(update_fields=["erased", "erased_of", "structure", "epoch", "company", "stage", "undo"])
        transaction.on_commit(lambda: purge.owe([*texts, named.name]))


def _find_rounds(person: Participant) -> list[Round]:
    """Return the rounds in which they voted, or of which a publication counts them."""
    pks = {*Ballot.objects.filter(participant=person).values_list("round_id", flat=True)}
    pks.update(PublishedBallot.objects.filter(participant=person).values_list("publication__round_id", flat=True))
    return list(Round.objects.filter(pk__in=pks).select_related("step", "session"))


def _count_on(session: Session, person: Participant) -> None:
    """Whoever took part goes on counting in how many people of each O did."""
    if person.retired_at is None and person.source not in ELSEWHERE:
        sector = person.sector.public_id
        before = session.erased_of or {}
        session.erased_of = {**before, sector: before.get(sector, 0) + 1}


def _empty_items(cards: Collection[Contribution]) -> None:
    """An item that a card had become is one of words that were destroyed. As a name it goes in every session to which
    it was carried (domain/redaction.py).
    """
    now = timezone.now()
    Item.objects.filter(contribution__in=cards).update(
        contribution=None,
        source=ItemSource.STATEMENT,
        text_nl="",
        text_en="",
        hidden_at=now,
        destroyed_at=now,
        reason=Reason.NAME,
    )


def _silence_lines(session: Session, named: Named) -> None:
    """Let lines that are of the person say nothing, and others no longer name them."""
    dropped = LogKind.ANSWER_DROPPED
    nobody: dict[str, Any] = {"actor_kind": ActorKind.SYSTEM, "actor_id": 0, "key": None, "digest": None}
    changed: list[Event] = []
    lines = Event.objects.filter(session=session).order_by("seq")
    for line in lines.iterator(chunk_size=BATCH):
        is_own = line.actor_kind == ActorKind.PARTICIPANT and line.actor_id == named.pk
        if is_own or _is_about(line.data, named):
            line.kind, line.version, line.data = dropped.value, VERSIONS[dropped], {}
        elif (data := _without(line.data, named.words)) != line.data:
            line.data = data
        else:
            continue
        if is_own:
            for name, value in nobody.items():
                setattr(line, name, value)
        line.digest = None
        changed.append(line)
    fields = ["kind", "version", "data", *nobody]
    Event.objects.bulk_update(changed, fields, batch_size=BATCH)


def _is_about(data: dict[str, Any], named: Named) -> bool:
    return named.name in (data.get("participant"), data.get("made")) or data.get("card") in named.cards


def _without(value: Any, words: Collection[str]) -> Any:
    """Return what a line says without these words, wherever they stand in it."""
    if isinstance(value, dict):
        return {key: _without(held, words) for key, held in value.items() if key not in words}
    if isinstance(value, list):
        return [_without(held, words) for held in value if not (isinstance(held, str) and held in words)]
    return None if isinstance(value, str) and value in words else value


def _unsettle(session: Session, rounds: list[Round]) -> None:
    """What was shown stays, and says how many ballots differ from it. A digest of all its ballots together would let
    somebody who has the others try what the one was.
    """
    shown = Publication.objects.filter(round__in=rounds)
    shown.update(content="", untested=False)
    for round_ in rounds:
        count_late(round_=round_)


def _keep_company(session: Session) -> None:
    """One fewer of an O may take its mark from cards: in whose company it is then is kept, as when somebody leaves."""
    here = Participant.objects.filter(session=session, retired_at=None).exclude(source__in=ELSEWHERE)
    counts = Counter(here.values_list("sector__public_id", flat=True))
    sectors = [sector.public_id for sector in sectors_of(session)]
    written = set(Contribution.objects.filter(session=session).values_list("sector__public_id", flat=True))
    known: dict[str, Any] = {
        "people": counts,
        "written": written,
        "sectors": sectors,
        "threshold": session.programme.threshold,
        "company": session.company or {},
    }
    marked = choose_sector_marks(**known, consent=session.consent)
    session.company = find_anonymity_sets(**known, marked=marked) or session.company
