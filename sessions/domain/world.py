"""What one batch of commands sees and changes: read in a handful of queries, written in a handful.

The caller is in a transaction that holds the session's row. Commands check first and change afterwards, in memory, so
a refused command leaves nothing behind; `save` writes all of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import BigIntegerField, Case, Count, F, Value, When

from ..ballots.ballot import Mark, put_value
from ..enums import ActorKind
from ..errors import Code, Refused
from ..models import Ballot, Contribution, Event, Item, Participant, Round, RoundItem, Session, Step, Vote
from . import moment
from .actor import Actor
from .bulk import in_list, read_pairs, read_rows, write_rows
from .log import VERSIONS, Kind, Line, append_lines
from .rules import check_session_open
from .standing import Login, Standing, find_ended_links, judge_members
from .structure import Structure
from .verbs import OWED_VERBS, CastVote, Verb
from .voting import Voting, voting_of


class Ask(NamedTuple):
    """One command: who wants what, and the key under which a repeat is found.

    `login`: of a member who is signed in by a browser; it is judged in the batch as the account and its role are.
    """

    actor: Actor
    verb: Verb
    key: UUID | None = None
    login: Login | None = None


class Outcome(NamedTuple):
    """`seq`: the command's line, or the newest when it changed nothing. `id`: the public id of what it made."""

    seq: int
    id: str | None = None
    noted: bool = True
    """Whether the line is the command's own."""


@dataclass(slots=True)
class VoteRow:
    mark: Mark
    tap: int


@dataclass(slots=True)
class Voter:
    """What a vote asks of its person: a room that votes all at once need not be read whole."""

    id: int
    sector_id: int
    retired_at: object | None


@dataclass(slots=True)
class BallotRow:
    spent: int
    budget: int | None
    sector_id: int
    counted: bool


_SESSIONS = Session._meta.db_table
_EVENTS, _PEOPLE = Event._meta.db_table, Participant._meta.db_table
_VOTES, _BALLOTS = Vote._meta.db_table, Ballot._meta.db_table
SESSION_FIELDS = [
    "seq",
    "structure",
    "locked",
    "approval",
    "now",
    "undo",
    "stage",
    "company",
    "title_nl",
    "title_en",
    "kind",
    "planned_at",
]


