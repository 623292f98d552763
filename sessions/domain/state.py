"""A hub's in-memory copy of a session, kept current from the log.

Loaded once; then each turn applies the new lines, reading again only the rows that they name. Vote lines are applied
by their own numbers: a tally costs what changed, not what is stored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from ..ballots.counts import Count
from ..enums import ELSEWHERE, Source, StepState
from ..models import (
    Contribution,
    Participant,
    Pillar,
    Programme,
    Round,
    Sector,
    Session,
    Step,
)
from .documents import ResultDoc
from .done import DonePeople
from .editions import pillars_of, sectors_of
from .groups import COURSE, Groups, has_groups
from .kind import kind_of
from .log import GROUPED, LogEntry, LogKind
from .log_effects import PUBLISHED, RECOUNT, SESSION_ONLY, STRUCTURE, others_count, voter_of
from .moment import to_ms
from .placed_items import PlacedItem, read_places
from .publication import add_vote, count_undivided, read_published
from .rules import fixes_sector, takes_answers
from .sector_anonymity import choose_sector_marks
from .voting import Voting, voting_of


class State:
    """See the module. Read by domain/audience.py; nothing else changes it than `load` and `apply`."""

    programme: Programme
    session: Session

    def __init__(self) -> None:
        self.sectors: list[Sector] = []
        self.sector_names: dict[int, str] = {}
        self.pillars: list[Pillar] = []
        self.pillar_names: dict[int, str] = {}
        self.steps: dict[str, Step] = {}
        self.step_names: dict[int, str] = {}
        self.rounds: dict[str, Round] = {}
        self.places: dict[str, dict[str, PlacedItem]] = {}
        """Round → item → where and what it is."""
        self.rounds_of_card: dict[str, list[tuple[str, str]]] = {}
        self.cards: dict[str, Contribution] = {}
        self.cards_of_step: dict[int, set[str]] = defaultdict(set)
        self.cards_of_person: dict[int, set[str]] = defaultdict(set)
        self.people: dict[int, Participant] = {}
        self.people_by_token: dict[str, int] = {}
        self.people_by_name: dict[str, int] = {}
        self.taking_part: set[int] = set()
        """Who has a phone here: without those who were retired, and without paper ballots."""
        self.on_paper: set[int] = set()
        """Paper ballots; each is a participant."""
        self.joined: dict[int, int] = {}
        """Participant → when, in milliseconds."""
        self.sector_counts: Counter[int] = Counter()
        self.written: set[int] = set()
        """The O's under which a card was ever written."""
        self.marked: set[int] = set()
        """The O's whose mark may stand on a card."""
        self.groups = Groups()
        self.done = DonePeople()
        self.results: dict[str, ResultDoc] = {}
        """Revealed round → its figures as they were published."""
        self.untested: set[int] = set()
        """Table ids of rounds whose publication was not compared with chance yet."""
        self.voting: dict[str, Voting] = {}
        """Round → how people vote in it."""
        self.tallies: dict[str, dict[str, Count]] = {}
        """Round → item → undivided count."""
        self.voters: dict[str, set[int]] = {}
        """Round → people who count in it."""
        self.seen: set[int] = set()
        """Who ever connected a phone, as far as this process knows: the tables may be a moment behind."""
        self.voted: set[int] = set()
        """Who ever cast a vote, counted or not."""
        self.fixed: set[int] = set()
        """Who voted where it fixes their O."""
        self.changed_items: dict[str, set[str]] = defaultdict(set)
        """Round → items whose tally changed since somebody last asked."""

    @classmethod
    def load(cls, session_id: int) -> State:
        """Read everything. The caller is in a transaction whose reads all see one moment."""
        state = cls.load_agenda(session_id)
        state._read_people(None)
        state._read_groups()
        state._count_all()
        state.done = DonePeople.load(session_id)
        return state

    @classmethod
    def load_agenda(cls, session_id: int) -> State:
        """Read steps, cards, rounds and published figures only: no marks of O's and no tallies."""
        state = cls()
        state.session = Session.objects.select_related("programme").get(pk=session_id)
        state.programme = state.session.programme
        state.sectors = sectors_of(state.session)
        state.sector_names = {sector.pk: sector.public_id for sector in state.sectors}
        state.pillars = pillars_of(state.session)
        state.pillar_names = {pillar.pk: pillar.public_id for pillar in state.pillars}
        state._read_cards(None)
        state._read_structure()
        state._read_published()
        return state

    def apply(self, entries: Sequence[LogEntry]) -> None:
        """Apply new log lines, which follow the last applied one."""
        kinds = {entry.kind for entry in entries}
        self.done.apply(entries)
        cards = {entry.data["card"] for entry in entries if "card" in entry.data}
        people = {entry.data["participant"] for entry in entries if "participant" in entry.data}
        if cards or people:
            self.session.company = Session.objects.values_list("company", flat=True).get(pk=self.session.pk)
        if LogKind.STEP_EMPTIED in kinds:
            self._forget_given()
        elif cards:
            self._read_cards(cards)
        if people:
            self._read_people(people)
        # What can be undone stands in the session's row: a line that says so changed it.
        if kinds & (STRUCTURE | SESSION_ONLY) or any(entry.data.get("undo") for entry in entries):
            self.session = Session.objects.select_related("programme").get(pk=self.session.pk)
        if kinds & STRUCTURE:
            self._read_structure()
        if kinds & PUBLISHED:
            self._read_published()
        if kinds & GROUPED or (cards and self.groups.all) or kinds & COURSE:
            self._read_groups()
        if kinds & RECOUNT or others_count(entries, people=self.people_by_name, voted=self.voted):
            self._count_all()
        else:
            self._count_votes(entries)

    def _read_structure(self) -> None:
        self.steps = {step.public_id: step for step in Step.objects.filter(session=self.session)}
        self.step_names = {step.pk: step.public_id for step in self.steps.values()}
        self.rounds = {found.public_id: found for found in Round.objects.filter(session=self.session)}
        self.voting = {name: voting_of(found) for name, found in self.rounds.items()}
        self.places = {name: {} for name in self.rounds}
        self.rounds_of_card = defaultdict(list)
        for round_, item, place in read_places(self.session):
            self.places[round_][item] = place
            if place.card is not None:
                self.rounds_of_card[place.card].append((round_, item))

    def _read_published(self) -> None:
        published = read_published(self.session.pk)
        self.results, self.untested = published.results, published.untested

    def _read_groups(self) -> None:
        if has_groups(self.steps):
            self.groups = Groups.load(self.session.pk)
        elif self.groups.all:
            self.groups = Groups()

    def _read_cards(self, names: set[str] | None) -> None:
        known = len(self.written)
        rows = Contribution.objects.filter(session=self.session)
        for card in rows if names is None else rows.filter(public_id__in=names):
            self.cards[card.public_id] = card
            self.cards_of_step[card.step_id].add(card.public_id)
            self.written.add(card.sector_id)
            if card.participant_id is not None:
                self.cards_of_person[card.participant_id].add(card.public_id)
        if len(self.written) > known:
            self._choose_marked()

    def _forget_given(self) -> None:
        """Cards and votes of a step are no more: read anew which there are."""
        for known in (self.cards, self.cards_of_step, self.cards_of_person, self.written, self.voted):
            known.clear()
        self._read_cards(None)
        self._choose_marked()

    def _read_people(self, names: set[str] | None) -> None:
        rows = Participant.objects.filter(session=self.session)
        for person in rows if names is None else rows.filter(public_id__in=names):
            before = self.people.get(person.pk)
            if before is not None and before.token_hash and before.token_hash != person.token_hash:
                self.people_by_token.pop(before.token_hash, None)
            self.people[person.pk] = person
            self.people_by_name[person.public_id] = person.pk
            if person.seen_at is not None:
                self.seen.add(person.pk)
            if person.token_hash:
                self.people_by_token[person.token_hash] = person.pk
        self.on_paper = {pk for pk, person in self.people.items() if person.source == Source.SCRIBED}
        here = {pk: person for pk, person in self.people.items() if person.source not in ELSEWHERE}
        self.taking_part = {pk for pk, person in here.items() if person.retired_at is None}
        self.joined = {pk: to_ms(person.joined_at) for pk, person in self.people.items()}
        self.sector_counts = Counter(self.people[pk].sector_id for pk in self.taking_part)
        self._choose_marked()

    def _choose_marked(self) -> None:
        marked = choose_sector_marks(
            people={self.sector_names[pk]: n for pk, n in self.sector_counts.items()},
            written={self.sector_names[pk] for pk in self.written},
            sectors=[sector.public_id for sector in self.sectors],
            threshold=self.programme.threshold,
            company=self.session.company or {},
            consent=self.session.consent,
        )
        self.marked = {sector.pk for sector in self.sectors if sector.public_id in marked}

    def _count_all(self) -> None:
        counted = count_undivided(self.session.pk, voting=self.voting, items=self.places)
        for name, people in counted.voted.items():
            self._note_voters(name, people)
        self.voters = {name: counted.voters.get(name, set()) for name in self.rounds}
        self.tallies = counted.items
        for name, items in self.places.items():
            self.changed_items[name].update(items)

    def _count_votes(self, entries: Sequence[LogEntry]) -> None:
        for name, items in self.places.items():
            self.voters.setdefault(name, set())
            tallies = self.tallies.setdefault(name, {})
            if len(tallies) != len(items) or tallies.keys() != items.keys():
                self.tallies[name] = {item: tallies.get(item) or Count() for item in items}
                self.changed_items[name] |= items.keys() - tallies.keys()
        for entry in entries:
            kind, data = entry.kind, entry.data
            voter = voter_of(entry, people=self.people_by_name) if kind is LogKind.VOTE_CAST else None
            if voter is not None and (name := data["round"]) in self.rounds:
                if voter not in self.voters[name]:
                    self.voters[name].add(voter)
                    self._note_voters(name, (voter,))
                voting, tallies, item = self.voting[name], self.tallies[name], data["item"]
                before, after = voting.read_logged(data["was"]), voting.read_logged(data["value"])
                add_vote(voting, tallies, item=item, before=before, after=after)
                if item in tallies:
                    self.changed_items[name].add(item)
            elif kind is LogKind.ITEM_UNTICKED and data["item"] in self.tallies.get(data["round"], ()):
                # It went out with its votes, and came back in since.
                self.tallies[data["round"]][data["item"]] = Count()
                self.changed_items[data["round"]].add(data["item"])

    def _note_voters(self, name: str, people: Iterable[int]) -> None:
        self.voted.update(people)
        if fixes_sector(self.step_of(self.rounds[name])):
            self.fixed.update(people)

    def round_of(self, step: Step, *, opened: bool = False) -> Round | None:
        """Return the newest round of a step; `opened`: the newest that was opened."""
        rounds = [found for found in self.rounds_of(step) if not opened or found.opened_at is not None]
        return rounds[-1] if rounds else None

    def rounds_of(self, step: Step) -> list[Round]:
        """Return the rounds of a step, the newest last."""
        rounds = [found for found in self.rounds.values() if found.step_id == step.pk]
        return sorted(rounds, key=lambda found: found.number)

    def step_of(self, round_: Round) -> Step:
        return self.steps[self.step_names[round_.step_id]]

    def step_now(self) -> Step | None:
        """Return the step that is, or was last, on."""
        pk = self.session.now_id
        return self.steps[self.step_names[pk]] if pk in self.step_names else None

    def step_closed(self) -> Step | None:
        """Return the step for answers that was closed last, while it is neither open again nor closed for good."""
        closed = (s for s in self.steps.values() if takes_answers(s) and s.state == StepState.CLOSED)
        last = max(closed, key=lambda step: (step.closed_at or step.opened_at, step.pk), default=None)
        return last if last is not None and last.sealed_at is None else None

    def answered(self, step: Step) -> set[int]:
        """Return who answered in a step."""
        return kind_of(step).answered(state=self, step=step)

    def voters_of(self, step: Step) -> set[int]:
        """Return who takes part in the newest round of a step that was opened."""
        round_ = self.round_of(step, opened=True)
        return set(self.voters.get(round_.public_id, ())) if round_ else set()

    def writers_of(self, step: Step) -> set[int]:
        """Return who wrote a card in a step that stands."""
        cards = (self.cards[name] for name in self.cards_of_step[step.pk])
        writers = {card.participant_id for card in cards if card.withdrawn_at is None}
        return {pk for pk in writers if pk is not None and pk in self.people and self.people[pk].retired_at is None}

    def author(self, card: str) -> int | None:
        return self.cards[card].participant_id
