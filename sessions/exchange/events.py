"""events.jsonl: the session's log, one line of JSON per event, with public ids only."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec
from django.db.models import TextField
from django.db.models.functions import Cast

from ..domain.practised import Practised
from ..enums import ActorKind
from ..models import Contribution, Event
from .moments import StoredMoment, tell_stored
from .scope import Scope
from .statements import SessionRows
from .table import Column

NAME = "events.jsonl"
NL = "Het logboek van de sessie: één regel JSON per gebeurtenis, in volgorde van nummer."
EN = "The log of the session: one line of JSON per event, in the order of the numbers."

FIELDS = (
    Column("seq", "nummer van de gebeurtenis in deze sessie", "number of the event in this session"),
    Column("at", "wanneer", "when"),
    Column("kind", "soort gebeurtenis", "kind of event"),
    Column("version", "versie van de vorm van data", "version of the shape of data"),
    Column(
        "actor",
        "wie: soort (participant, member, system) en pseudoniem; leden zijn member-1, member-2, … per sessie",
        "who: kind (participant, member, system) and pseudonym; members are member-1, member-2, … per session",
    ),
    Column("data", "ids en kleine waarden", "ids and small values"),
)

BATCH = 300


class Actor(msgspec.Struct):
    kind: str
    id: str | None


class JsonLine(msgspec.Struct):
    """A line as it is written, its keys in this order."""

    seq: int
    at: str
    kind: str
    version: int
    actor: Actor
    data: dict[str, Any]


_EVENTS = SessionRows(
    lambda session: (
        Event.objects.filter(session=session)
        .order_by("seq")
        # Data as text: Django's own reading of JSON costs more than all the rest of a line.
        .values_list("seq", StoredMoment("at"), "kind", "version", "actor_kind", "actor_id", Cast("data", TextField()))
    )
)

_encode_lines = msgspec.json.Encoder().encode_lines
_decode_list = msgspec.json.Decoder(list[dict[str, Any]]).decode


def write(scope: Scope) -> Iterator[bytes]:
    """Yield the file in pieces of about 64 kB. One query, besides what its scope holds."""
    people = {person.pk: person.name for person in scope.people}
    practised = _read_practised(scope)
    members: dict[int, str] = {}
    events = _EVENTS.read(scope.session)
    while rows := list(islice(events, BATCH)):
        told = _decode_list(f"[{','.join([row[-1] for row in rows])}]")
        lines = [
            JsonLine(seq, tell_stored(at), kind, version, Actor(who, _name_actor(who, pk, people, members)), data)
            for (seq, at, was, version, who, pk, _), said in zip(rows, told, strict=True)
            for kind, data in (practised.leave(was, said) if practised else (was, said),)
        ]
        yield _encode_lines(lines)


def _read_practised(scope: Scope) -> Practised | None:
    """Return what people practise now: it is thrown away when they are done, and in no file before."""
    if not scope.practice:
        return None
    cards = Contribution.objects.filter(step__session=scope.session, step__public_id__in=scope.practice)
    return Practised(
        cards=frozenset(cards.values_list("public_id", flat=True)),
        rounds=frozenset(found.public_id for found in scope.rounds if found.step.public_id in scope.practice),
    )


def _name_actor(kind: str, pk: int, people: dict[int, str], members: dict[int, str]) -> str | None:
    """Return the pseudonym. Members are numbered as they first appear, so a name never changes as the log grows."""
    if kind == ActorKind.PARTICIPANT:
        return people.get(pk)
    if kind == ActorKind.MEMBER:
        return members.setdefault(pk, f"member-{len(members) + 1}")
    return None