class World:
    """See the module. Rows are found by public id (`step`, `card`, `participant`) or raise Refused."""

    def __init__(self, session: Session, structure: Structure, at: dt.datetime) -> None:
        self.session = session
        self.structure = structure
        self.at = at
        self.seq = session.seq
        self.people: dict[int, Participant | Voter] = {}
        self.people_by_name: dict[str, Participant] = {}
        self.members: dict[Login, Standing | Code] = {}
        """Who runs sessions, as far as commands of the batch come from members; or why one of them may not."""
        self.ended_links: set[int] = set()
        """Projectors' links that were revoked, of those by which commands of the batch come."""
        self.cards: dict[str, Contribution] = {}
        self.votes: dict[tuple[int, int], VoteRow] = {}
        self.ballots: dict[tuple[int, int], BallotRow] = {}
        self._voting: dict[int, Voting] = {}
        self.answered: dict[tuple[Actor, UUID], tuple[int | None, Outcome]] = {}
        self.lines: list[Line] = []
        self._ask: Ask | None = None
        self._digest: int | None = None
        self._noted = False
        self.repeats = 0
        """Commands of this batch that were answered before."""
        self._changed_votes: set[tuple[int, int]] = set()
        self._changed_ballots: set[tuple[int, int]] = set()
        self._session_changed = False
        self._sector_counts: Counter[int] | None = None
        self._written: set[int] | None = None
        self.waiting: int | None = None
        """How many wait to be let in, once somebody asked; commands keep it current."""
        self.has_requests: bool | None = None
        """Whether anybody asked to be let in, once a command needs to know: a room that joins asks it once a batch."""
        self.compare: list[int] = []
        """Table ids of rounds whose differences are to be compared with chance after the commit."""

    # -- reading -------------------------------------------------------------------------------------------------

    @classmethod
    def open(cls, *, session_id: int, asks: Sequence[Ask], remembered: Structure | None) -> World:
        """Take the session's row and read what these commands need.

        Raises Session.DoesNotExist, also for one that is being deleted, and Refused when the session takes no commands.
        """
        # The first statement writes: SQLite would fail at once if a read came first and another writer was ahead.
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {_SESSIONS} SET seq = seq WHERE id = %s", [session_id])  # noqa: S608
        found = Session.objects.raw(f"SELECT * FROM {_SESSIONS} WHERE id = %s", [session_id])  # noqa: S608
        session = next(iter(found), None)
        if session is None or session.deleting_at is not None:
            raise Session.DoesNotExist
        # What the program owes goes on in an archived session: a text to destroy, a comparison to add.
        owed = all(type(ask.verb) in OWED_VERBS for ask in asks)
        check_session_open(archived_at=None if owed else session.archived_at, wiping_at=session.wiping_at)
        fits = remembered is not None and remembered.version == session.structure
        structure = remembered if fits and remembered is not None else Structure.load(session)
        world = cls(session, structure, moment.now())
        world._read_answers(asks)
        world._read_people(asks)
        world._read_members(asks)
        world._read_cards(asks)
        world._read_votes(asks)
        return world

    def _read_answers(self, asks: Sequence[Ask]) -> None:
        keys = [ask.key for ask in asks if ask.key is not None]
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
            self.answered[actor, known] = (digest, Outcome(seq, msgspec.json.decode(told).get("made")))

    def _read_people(self, asks: Sequence[Ask]) -> None:
        asking = [ask for ask in asks if ask.actor.kind is ActorKind.PARTICIPANT]
        pks = {actor.id for actor, verb, *_ in asking if type(verb) is not CastVote}
        voters = {actor.id for actor, verb, *_ in asking if type(verb) is CastVote} - pks
        names = {name for ask in asks if (name := getattr(ask.verb, "participant", None))}
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

    def _read_members(self, asks: Sequence[Ask]) -> None:
        """Judge members and links of this batch anew, whatever their sockets or pages were granted. Votes cost nothing.

        A right that ends while the batch is under way: the batch came first.
        """
        logins = {_login_of(ask) for ask in asks if ask.actor.kind is ActorKind.MEMBER}
        self.members = judge_members(programme=self.session.programme_id, logins=logins)
        links = {ask.actor.id for ask in asks if ask.actor.kind is ActorKind.STAGE}
        self.ended_links = find_ended_links(session=self.session.pk, links=links)

    def _read_cards(self, asks: Sequence[Ask]) -> None:
        names = {name for ask in asks if (name := getattr(ask.verb, "card", None))}
        if names:
            for card in Contribution.objects.filter(session=self.session, public_id__in=names):
                self.cards[card.public_id] = card

    def _read_votes(self, asks: Sequence[Ask]) -> None:
        """Read what these people have on these items, and what they spent in these rounds."""
        places: set[tuple[int, int]] = set()
        rounds: set[tuple[int, int]] = set()
        for actor, verb, *_ in asks:
            if isinstance(verb, CastVote) and (round_ := self.structure.rounds.get(verb.round)):
                if place := self.structure.round_items.get((round_.id, verb.item)):
                    places.add((place.id, actor.id))
                for mark in verb.marks:
                    if place := self.structure.round_items.get((round_.id, mark.item)):
                        places.add((place.id, actor.id))
                rounds.add((round_.id, actor.id))
        for place_pk, person, criterion, value, tap in read_pairs(
            select=f"SELECT round_item_id, participant_id, criterion, value, tap FROM {_VOTES}",  # noqa: S608
            columns=("round_item_id", "participant_id"),
            pairs=places,
        ):
            row = self.votes.get((place_pk, person))
            if row is not None:
                row.mark = put_value(row.mark, criterion, value)
            else:
                self.votes[place_pk, person] = VoteRow(put_value((), criterion, value) if criterion else (value,), tap)
        for round_pk, person, *values in read_pairs(
            select=f"SELECT round_id, participant_id, spent, budget, sector_id, counted FROM {_BALLOTS}",  # noqa: S608
            columns=("round_id", "participant_id"),
            pairs=rounds,
        ):
            self.ballots[round_pk, person] = BallotRow(*values)

    def voting(self, round_: Round) -> Voting:
        """Return how people vote in a round: read once in a batch."""
        found = self._voting.get(round_.pk)
        if found is None:
            found = self._voting[round_.pk] = voting_of(round_)
        return found

    def forget_voting(self, round_: Round) -> None:
        """A round's rules changed in this batch."""
        self._voting.pop(round_.pk, None)

    def card(self, name: str) -> Contribution:
        """Return a card that was not withdrawn. Raises Refused with `card.unknown`."""
        found = self.cards.get(name)
        if found is None or found.withdrawn_at is not None:
            raise Refused(Code.CARD_UNKNOWN)
        return found

    def giver(self, actor: Actor) -> Participant:
        """Return the person who gives a command other than a vote."""
        found = self.people[actor.id]
        assert isinstance(found, Participant)
        return found

    def standing(self, ask: Ask) -> Standing | Code | None:
        """Return the right of the member who gives a command, or why they have none, also of a link; None of others."""
        if ask.actor.kind is ActorKind.STAGE and ask.actor.id in self.ended_links:
            return Code.LINK_REVOKED
        return self.members[_login_of(ask)] if ask.actor.kind is ActorKind.MEMBER else None

    def participant(self, name: str) -> Participant:
        """Raises Refused with `participant.unknown`."""
        if found := self.people_by_name.get(name):
            return found
        raise Refused(Code.PARTICIPANT_UNKNOWN)

    def free_slot(self, *, step: Step, participant: Participant) -> int:
        """Return a free place for a card. Raises Refused with `card.limit`."""
        taken = set(
            Contribution.objects.filter(step=step, participant=participant, slot__isnull=False).values_list(
                "slot", flat=True
            )
        )
        # The limit may have been lowered since: what counts is how many there are, not which places they have.
        if len(taken) >= step.max_cards:
            raise Refused(Code.CARD_LIMIT, limit=step.max_cards)
        return next(slot for slot in range(1, step.max_cards + 1) if slot not in taken)

    def is_hidden(self, item: str) -> bool:
        """Whether an item is a card that was redacted."""
        card = self.structure.items[item].contribution_id
        if card is None:
            return False
        found = Contribution.objects.get(pk=card)
        return self.cards.get(found.public_id, found).hidden_at is not None

    def has_begun(self, round_: Round) -> bool:
        """Whether people could see the round's items: it was opened, or somebody voted before that was undone."""
        return round_.opened_at is not None or self.has_ballots(round_)

    def has_ballots(self, round_: Round) -> bool:
        """Whether anybody took part in a round, also in this batch."""
        return any(found == round_.pk for found, _ in self.ballots) or Ballot.objects.filter(round=round_).exists()

    def sector_counts(self) -> Counter[int]:
        """Return how many people of each O take part in the session; commands keep it current."""
        if self._sector_counts is None:
            rows = Participant.objects.filter(session=self.session, retired_at__isnull=True)
            self._sector_counts = Counter(dict(rows.order_by().values_list("sector_id").annotate(n=Count("pk"))))
        return self._sector_counts

    def written_sectors(self) -> set[int]:
        """Return the O's under which a card was ever written; commands keep it current."""
        if self._written is None:
            rows = Contribution.objects.filter(session=self.session).order_by().values_list("sector_id", flat=True)
            self._written = set(rows.distinct())
        return self._written

    # -- one command ---------------------------------------------------------------------------------------------

    def begin(self, ask: Ask) -> Outcome | None:
        """Start a command. Returns the first answer when its key was answered before; raises `key.reused`.

        A line without a digest is of a text that was destroyed: its key alone tells.
        """
        self._ask, self._digest, self._noted = ask, None, False
        if ask.key is None:
            return None
        self._digest = _digest(ask.verb)
        known = self.answered.get((ask.actor, ask.key))
        if known is None:
            return None
        digest, outcome = known
        if digest is not None and digest not in (self._digest, _digest_whole(ask.verb)):
            raise Refused(Code.KEY_REUSED)
        self.repeats += 1
        return outcome

    def finish(self, made: str | None, before: int) -> Outcome:
        """End a command: what a repeat of its key will be told."""
        assert self._ask is not None
        noted = self.seq > before
        outcome = Outcome(before + 1 if noted else self.seq, made, noted)
        if self._ask.key is not None and noted:
            self.answered[self._ask.actor, self._ask.key] = (self._digest, outcome)
        self._ask = None
        return outcome

    def note(self, kind: Kind, **data: object) -> None:
        """Add a line to the log. The first line of a command carries its key."""
        assert self._ask is not None
        first = not self._noted
        self._noted = True
        self.seq += 1
        key, digest = (self._ask.key, self._digest) if first else (None, None)
        self.lines.append(Line(self.seq, kind, VERSIONS[kind], self._ask.actor, key, digest, self.at, data))

    # -- changing ------------------------------------------------------------------------------------------------

    def change(self, row: Step | Round | Contribution | Participant, *fields: str) -> None:
        """Write these fields of a row at once: such changes are few, and later commands of the batch may ask for it."""
        row.save(update_fields=fields)

    def change_session(self) -> None:
        self._session_changed = True

    def restructure(self) -> None:
        """Say that agenda, rounds or items are no longer what writers remember."""
        self.session.structure += 1
        self.structure.version = self.session.structure
        self._session_changed = True

    def put_vote(self, *, place: RoundItem, participant: Participant | Voter, vote: VoteRow) -> None:
        pair = place.id, participant.id
        self.votes[pair] = vote
        self._changed_votes.add(pair)

    def put_ballot(self, *, round_: Round, participant: Participant | Voter, ballot: BallotRow) -> None:
        pair = round_.id, participant.id
        self.ballots[pair] = ballot
        self._changed_ballots.add(pair)

    def forget_digests(self, cards: Iterable[str]) -> None:
        """A digest on a line is made of what the card said: short as it is, it tells a guessed name from others.

        Where the text is erased it goes too. A repeat of that command is then answered by its key alone.
        """
        names, kinds = set(cards), (Kind.CARD_WRITTEN, Kind.CARD_EDITED)
        lines = Event.objects.filter(session=self.session, kind__in=[kind.value for kind in kinds])
        stored = lines.filter(data__card__in=sorted(names), digest__isnull=False)
        told = set(stored.values_list("seq", flat=True))
        stored.update(digest=None)
        for place, line in enumerate(self.lines):
            if line.kind in kinds and line.data["card"] in names:
                told.add(line.seq)
                self.lines[place] = line._replace(digest=None)
        for asked, (_, outcome) in self.answered.items():
            if outcome.seq in told:
                self.answered[asked] = (None, outcome)

    def add_card(self, card: Contribution) -> None:
        """Store a new card at once: a batch holds few of them, and later commands of the batch may name it."""
        card.save(force_insert=True)
        if self._written is not None:
            self._written.add(card.sector_id)
        self.cards[card.public_id] = card

    def add_item(self, *, card: Contribution, round_: Round) -> str:
        """Place a card in a round; return the item's public id."""
        name = next((n for n, item in self.structure.items.items() if item.contribution_id == card.pk), None)
        if name is None:
            item = Item.objects.create(session=self.session, contribution=card)
            name = item.public_id
            self.structure.items[name] = item
        place = RoundItem.objects.create(round=round_, item=self.structure.items[name])
        self.structure.round_items[round_.pk, name] = place
        self.restructure()
        return name

    def remove_item(self, *, round_: Round, item: str) -> None:
        self.structure.round_items.pop((round_.pk, item)).delete()
        self.restructure()

    def return_votes(self, *, round_: Round, place: RoundItem, item: Item) -> list[str]:
        """Take every vote off an item, and what it cost off what their people spent. Return whose votes there were.

        The same queries whether there were any: a facilitator must not learn it from the time this takes.
        """
        voting = self.voting(round_)
        rows = Vote.objects.filter(round_item=place).order_by("criterion")
        marks: dict[int, Mark] = {}
        for person, value in rows.values_list("participant_id", "value"):
            marks[person] = (*marks.get(person, ()), value)
        marks |= {person: vote.mark for (found, person), vote in self.votes.items() if found == place.pk}
        people = set(marks)
        in_batch = {person for found, person in self.ballots if found == round_.pk}
        spent: dict[int, list[int]] = {}
        for person, mark in marks.items():
            if cost := voting.kind.cost(voting.rules, mark, item.price):
                spent.setdefault(cost, []).append(person)
        others = Ballot.objects.filter(round=round_).exclude(participant__in=in_batch)
        costs = [When(participant__in=who, then=Value(cost)) for cost, who in spent.items()]
        others.update(spent=F("spent") - Case(*costs, default=Value(0), output_field=BigIntegerField()))
        for cost, who in spent.items():
            for person in in_batch.intersection(who):
                self.ballots[round_.pk, person].spent -= cost
                self._changed_ballots.add((round_.pk, person))
        for person in people:
            self.votes.pop((place.pk, person), None)
            self._changed_votes.discard((place.pk, person))
        Vote.objects.filter(round_item=place).delete()
        names = Participant.objects.filter(pk__in=people).order_by("public_id")
        return list(names.values_list("public_id", flat=True))

    # -- writing -------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Write everything and give the session its new number."""
        self.flush_votes()
        append_lines(session_id=self.session.pk, lines=self.lines)
        if self._session_changed:
            self.session.seq = self.seq
            self.session.save(update_fields=SESSION_FIELDS)
        elif self.lines:
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE {_SESSIONS} SET seq = %s WHERE id = %s", [self.seq, self.session.pk])  # noqa: S608

    def flush_votes(self) -> None:
        """Write the votes and ballots that changed so far: before a command of the batch counts them in the tables."""
        # The first time of a row that exists stays: it is not among the columns to update.
        now = connection.ops.adapt_datetimefield_value(self.at)
        votes, ballots = self.votes, self.ballots
        write_rows(
            table=_VOTES,
            columns=_VOTE_COLUMNS,
            rows=[
                (place, person, criterion, value, row.tap, now, now)
                for place, person in self._changed_votes
                for row in (votes[place, person],)
                for criterion, value in enumerate(row.mark)
            ],
            conflict="round_item_id, participant_id, criterion",
            update=("value", "tap", "last_at"),
        )
        write_rows(
            table=_BALLOTS,
            columns=_BALLOT_COLUMNS,
            rows=[
                (round_, person, row.sector_id, row.counted, row.spent, row.budget, now)
                for round_, person in self._changed_ballots
                for row in (ballots[round_, person],)
            ],
            conflict="round_id, participant_id",
            update=("spent", "budget", "sector_id", "counted"),
        )
        self._changed_votes.clear()
        self._changed_ballots.clear()


def _login_of(ask: Ask) -> Login:
    return ask.login or Login(ask.actor.id)


def _digest(verb: Verb) -> int:
    """Return 63 bits of a hash of the command's content, over the fields as they were sent."""
    return _hash(verb.do.encode() + _encode(verb))


def _digest_whole(verb: Verb) -> int:
    """Return the digest as it was made before protocol 2: with every default that the verb had then."""
    fields = {name: getattr(verb, name) for name in verb.__struct_fields__}
    whole = {name: value for name, value in fields.items() if value is not msgspec.UNSET}
    return _hash(verb.do.encode() + _encode(whole))


def _hash(content: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big") >> 1


_encode = msgspec.json.Encoder().encode
_VOTE_COLUMNS = {
    "round_item_id": "bigint",
    "participant_id": "bigint",
    "criterion": "smallint",
    "value": "bigint",
    "tap": "bigint",
    "first_at": "timestamptz",
    "last_at": "timestamptz",
}
_BALLOT_COLUMNS = {
    "round_id": "bigint",
    "participant_id": "bigint",
    "sector_id": "bigint",
    "counted": "boolean",
    "spent": "bigint",
    "budget": "bigint",
    "first_at": "timestamptz",
}
