"""Unit of work of a batch: reads with a few queries, collects changes in memory, writes with a few queries.

The caller is in a transaction that holds the session's row. Commands check first and change afterwards, in memory, so
a refused command leaves nothing behind; `save` writes all of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import BigIntegerField, Case, F, Value, When

from ..ballots.mark import Mark, put_value
from ..models import Ballot, Contribution, Participant, Round, RoundItem, Session, Step, Vote
from . import moment
from .batch_cards import BatchCards
from .batch_rows import BallotRow, Voter
from .bulk import read_pairs, write_rows
from .command_request import CommandRequest, CommandResult, digest_of, digest_whole_of
from .commands import OWED_COMMANDS
from .log import VERSIONS, LogKind, LogLine, append_lines
from .rules import check_same_content, check_session_open
from .session_row import read_session
from .structure import Structure
from .voting import Voting, voting_of


@dataclass(slots=True)
class VoteRow:
    mark: Mark
    tap: int


__all__ = ["BallotRow", "CommandRequest", "CommandResult", "VoteRow", "Voter", "World"]

_SESSIONS = Session._meta.db_table
_VOTES, _BALLOTS = Vote._meta.db_table, Ballot._meta.db_table
SESSION_FIELDS = [
    "seq",
    "structure",
    "locked",
    "approval",
    "sound",
    "bilingual",
    "consent",
    "now",
    "undo",
    "stage",
    "company",
    "message",
    *("title_nl", "title_en", "kind", "planned_at", "minutes", "invited"),
]


class World(BatchCards):
    """See the module."""

    def __init__(self, session: Session, structure: Structure, at: dt.datetime) -> None:
        super().__init__(session, structure)
        self.at = at
        self.seq = session.seq
        self.votes: dict[tuple[int, int], VoteRow] = {}
        self._voting: dict[int, Voting] = {}
        self._request: CommandRequest | None = None
        self._digest: int | None = None
        self._noted = False
        self.repeats = 0
        """Commands of this batch that were answered before."""
        self._changed_votes: set[tuple[int, int]] = set()
        self._changed_ballots: set[tuple[int, int]] = set()
        self.waiting: int | None = None
        """How many wait to be let in, once somebody asked; commands keep it current."""
        self.has_requests: bool | None = None
        """Whether anybody asked to be let in, once a command needs to know: a room that joins asks it once a batch."""
        self.compare: list[int] = []
        """Table ids of rounds whose differences are to be compared with chance after the commit."""

    # -- reading -------------------------------------------------------------------------------------------------

    @classmethod
    def open(cls, *, session_id: int, requests: Sequence[CommandRequest], remembered: Structure | None) -> World:
        """Take the session's row and read what these commands need.

        Raises Session.DoesNotExist, also for one that is being deleted, and Refused when the session takes no commands.
        """
        # The first statement writes: SQLite would fail at once if a read came first and another writer was ahead.
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {_SESSIONS} SET seq = seq WHERE id = %s", [session_id])  # noqa: S608
        session = read_session(session_id)
        if session is None or session.deleting_at is not None:
            raise Session.DoesNotExist
        # What the program owes goes on in an archived session: a text to destroy, a comparison to add.
        owed = all(type(request.command) in OWED_COMMANDS for request in requests)
        check_session_open(archived_at=None if owed else session.archived_at, wiping_at=session.wiping_at)
        fits = remembered is not None and remembered.version == session.structure
        structure = remembered if fits and remembered is not None else Structure.load(session)
        world = cls(session, structure, moment.now())
        world.read(requests)
        world._read_votes(requests)
        return world

    def _read_votes(self, requests: Sequence[CommandRequest]) -> None:
        """Read what these people have on these items, and what they spent in these rounds."""
        places: set[tuple[int, int]] = set()
        rounds: set[tuple[int, int]] = set()
        for actor, command, *_ in requests:
            if not command.reads.marks:
                continue
            for name, item in command.places():
                if round_ := self.structure.rounds.get(name):
                    if place := self.structure.round_items.get((round_.id, item)):
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

    # -- one command ---------------------------------------------------------------------------------------------

    def begin(self, request: CommandRequest) -> CommandResult | None:
        """Start a command. Returns the first answer when its key was answered before; raises `key.reused`.

        A line without a digest is of a text that was destroyed: its key alone tells.
        """
        self._request, self._digest, self._noted = request, None, False
        if request.key is None:
            return None
        self._digest = digest_of(request.command)
        known = self.answered.get((request.actor, request.key))
        if known is None:
            return None
        digest, outcome = known
        check_same_content(stored=digest, is_digest=lambda it: it in (self._digest, digest_whole_of(request.command)))
        self.repeats += 1
        return outcome

    def finish(self, made: str | None, before: int) -> CommandResult:
        """End a command, and remember its result for a repeat of its key."""
        assert self._request is not None
        noted = self.seq > before
        outcome = CommandResult(before + 1 if noted else self.seq, made, noted)
        if self._request.key is not None and noted:
            self.answered[self._request.actor, self._request.key] = (self._digest, outcome)
        self._request = None
        return outcome

    def note(self, kind: LogKind, **data: object) -> None:
        """Add a line to the log. The first line of a command carries its key."""
        assert self._request is not None
        first = not self._noted
        self._noted = True
        self.seq += 1
        key, digest = (self._request.key, self._digest) if first else (None, None)
        self.lines.append(LogLine(self.seq, kind, VERSIONS[kind], self._request.actor, key, digest, self.at, data))

    # -- changing ------------------------------------------------------------------------------------------------

    def change(self, row: Step | Round | Contribution | Participant, *fields: str) -> None:
        """Write these fields of a row at once: such changes are few, and later commands of the batch may ask for it."""
        row.save(update_fields=fields)

    def change_session(self) -> None:
        self._session_changed = True

    def put_vote(self, *, place: RoundItem, participant: Participant | Voter, vote: VoteRow) -> None:
        pair = place.id, participant.id
        self.votes[pair] = vote
        self._changed_votes.add(pair)

    def put_ballot(self, *, round_: Round, participant: Participant | Voter, ballot: BallotRow) -> None:
        pair = round_.id, participant.id
        self.ballots[pair] = ballot
        self._changed_ballots.add(pair)

    def return_votes(self, *, round_: Round, place: RoundItem) -> list[str]:
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
            if cost := voting.kind.cost(voting.rules, mark, place.price):
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

    def forget_given(self, *, places: set[int], rounds: set[int]) -> None:
        """Votes on these places, and ballots of these rounds, were deleted."""
        self.votes = {pair: vote for pair, vote in self.votes.items() if pair[0] not in places}
        self.ballots = {pair: ballot for pair, ballot in self.ballots.items() if pair[0] not in rounds}

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
        """Write changed votes and ballots early, before a command counts them in the tables."""
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
