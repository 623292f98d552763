"""events.jsonl: the session's log, one line of JSON per event, with public ids only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from django.db.models import TextField
from django.db.models.functions import Cast

from ..enums import ActorKind
from ..models import Event, Participant
from .cells import write_lines
from .moments import Stored, tell_stored
from .table import Column, Scope

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

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


def write(scope: Scope) -> Iterator[bytes]:
    """Yield the file in pieces of about 64 kB. Two queries."""
    return write_lines(_read_lines(scope), end="\n")


def _read_lines(scope: Scope) -> Iterator[str]:
    people = dict(Participant.objects.filter(session=scope.session).values_list("pk", "public_id"))
    members: dict[int, str] = {}
    events = (
        Event.objects.filter(session=scope.session)
        .order_by("seq")
        # Data as text: Django's own reading of JSON costs more than all the rest of a line.
        .values_list("seq", Stored("at"), "kind", "version", "actor_kind", "actor_id", Cast("data", TextField()))
    )
    # Nothing in a line needs escaping but its data: kinds, times and ids are this program's own words.
    for seq, at, kind, version, actor_kind, actor_id, data in events.iterator(chunk_size=2000):
        name = _name_actor(actor_kind, actor_id, people, members)
        actor = "null" if name is None else f'"{name}"'
        yield (
            f'{{"seq":{seq},"at":"{tell_stored(at)}","kind":"{kind}","version":{version}'
            f',"actor":{{"kind":"{actor_kind}","id":{actor}}},"data":{_encode(_decode(data)).decode()}}}'
        )


def _name_actor(kind: str, pk: int, people: dict[int, str], members: dict[int, str]) -> str | None:
    """Return the pseudonym. Members are numbered as they first appear, so a name never changes as the log grows."""
    if kind == ActorKind.PARTICIPANT:
        return people.get(pk)
    if kind == ActorKind.MEMBER:
        return members.setdefault(pk, f"member-{len(members) + 1}")
    return None
