"""Programmes, sessions and people for tests: small, whole, and each with names of its own.

A `SessionHarness` is a session with a writer: what happens in it happens by commands, in batches, as in the program.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.utils import timezone

from sessions.ballots import AnyRules, write_rules
from sessions.ballots.ballot import Rules
from sessions.ballots.mark import Value
from sessions.domain.actor import Actor
from sessions.domain.commands import CastVote, Command, EditItem, Join, OpenStep, ScribeCard, TickCard
from sessions.domain.kind import kind_of
from sessions.domain.sessions import add_step, create_session
from sessions.domain.world import CommandRequest, CommandResult
from sessions.enums import Aspect, Role
from sessions.errors import Refused
from sessions.kinds import Keys as StepKind
from sessions.live.writer import Result, Writer, _QueuedCommand
from sessions.models import (
    Contribution,
    Member,
    Membership,
    Participant,
    Pillar,
    Programme,
    Round,
    Sector,
    Session,
    StageLink,
    Step,
)
from sessions.models.ids import new_id, new_token, token_hash

FOUR = ("onderwijs", "onderzoek", "ondernemers", "overheden")
_numbers = itertools.count(1)


def make_programme(*, sectors: Sequence[str] = FOUR, threshold: int = 5) -> Programme:
    programme = Programme.objects.create(
        slug=f"programme-{new_id()}", name_nl="Programma", name_en="Programme", threshold=threshold
    )
    for number in (1, 2):
        Pillar.objects.create(
            programme=programme,
            number=number,
            name_nl=f"Pijler {number}",
            name_en=f"Pillar {number}",
            short_nl=f"P{number}",
            short_en=f"P{number}",
        )
    for position, key in enumerate(sectors, start=1):
        Sector.objects.create(
            programme=programme,
            key=key,
            position=position,
            name_nl=key,
            name_en=key,
            letter_nl="WZNHIJKL"[position - 1],
            letter_en="WZNHIJKL"[position - 1],
        )
    return programme


def make_member(programme: Programme, role: Role = Role.FACILITATOR) -> Member:
    member = Member.objects.create_user(f"{role.value}-{new_id()}")
    Membership.objects.create(programme=programme, member=member, role=role)
    return member


def make_step(session: Session, kind: StepKind, **fields: Any) -> Step:
    """Add a step at the end of the agenda; settings of its kind may be given like fields, and so the dots of a vote."""
    position = session.steps.count() + 1
    words = {"title_nl": f"Stap {position}", "title_en": f"Step {position}"}
    settings = {name: fields.pop(name) for name in kind_of(kind).Settings.__struct_fields__ if name in fields}
    if dots := {rule: fields.pop(rule) for rule in ("budget", "most") if rule in fields}:
        settings["rules"] = {"ballot": "dots"} | dots
    return add_step(session=session, step=Step(kind=kind, position=position, settings=settings, **(words | fields)))


def make_session(programme: Programme, **fields: Any) -> Session:
    return create_session(programme=programme, **({"title_nl": "Avond", "title_en": "Evening"} | fields))


class Answers:
    """A mailbox that keeps what it is posted, by number of the command."""

    def __init__(self) -> None:
        self.results: dict[int, Result] = {}

    def post(self, results: list[tuple[object, Result]]) -> None:
        for token, result in results:
            assert isinstance(token, int)
            assert token not in self.results, "one command was answered twice"
            self.results[token] = result


@dataclass
class SessionHarness:
    """A session with people and a facilitator."""

    session: Session
    member: Member
    sectors: dict[str, Sector]
    pillars: list[Pillar]
    writer: Writer = field(default_factory=Writer)
    tokens: dict[int, str] = field(default_factory=dict)
    """Participant → the secret of their cookie."""

    @property
    def facilitator(self) -> Actor:
        return Actor.member(self.member.pk)

    def projector(self) -> Actor:
        """Return who gives commands by a new projector link."""
        link = StageLink.objects.create(
            session=self.session, token_hash=token_hash(new_token()), created_at=timezone.now()
        )
        return Actor.stage(link.pk)

    def batch(self, *requests: CommandRequest) -> list[Result]:
        """Commit these commands as one batch of the writer."""
        answers = Answers()
        waiting = [_QueuedCommand(request, answers, number) for number, request in enumerate(requests)]
        self.writer._commit_and_reply(self.session.pk, waiting)
        return [answers.results[number] for number in range(len(requests))]

    def ask(self, actor: Actor, command: Command, *, key: UUID | None = None) -> CommandResult:
        """Give one command. Raises Refused."""
        (result,) = self.batch(CommandRequest(actor, command, key or uuid4()))
        if isinstance(result, Refused):
            raise result
        return result

    def lead(self, command: Command) -> CommandResult:
        """Let the facilitator give a command."""
        return self.ask(self.facilitator, command)

    def join(self, sector: str, *, n: int = 1) -> list[Actor]:
        """Let people come in."""
        tokens = [new_token() for _ in range(n)]
        commands = [Join(sector=self.sectors[sector].public_id, token_hash=token_hash(token)) for token in tokens]
        results = self.batch(*[CommandRequest(Actor.system(), command, uuid4()) for command in commands])
        names = [result.id for result in results if isinstance(result, CommandResult)]
        assert len(names) == n, results
        found = {person.public_id: person.pk for person in Participant.objects.filter(public_id__in=names)}
        people = [Actor.participant(found[name]) for name in names if name]
        self.tokens |= {person.id: token for person, token in zip(people, tokens, strict=True)}
        return people

    def person(self, actor: Actor) -> Participant:
        return Participant.objects.get(pk=actor.id)

    def step(self, kind: StepKind, **fields: Any) -> Step:
        """Add a planned step behind the others."""
        made = make_step(self.session, kind, **fields)
        # As the commands do: what writers remember of the agenda no longer holds.
        Session.objects.filter(pk=self.session.pk).update(
            structure=Session.objects.get(pk=self.session.pk).structure + 1
        )
        return made

    def scribe(self, step: Step, *sectors: str, text: str = "") -> list[str]:
        """Put a card per O named into a step that was opened; return their ids."""
        commands = [
            ScribeCard(
                step=step.public_id,
                text=text or f"Kaart {next(_numbers)}",
                aspect=Aspect.SOFTWARE,
                sector=self.sectors[sector].public_id,
                lang="nl",
                pillar=self.pillars[0].public_id,
            )
            for sector in sectors
        ]
        return [made for outcome in self.lead_all(commands) if (made := outcome.id)]

    def lead_all(self, commands: Sequence[Command]) -> list[CommandResult]:
        """Let the facilitator give these commands in one batch."""
        results = self.batch(*[CommandRequest(self.facilitator, command, uuid4()) for command in commands])
        outcomes = [result for result in results if isinstance(result, CommandResult)]
        assert len(outcomes) == len(results), results
        return outcomes

    def open_vote(
        self,
        *,
        items: int = 6,
        live: bool = False,
        rules: Rules | None = None,
        prices: Sequence[int] = (),
        **fields: Any,
    ) -> tuple[Round, list[str]]:
        """Write cards, tick them and open a vote on them; return the round and its item ids.

        `rules`: of the ballot by which people vote; none: dots, as the step says. `prices`: of the first items.
        """
        collect = self.step(StepKind.COLLECT)
        asked = {"rules": msgspec.to_builtins(rules)} if isinstance(rules, AnyRules) else {}
        vote = self.step(StepKind.VOTE, live=live, **asked, **fields)
        round_ = Round.objects.get(step=vote)
        self.lead(OpenStep(step=collect.public_id))
        cards = self.scribe(collect, *itertools.islice(itertools.cycle(self.sectors), items))
        ticks = [TickCard(round=round_.public_id, card=card, on=True) for card in cards]
        self.lead_all(ticks)
        if rules is not None and not asked:
            key = str(rules.__struct_config__.tag)
            Round.objects.filter(pk=round_.pk).update(ballot=key, rules=write_rules(rules))
        items_of = dict(round_.round_items.values_list("item__contribution__public_id", "item__public_id"))
        for card, price in zip(cards, prices, strict=False):
            self.lead(EditItem(round=round_.public_id, item=items_of[card], price=price))
        self.writer = Writer()  # what it remembers no longer holds
        self.lead(OpenStep(step=vote.public_id))
        round_.refresh_from_db()
        return round_, [items_of[card] for card in cards]

    def vote(self, actor: Actor, round_: Round, item: str, value: Value = 1, *, tap: int) -> CommandResult:
        return self.ask(actor, CastVote(round=round_.public_id, item=item, value=value, tap=tap))

    def card(self, name: str) -> Contribution:
        return Contribution.objects.get(public_id=name)


def make_room(*, sectors: Sequence[str] = FOUR, threshold: int = 5) -> SessionHarness:
    programme = make_programme(sectors=sectors, threshold=threshold)
    return SessionHarness(
        session=make_session(programme),
        member=make_member(programme),
        sectors={sector.key: sector for sector in programme.sectors.all()},
        pillars=list(programme.pillars.all()),
    )
