"""A random history of one vote of any ballot: people come, vote, change their minds, are retired and moved; results are
shown, undone and shown again. After every act somebody writes down all that anybody but the core team is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from sessions.ballots.ballot import Rules
from sessions.ballots.dots import DotsRules
from sessions.ballots.mark import NO_MARK, Mark, put_value, write_mark
from sessions.domain import moment
from sessions.domain.actor import Actor
from sessions.domain.commands import (
    AddRound,
    CastVote,
    CloseStep,
    EditStep,
    MarkGiven,
    MoveParticipant,
    OpenStep,
    RestoreParticipant,
    RetireParticipant,
    RevealStep,
    TickCard,
    UndoStep,
)
from sessions.domain.log import read_entries
from sessions.domain.moment import to_ms
from sessions.domain.state import State
from sessions.domain.voting import voting_of
from sessions.kinds import Keys as StepKind
from sessions.models import Contribution, Round, Session, Step
from sessions.models.vote import Ballot, Vote

from ..factory import SessionHarness, make_room
from .choices import Marks, add_up, cast_of, draw_choices, set_up
from .facts import Fact
from .outlets import look
from .paper_acts import PaperActs

Ballots = dict[tuple[int, int], tuple[str, Marks]]
"""(person, how often they had voted by then) → (O that it counts for, marks)."""


@dataclass(frozen=True)
class Seen:
    """What was shown at one moment, and the ballots that counted then (which the onlooker does not know)."""

    facts: frozenset[Fact]
    ballots: dict[str, Ballots]
    """Round → ballots."""
    live: dict[str, Ballots]
    """Round of which a tally may be shown → every ballot, also of who was retired since."""


@dataclass
class History(PaperActs):
    """`size`: how many people may come. `threshold`: of the programme. `live`: the first round has a live tally.
    `rules`: of the ballot by which people vote on so many `items`, which have these prices.
    """

    random: Random
    sectors: tuple[str, ...]
    threshold: int
    size: int
    live: bool = False
    rules: Rules = field(default_factory=lambda: DotsRules(budget=1))
    papers: bool = False
    """Paper ballots are typed in, corrected and taken back, also after a result was shown (paper_acts.py)."""
    items_n: int = 2
    prices: Sequence[int] = ()
    room: SessionHarness = field(init=False)
    seen: list[Seen] = field(default_factory=list)
    published: dict[str, list[Ballots]] = field(default_factory=dict)
    """Round → the ballots of each publication."""
    thresholds: dict[str, int] = field(default_factory=dict)
    """Round → the threshold that holds for it."""
    looked: tuple[int, int] | None = None
    """The number of the last line, and the threshold, when it was last written down what is shown."""

    def __post_init__(self) -> None:
        self.room = make_room(sectors=self.sectors, threshold=self.threshold)
        self.round, self.items = self.room.open_vote(
            items=self.items_n, rules=self.rules, live=self.live, prices=self.prices
        )
        self.voting = voting_of(self.round)
        self.kind = self.voting.kind
        prices = dict(zip(self.items, self.prices, strict=False))
        self.drawn = draw_choices(self.kind, self.voting.rules, self.items, prices)
        self.played = set_up(self.kind, self.voting.rules, self.drawn)
        self.choices = [add_up(self.played, choice) for choice in self.drawn]
        self.figures = sorted({figure for choice in self.choices for figure in choice} | set(self.items))
        self.step = self.round.step.public_id
        # One more card, which may come into the vote later.
        self.room.scribe(Step.objects.get(session=self.room.session, kind=StepKind.COLLECT), self.sectors[0])
        self.people: list[Actor] = []
        self.versions: dict[tuple[str, int], int] = {}
        self.tap = 0
        self.state = State.load(self.room.session.pk)
        self.seq = self.room.session.seq

    def play(self, acts: int) -> None:
        """Begin with some votes, then act by chance; end with a reveal."""
        for _ in range(self.random.randint(self.size // 2, self.size)):
            self._come_and_vote()
            if self.live:
                self.look()
        for _ in range(4 if self.live else 0):
            self.random.choice([self._come_and_vote, self._vote_again, self._retire, self._retire, self._move])()
            self.look()
        self._reveal()
        for _ in range(acts):
            choices: list[Callable[[], None]] = [
                *[self._come_and_vote] * 3,
                *[self._vote_again] * 3,
                *[self._reveal] * 3,
                *[self._undo] * 3,
                self._close,
                self._tick,
                self._go_live,
                self._retire,
                self._move,
                self._change_threshold,
                self._another_round,
            ]
            if self.papers:
                choices += self.paper_acts()
            self.random.choice(choices)()
            self.look()
        self._reveal()
        self.look()

    def play_overlap(self) -> None:
        """As chance comes to it late: the smallest O is shown with one neighbour, then would be with the other."""
        small, first, second = self.sectors
        for sector, n in ((small, 1), (first, 3), (second, 4)):
            self._let_vote(sector, n)
        self._reveal()
        self._undo()
        self._let_vote(first, 3)
        self._reveal()

    def play_refinement(self) -> None:
        """The smallest O is shown with one neighbour, then it alone grows enough to be shown by itself."""
        small, first, second = self.sectors
        for sector, n in ((small, 1), (first, 3), (second, 4)):
            self._let_vote(sector, n)
        self._reveal()
        self._undo()
        self._let_vote(small, 3)
        self._reveal()

    def _let_vote(self, sector: str, n: int) -> None:
        for person in self.room.join(sector, n=n):
            self._vote(person)
            self.look()

    def _come_and_vote(self) -> None:
        if len(self.people) < self.size:
            (person,) = self.room.join(self.random.choice(self.sectors))
            self.people.append(person)
            self._vote(person)

    def _vote_again(self) -> None:
        if self.people:
            self._vote(self.random.choice(self.people))

    def _vote(self, person: Actor) -> None:
        """Choose something, or nothing any more. The onlooker is taken to know that this person voted."""
        nothing, *something = self.drawn
        chosen = self.random.choice([*something, *something, nothing])
        (item, mark), *others = cast_of(self.kind, chosen, self.items)
        marks = [MarkGiven(item=other, value=write_mark(given)) for other, given in others]
        self.tap += 1
        command = CastVote(round=self.round.public_id, item=item, value=write_mark(mark), tap=self.tap, marks=marks)
        if self._do(lambda: self.room.ask(person, command)):
            key = (self.round.public_id, person.id)
            self.versions[key] = self.versions.get(key, 0) + 1

    def _reveal(self) -> None:
        if self._do(lambda: self.room.lead(RevealStep(step=self.step))):
            self._note_publication()

    def _note_publication(self) -> None:
        """Only a new publication shows new ballots; where the earlier one stands, it shows what it showed."""
        moments = self.published.setdefault(self.round.public_id, [])
        if self.round.publications.count() > len(moments):
            moments.append(self.ballots_of(self.round))
        self.look()

    def _undo(self) -> None:
        """However long a busy machine took since: ten seconds are not what is tested here."""
        undo = Session.objects.values_list("undo", flat=True).get(pk=self.room.session.pk)
        if undo is not None:
            Session.objects.filter(pk=self.room.session.pk).update(undo=undo | {"at": to_ms(moment.now())})
        self._do(lambda: self.room.lead(UndoStep()))

    def _close(self) -> None:
        self._do(lambda: self.room.lead(CloseStep(step=self.step)))

    def _name(self) -> str:
        return self.room.person(self.random.choice(self.people)).public_id

    def _retire(self) -> None:
        command = self.random.choice([RetireParticipant, RetireParticipant, RestoreParticipant])
        self._do(lambda: self.room.lead(command(participant=self._name())))

    def _move(self) -> None:
        sector = self._sector()
        self._do(lambda: self.room.lead(MoveParticipant(participant=self._name(), sector=sector)))

    def _change_threshold(self) -> None:
        programme = self.room.session.programme
        programme.threshold = self.random.choice([3, self.threshold])
        programme.save()

    def _tick(self) -> None:
        """Add a card to the vote, or take the last one that was added back with its dots."""
        names = Contribution.objects.filter(session=self.room.session).values_list("public_id", flat=True)
        placed = self.round.round_items.values_list("item__contribution__public_id", flat=True)
        for card in sorted(set(names) - set(placed)):
            self._do(lambda card=card: self.room.lead(TickCard(round=self.round.public_id, card=card, on=True)))  # type: ignore[misc]
            return

    def _go_live(self) -> None:
        """Refused once voting began, on as off: else a tally beside a result would show a ballot."""
        self._do(lambda: self.room.lead(EditStep(step=self.step, settings={"live": self.random.random() < 0.7})))

    def _another_round(self) -> None:
        if self.random.random() < 0.3 and self._do(lambda: self.room.lead(AddRound(step=self.step))):
            self.round = Round.objects.filter(step=self.round.step).latest("number")
            self._go_live()
            self.room.lead(OpenStep(step=self.step))

    def ballots_of(self, round_: Round, *, counted: bool = True) -> Ballots:
        """Return the ballots of a round that count; or, with `counted` false, all."""
        choices: defaultdict[int, dict[str, Mark]] = defaultdict(dict)
        for person, item, criterion, value in Vote.objects.filter(round_item__round=round_).values_list(
            "participant_id", "round_item__item__public_id", "criterion", "value"
        ):
            own = choices[person]
            own[item] = put_value(own.get(item, NO_MARK), criterion, value)
        rows = Ballot.objects.filter(round=round_).values_list("participant_id", "sector__public_id")
        name = round_.public_id
        return {
            (person, self.versions.get((name, person), 0)): (
                sector,
                add_up(self.played, choices[person]),
            )
            for person, sector in (rows.filter(counted=True) if counted else rows)
        }

    def look(self) -> None:
        """Write down what every outlet shows now, on screens that were there as on fresh ones."""
        session = self.room.session
        session.refresh_from_db()
        stands = (session.seq, session.programme.threshold)
        if stands == self.looked:
            return  # nothing happened since, and nothing else is shown
        self.looked = stands
        entries = read_entries(session_id=session.pk, after=self.seq, up_to=session.seq)
        self.state.apply(entries)
        self.seq = session.seq
        facts = look(session=session, played=self.played, state=self.state, entries=entries, tokens=self.room.tokens)
        rounds = list(Round.objects.filter(session=session).select_related("step"))
        live = [
            found
            for found in rounds
            if found.step.settings["live"] and found.opened_at is not None and found.public_id not in self.published
        ]
        self.thresholds |= {found.public_id: found.threshold or session.programme.threshold for found in rounds}
        self.seen.append(
            Seen(
                facts=frozenset(facts),
                ballots={found.public_id: self.ballots_of(found) for found in rounds},
                live={found.public_id: self.ballots_of(found, counted=False) for found in live},
            )
        )
