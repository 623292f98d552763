"""A round of any ballot in a room, and what must hold of it whatever happened: `compare` says what does not."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from uuid import uuid4

from sessions.ballots import Ballot
from sessions.ballots.ballot import Act, Rules
from sessions.ballots.counts import Count, ShownGroup
from sessions.ballots.mark import NO_MARK, Mark, Value, put_value, read_mark, write_mark
from sessions.domain.actor import Actor
from sessions.domain.commands import CastVote, MarkGiven
from sessions.domain.documents import ResultDoc
from sessions.domain.log import LogEntry, LogKind, read_entries
from sessions.domain.log_effects import voter_of
from sessions.domain.publication import read_published
from sessions.domain.results import pool_groups
from sessions.domain.state import State
from sessions.domain.voting import voting_of
from sessions.domain.world import CommandRequest
from sessions.enums import Role
from sessions.exchange.files import FILES
from sessions.exchange.result_columns import TOLD
from sessions.exchange.scope import Scope
from sessions.live.writer import Result
from sessions.models import Ballot as StoredBallot
from sessions.models import Participant, Session, Vote

from ..factory import make_room
from .ballots import PRICES, Own, act_by_chance

SIZES = {"onderwijs": 6, "ondernemers": 5, "overheden": 2}


class Voted:
    """A vote of one ballot, on six items and with people of three O's unless told otherwise."""

    def __init__(
        self,
        kind: Ballot,
        *,
        live: bool = True,
        sizes: Mapping[str, int] = SIZES,
        items: int = 6,
        rules: Rules | None = None,
        prices: Sequence[int] = tuple(PRICES.values()),
    ) -> None:
        self.kind = kind
        self.room = make_room()
        self.people = [actor for key, n in sizes.items() for actor in self.room.join(key, n=n)]
        self.round, self.items = self.room.open_vote(items=items, live=live, rules=rules or kind.Rules(), prices=prices)
        self.voting = voting_of(self.round)
        self.prices = dict(zip(self.items, prices, strict=False))
        self.own = {actor: Own(kind, self.voting.rules, self.prices) for actor in self.people}
        self.state = State.load(self.room.session.pk)
        self._seq, self._tap = self.room.session.events.count(), 0

    @property
    def step(self) -> str:
        return str(self.round.step.public_id)

    @property
    def one(self) -> Value:
        """Return a mark of 1 by every criterion."""
        return write_mark((1,) * self.voting.criteria)

    def command(self, act: Act, *, tap: int | None = None) -> CastVote:
        self._tap += 1
        (item, value), *others = act.items()
        marks = [MarkGiven(item=other, value=given) for other, given in others]
        number = self._tap if tap is None else tap
        return CastVote(round=self.round.public_id, item=item, value=value, tap=number, marks=marks)

    def cast(self, actor: Actor, act: Act) -> Result:
        (result,) = self.room.batch(CommandRequest(actor, self.command(act), uuid4()))
        return result

    def act(self, chance: Random, times: int) -> None:
        """Let people do what simulated people do, several to a batch, some of it twice."""
        for _ in range(times):
            requests = []
            for actor in chance.sample(self.people, 5):
                for act in act_by_chance(self.own[actor], self.items, chance):
                    self.own[actor].cast(act)
                    requests.append(CommandRequest(actor, self.command(act), uuid4()))
            if requests:
                self.room.batch(*requests, *chance.sample(requests, chance.randint(0, len(requests))))

    def follow(self) -> State:
        """Bring a state that was there from the start to now, from the log."""
        entries = self.entries(after=self._seq)
        self.state.apply(entries)
        self._seq += len(entries)
        return self.state

    def entries(self, *, after: int = 0) -> list[LogEntry]:
        seq = Session.objects.get(pk=self.room.session.pk).seq
        return read_entries(session_id=self.room.session.pk, after=after, up_to=seq)

    def result(self) -> ResultDoc:
        return read_published(self.room.session.pk).results[self.round.public_id]

    # -- the same, by other ways -----------------------------------------------------------------------------------

    def stored(self) -> dict[tuple[int, str], Mark]:
        """Return (person, item) → what the tables hold."""
        rows = Vote.objects.filter(round_item__round=self.round).values_list(
            "participant_id", "round_item__item__public_id", "criterion", "value"
        )
        marks: dict[tuple[int, str], Mark] = {}
        for person, item, criterion, value in rows:
            marks[person, item] = put_value(marks.get((person, item), NO_MARK), criterion, value)
        return marks

    def logged(self) -> dict[tuple[int, str], Mark]:
        """Return the same from the log alone."""
        marks: dict[tuple[int, str], Mark] = {}
        people = dict(Participant.objects.filter(session=self.room.session).values_list("public_id", "pk"))
        for entry in self.entries():
            if entry.kind is LogKind.VOTE_CAST and entry.data["round"] == self.round.public_id:
                value: Value = entry.data["value"]
                voter = voter_of(entry, people=people)
                assert voter is not None
                marks[voter, entry.data["item"]] = read_mark(value, criteria=self.voting.criteria)
        return marks

    def exported(self) -> dict[tuple[str, str], list[str]]:
        """Return (pseudonym, item) → the cells of votes.csv, one per criterion."""
        cells: dict[tuple[str, str], list[str]] = {}
        for row in self._rows("votes.csv"):
            cells.setdefault((row["participant"], row["item"]), []).append(row["value"])
        return cells

    def told(self) -> dict[str, tuple[str, str]]:
        """Return item → of how many people results.csv tells it, and which of its columns of the ballot it fills."""
        rows = [row for row in self._rows("results.csv") if row["group"] == "all" and not row["criterion"]]
        return {row["item"]: (row["of"], " ".join(key for key in own_columns(self.kind) if row[key])) for row in rows}

    def _rows(self, name: str) -> list[dict[str, str]]:
        text = b"".join(FILES[name].write(Scope(session=self._session(), role=Role.CORE))).decode("utf-8-sig")
        return [row for row in csv.DictReader(io.StringIO(text)) if row["round"] == self.round.public_id]

    def _session(self) -> Session:
        found = Session.objects.select_related("programme")
        return found.prefetch_related("programme__sectors", "programme__pillars").get(pk=self.room.session.pk)

    def count(self, marks: dict[tuple[int, str], Mark], *, of: set[int], sectors: dict[int, str]) -> dict[str, Count]:
        """Count these marks as a person would with a pencil: one after the other, only of those who count."""
        counts = {item: Count() for item in self.items}
        for (person, item), mark in marks.items():
            if person in of:
                self.kind.add(
                    counts, rules=self.voting.rules, item=item, sector=sectors[person], before=NO_MARK, after=mark
                )
        return counts


