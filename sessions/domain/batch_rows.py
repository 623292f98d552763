"""What a batch of commands reads besides votes, in a handful of queries, and how commands find it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import Count

from ..enums import ELSEWHERE, ActorKind
from ..errors import Code
from ..models import Ballot, Contribution, Event, Participant, Round, Session, Step
from . import redaction
from .actor import Actor
from .authorisation import Login, MemberRight, find_ended_links, judge_members
from .bulk import in_list, read_rows
from .command_request import CommandRequest, CommandResult, login_of
from .lookup import require
from .rules import check_card_limit
from .structure import Structure

_EVENTS, _PEOPLE = Event._meta.db_table, Participant._meta.db_table


@dataclass(slots=True)
class Voter:
    """The columns of a voter that rules need, so that a room that votes all at once is not read whole."""

    id: int
    sector_id: int
    retired_at: object | None


@dataclass(slots=True)
class BallotRow:
    spent: int
    budget: int | None
    sector_id: int
    counted: bool


class BatchRows:
    """See the module. Rows are found by public id (`step`, `card`, `participant`) or raise Refused."""

    def __init__(self, session: Session, structure: Structure) -> None:
        self.session = session
        self.structure = structure
        self.people: dict[int, Participant | Voter] = {}
        self.people_by_name: dict[str, Participant] = {}
        self.members: dict[Login, MemberRight | Code] = {}
        """Who runs sessions, as far as commands of the batch come from members; or why one of them may not."""
        self.ended_links: set[int] = set()
        """Projectors' links that were revoked, of those by which commands of the batch come."""
        self.cards: dict[str, Contribution] = {}
        self.ballots: dict[tuple[int, int], BallotRow] = {}
        self.answered: dict[tuple[Actor, UUID], tuple[int | None, CommandResult]] = {}
        self._sector_counts: Counter[int] | None = None
        self._written: set[int] | None = None

    def read(self, requests: Sequence[CommandRequest]) -> None:
        """Read what these commands say that they read (`Command.reads`)."""
        self._read_answers(requests)
        self._read_people(requests)
        self._read_members(requests)
        self._read_cards(requests)

    def _read_answers(self, requests: Sequence[CommandRequest]) -> None:
        keys = [request.key for request in requests if request.key is not None]
        if not keys:
            return
        data = "data::text" if connection.vendor == "postgresql" else "data"
        for actor_kind, actor_id, key, digest, seq, told in read_rows(
            select=f"SELECT actor_kind, actor_id, key, digest, seq, {data} FROM {_EVENTS}",  # noqa: S608
            where="session_id = %s",
            fixed=[self.session.pk],
            key=keys,
        ):
            actor = Actor(ActorKind(actor_kind), actor_id)
            known = key if isinstance(key, UUID) else UUID(key)
            self.answered[actor, known] = (digest, CommandResult(seq, msgspec.json.decode(told).get("made")))

    def _read_people(self, requests: Sequence[CommandRequest]) -> None:
        asking = [request for request in requests if request.actor.kind is ActorKind.PARTICIPANT]
        pks = {actor.id for actor, command, *_ in asking if not command.reads.marks}
        voters = {actor.id for actor, command, *_ in asking if command.reads.marks} - pks
        names = {
            getattr(request.command, field) for request in requests if (field := request.command.reads.participant)
        }
        if voters:
            for row in read_rows(
                select=f"SELECT id, sector_id, retired_at FROM {_PEOPLE}",  # noqa: S608
                where="session_id = %s",
                fixed=[self.session.pk],
                id=voters,
            ):
                self.people[row[0]] = Voter(*row)
        if pks:
            # Only what rules ask of whoever gives a command; a command about somebody reads them whole.
            condition, param = in_list("id", pks)
            query = f"SELECT id, public_id, session_id, sector_id, retired_at FROM {_PEOPLE}"  # noqa: S608
            for person in Participant.objects.raw(
                f"{query} WHERE session_id = %s AND {condition}", [self.session.pk, param]
            ):
                self.people[person.pk] = person
        if names:
            for person in Participant.objects.filter(public_id__in=names, session=self.session):
                self.people[person.pk] = self.people_by_name[person.public_id] = person

    def _read_members(self, requests: Sequence[CommandRequest]) -> None:
        """Check again the rights of members and links in this batch, whatever their sockets or pages were granted.
        Votes need no query. A right that ends while the batch runs: the batch came first.
        """
        logins = {login_of(request) for request in requests if request.actor.kind is ActorKind.MEMBER}
        self.members = judge_members(programme=self.session.programme_id, logins=logins)
        links = {request.actor.id for request in requests if request.actor.kind is ActorKind.STAGE}
        self.ended_links = find_ended_links(session=self.session.pk, links=links)

    def _read_cards(self, requests: Sequence[CommandRequest]) -> None:
        fields = ((request.command, request.command.reads.card) for request in requests)
        names = {name for command, field in fields if field and (name := getattr(command, field))}
        if names:
            for card in Contribution.objects.filter(session=self.session, public_id__in=names):
                self.cards[card.public_id] = card

    def card(self, name: str) -> Contribution:
        """Return a card that was not withdrawn. Raises Refused with `card.unknown`."""
        found = self.cards.get(name)
        return require(found if found and found.withdrawn_at is None else None, Code.CARD_UNKNOWN)

    def giver(self, actor: Actor) -> Participant:
        """Return the person who gives a command other than a vote."""
        found = self.people[actor.id]
        assert isinstance(found, Participant)
        return found

    def standing(self, request: CommandRequest) -> MemberRight | Code | None:
        """Return the right of the member who gives a command, or why they have none, also of a link; None of others."""
        if request.actor.kind is ActorKind.STAGE and request.actor.id in self.ended_links:
            return Code.LINK_REVOKED
        return self.members[login_of(request)] if request.actor.kind is ActorKind.MEMBER else None

    def participant(self, name: str) -> Participant:
        """Raises Refused with `participant.unknown`."""
        return require(self.people_by_name.get(name), Code.PARTICIPANT_UNKNOWN)

    def free_slot(self, *, step: Step, participant: Participant, most: int) -> int:
        """Return a free place for a card, of so many. Raises Refused with `card.limit`."""
        taken = set(
            Contribution.objects.filter(step=step, participant=participant, slot__isnull=False).values_list(
                "slot", flat=True
            )
        )
        # What counts is how many there are, not which places they have.
        check_card_limit(written=len(taken), most=most)
        return next(slot for slot in range(1, most + 1) if slot not in taken)

    def hidden_items(self, items: Collection[str]) -> set[str]:
        """Return those of these items that are redacted, or whose words were destroyed. One query."""
        cards = {self.structure.items[name].contribution_id: name for name in items}
        found = {card.public_id: card for card in Contribution.objects.filter(pk__in=[pk for pk in cards if pk])}
        current = (self.cards.get(name, card) for name, card in found.items())
        hidden = {cards[card.pk] for card in current if card.hidden_at is not None}
        return hidden | {name for name in items if redaction.is_withheld(self.structure.items[name])}

    def has_begun(self, round_: Round) -> bool:
        """Whether people could see the round's items: it was opened, or somebody voted before that was undone."""
        return round_.opened_at is not None or self.has_ballots(round_)

    def has_ballots(self, round_: Round) -> bool:
        """Whether anybody took part in a round, also in this batch."""
        return any(found == round_.pk for found, _ in self.ballots) or Ballot.objects.filter(round=round_).exists()

    def sector_counts(self) -> Counter[int]:
        """Return how many people of each O take part in the session by phone; commands keep it current. Paper ballots
        and imported people do not: one person may have several papers, and none of them unlocks a mark on cards.
        """
        if self._sector_counts is None:
            rows = Participant.objects.filter(session=self.session, retired_at__isnull=True)
            rows = rows.exclude(source__in=ELSEWHERE)
            self._sector_counts = Counter(dict(rows.order_by().values_list("sector_id").annotate(n=Count("pk"))))
        return self._sector_counts

    def written_sectors(self) -> set[int]:
        """Return the O's under which a card was ever written; commands keep it current."""
        if self._written is None:
            rows = Contribution.objects.filter(session=self.session).order_by().values_list("sector_id", flat=True)
            self._written = set(rows.distinct())
        return self._written