def own_columns(kind: Ballot) -> list[str]:
    """Return the columns of results.csv that a ballot fills. One that a test registers later has none of its own."""
    return sorted({told.key for told in kind.told} & {column.key for column in TOLD})


def compare(voted: Voted, *, result: ResultDoc | None = None) -> list[str]:
    """Return what does not agree: rows, log, live count, budgets, export, and the result that was published."""
    kind, rules = voted.kind, voted.voting.rules
    stored, logged = voted.stored(), voted.logged()
    trouble = [] if stored == logged else ["the log gives other marks than are stored"]
    rows = {row.participant_id: row for row in StoredBallot.objects.filter(round=voted.round)}
    spent = Counter[int]()
    for (person, item), mark in stored.items():
        spent[person] += kind.cost(rules, mark, voted.prices.get(item))
    for person, row in rows.items():
        if row.spent != spent[person]:
            trouble.append("what is spent is not what the marks cost")
        if (limit := kind.budget(rules)) is not None and spent[person] > limit:
            trouble.append("more is spent than the budget")
    counting = {person for person, row in rows.items() if row.counted}
    undivided = voted.count(logged, of=counting, sectors=dict.fromkeys(rows, ""))
    for name, state in (("live", voted.follow()), ("fresh", State.load(voted.room.session.pk))):
        told = state.tallies[voted.round.public_id]
        numbers = {item: kind.live(told[item], rules=rules, n=len(counting)) for item in voted.items}
        if numbers != {item: kind.live(undivided[item], rules=rules, n=len(counting)) for item in voted.items}:
            trouble.append(f"the {name} count is not that of the log")
    names = dict(Participant.objects.filter(session=voted.room.session).values_list("pk", "public_id"))
    none = "" if kind.none is None else str(kind.none)
    wanted = {
        (names[pk], item): [none if value is None else str(value) for value in whole(voted, pk, item, stored)]
        for pk in {actor.id for actor in voted.people} | rows.keys()
        for item in voted.items
    }
    if voted.exported() != wanted:
        trouble.append("votes.csv holds other rows than the tables")
    if result is not None:
        trouble += _compare_result(voted, result, logged, rows, counting)
    return trouble


def whole(voted: Voted, person: int, item: str, stored: dict[tuple[int, str], Mark]) -> Mark:
    return stored.get((person, item)) or (None,) * voted.voting.criteria


def _compare_result(
    voted: Voted,
    result: ResultDoc,
    logged: dict[tuple[int, str], Mark],
    rows: dict[int, StoredBallot],
    counting: set[int],
) -> list[str]:
    names = {sector.pk: sector.public_id for sector in voted.room.sectors.values()}
    sectors = {person: names[row.sector_id] for person, row in rows.items()}
    voters = Counter(sectors[person] for person in counting)
    if result.n != (len(counting) if len(counting) >= 5 else None):
        return ["the result is of other people"]
    there = [name for name in names.values() if voters[name]]
    groups = pool_groups(people=voters, sectors=there, threshold=5)
    if result.groups != groups:
        return ["the result has other groups"]
    figures = voted.kind.figures(
        voted.count(logged, of=counting, sectors=sectors),
        rules=voted.voting.rules,
        prices=voted.prices,
        groups=[ShownGroup(group.sectors, group.n) for group in groups],
        n=len(counting),
    )
    trouble = []
    for told in result.items:
        figure = figures[told.item]
        said = (told.heads, told.of, told.share, told.told)
        if said != (figure.all.heads, figure.all.of, float(figure.all.mean), dict(figure.told)):
            trouble.append("a figure is not that of the log")
        if told.shares and told.shares != [float(share.mean) for share in figure.groups]:
            trouble.append("a share of a group is not that of the log")
        for mean, exact in zip(told.means, figure.means, strict=True):
            if (mean.mean, mean.histogram) != (float(exact.all), list(exact.histogram)):
                trouble.append("a mean is not that of the log")
            if mean.groups and mean.groups != [float(part) for part in exact.groups]:
                trouble.append("a mean of a group is not that of the log")
    own = " ".join(own_columns(voted.kind))
    wanted = {told.item: (str(told.of), own) for told in result.items} | dict.fromkeys(result.few, ("", ""))
    if voted.told() != wanted:
        trouble.append("results.csv tells other figures")
    if {item for item, figure in figures.items() if figure.all.of < 5} != set(result.few):
        trouble.append("an item is told of too few people")
    return trouble
