"""A small session, built row by row: two rounds of voting, cards of every state, people of four O's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sessions.domain.publication import publish
from sessions.enums import ActorKind, Aspect, Role, SessionKind, Source, StepState
from sessions.kinds import Keys as StepKind
from sessions.models import (
    Ballot,
    Contribution,
    Event,
    Item,
    Member,
    Membership,
    Participant,
    Pillar,
    Programme,
    Round,
    RoundItem,
    Sector,
    Session,
    Step,
    Vote,
)

START = dt.datetime(2026, 3, 12, 18, 0, 30, 250_000, tzinfo=dt.UTC)
FOUR = ("onderwijs", "onderzoek", "ondernemers", "overheden")


def later(seconds: float) -> dt.datetime:
    return START + dt.timedelta(seconds=seconds)


@dataclass
class Scene:
    """What was made, by names that a test can read."""

    programme: Programme
    session: Session
    sectors: dict[str, Sector]
    pillars: list[Pillar]
    collect: Step
    people: dict[str, list[Participant]] = field(default_factory=dict)
    cards: list[Contribution] = field(default_factory=list)

    def join(self, sector: str, *, n: int = 1, retired: bool = False) -> list[Participant]:
        made = [
            Participant.objects.create(
                session=self.session,
                sector=self.sectors[sector],
                joined_at=later(index),
                retired_at=later(60) if retired else None,
            )
            for index in range(n)
        ]
        self.people.setdefault(sector, []).extend(made)
        return made

    def write(self, person: Participant, text: str, **fields: object) -> Contribution:
        values: dict[str, object] = {
            "session": self.session,
            "step": self.collect,
            "participant": person,
            "sector": person.sector,
            "pillar": self.pillars[0],
            "aspect": Aspect.HARDWARE,
            "text": text,
            "language": "nl",
            "created_at": later(100 + len(self.cards)),
        }
        card = Contribution.objects.create(**(values | fields))
        self.cards.append(card)
        return card

    def vote_step(self, *, position: int, cards: list[Contribution], **fields: object) -> Round:
        """Make a vote step with one round, opened and closed unless told otherwise."""
        live = bool(fields.pop("live", False))
        step = Step.objects.create(
            session=self.session,
            kind=StepKind.VOTE,
            position=position,
            title_nl="Stemmen",
            title_en="Vote",
            settings={"live": live},
        )
        values: dict[str, object] = {
            "rules": {"budget": 3, "most": 1},
            "opened_at": later(300),
            "closed_at": later(400),
        }
        found = Round.objects.create(session=self.session, step=step, **(values | fields))
        for card in cards:
            item, _ = Item.objects.get_or_create(session=self.session, contribution=card)
            RoundItem.objects.create(round=found, item=item)
        return found

    def vote(self, found: Round, person: Participant, *cards: Contribution, **fields: object) -> Ballot:
        """One dot on each of these cards; none: put one on the first and take it back."""
        for card in cards or [found.round_items.first().item.contribution]:
            Vote.objects.create(
                round_item=RoundItem.objects.get(round=found, item__contribution=card),
                participant=person,
                value=1 if cards else 0,
                tap=1,
                first_at=later(310),
                last_at=later(320),
            )
        values: dict[str, object] = {
            "sector": person.sector,
            "spent": len(cards),
            "budget": 3,
            "first_at": later(310),
        }
        return Ballot.objects.create(round=found, participant=person, **(values | fields))

    def reveal(self, found: Round, at: dt.datetime) -> None:
        """Show the round as it stands now."""
        found.revealed_at = at
        publish(
            round_=found, sectors=list(self.sectors.values()), threshold=self.programme.threshold, at=found.revealed_at
        )
        found.save()

    def log(self, kind: str, *, actor: Participant | Member | None = None, **data: object) -> Event:
        self.session.seq += 1
        self.session.save(update_fields=["seq"])
        actor_kind = {Participant: ActorKind.PARTICIPANT, Member: ActorKind.MEMBER}.get(type(actor), ActorKind.SYSTEM)
        return Event.objects.create(
            session=self.session,
            seq=self.session.seq,
            kind=kind,
            actor_kind=actor_kind,
            actor_id=actor.pk if actor else 0,
            at=later(self.session.seq),
            data=data,
        )

    def member(self, role: Role, name: str = "") -> Member:
        made = Member.objects.create_user(username=name or role.value, password="een lang geheim")
        Membership.objects.create(programme=self.programme, member=made, role=role)
        return made


def make_programme(slug: str = "kennispark") -> tuple[Programme, dict[str, Sector], list[Pillar]]:
    programme = Programme.objects.create(slug=slug, name_nl="Kennispark Twente", name_en="Kennispark Twente")
    names = {
        "onderwijs": ("Onderwijs", "Education", "W", "E"),
        "onderzoek": ("Onderzoek", "Research", "Z", "R"),
        "ondernemers": ("Ondernemers", "Entrepreneurs", "N", "N"),
        "overheden": ("Overheden", "Government", "H", "G"),
    }
    sectors = {
        key: Sector.objects.create(
            programme=programme, key=key, position=place, name_nl=nl, name_en=en, letter_nl=one, letter_en=other
        )
        for place, (key, (nl, en, one, other)) in enumerate(names.items())
    }
    pillars = [
        Pillar.objects.create(
            programme=programme, number=number, name_nl=nl, name_en=en, short_nl=short_nl, short_en=short_en
        )
        for number, nl, en, short_nl, short_en in (
            (1, "Versterken van het internationaal profiel en merk", "A stronger international profile and brand",
             "Profiel en merk", "Profile and brand"),
            (2, "Bouwen aan een dynamische toplocatie", "Building a dynamic top location",
             "Toplocatie", "Top location"),
        )
    ]  # fmt: skip
    return programme, sectors, pillars


def make_session(programme: Programme, *, code: str = "KP73MX") -> tuple[Session, Step]:
    session = Session.objects.create(
        programme=programme,
        code=code,
        kind=SessionKind.WORKSHOP,
        title_nl="Avond 3: hart van het gebied",
        title_en="Evening 3: heart of the area",
        planned_at=START,
    )
    collect = Step.objects.create(
        session=session,
        kind=StepKind.COLLECT,
        position=1,
        title_nl="In stilte schrijven",
        title_en="Write in silence",
        state=StepState.CLOSED,
    )
    return session, collect


def make_scene(*, slug: str = "kennispark", code: str = "KP73MX") -> Scene:
    programme, sectors, pillars = make_programme(slug)
    session, collect = make_session(programme, code=code)
    return Scene(programme=programme, session=session, sectors=sectors, pillars=pillars, collect=collect)


def make_evening() -> Scene:
    """6 of onderwijs, 5 of ondernemers, 3 of onderzoek, 2 of overheden; four cards on the vote; one ghost."""
    scene = make_scene()
    for sector, n in (("onderwijs", 6), ("ondernemers", 5), ("onderzoek", 3), ("overheden", 2)):
        scene.join(sector, n=n)
    (ghost,) = scene.join("ondernemers", retired=True)
    teacher, owner, civil = (scene.people[key][0] for key in ("onderwijs", "ondernemers", "overheden"))
    a = scene.write(teacher, '=HYPERLINK("http://x","y")')
    b = scene.write(owner, "Een plein met eten,\nook als het 'regent' en \"waait\"", pillar=scene.pillars[1])
    c = scene.write(civil, "'s Avonds licht op de fietsroute", aspect=Aspect.SOFTWARE)
    d = scene.write(owner, "Bel Jansen op 06", hidden_at=later(200))
    scene.write(teacher, "Toch niet", withdrawn_at=later(210))
    scene.write(teacher, "-10 % huur voor starters", participant=None, source=Source.SCRIBED, aspect=Aspect.BOTH)
    first = scene.vote_step(position=3, cards=[a, b, c, d])
    for person in scene.people["onderwijs"][:5]:
        scene.vote(first, person, a, b)
    for person in scene.people["ondernemers"][:5]:
        scene.vote(first, person, b)
    for person in scene.people["onderzoek"]:
        scene.vote(first, person, c)
    scene.vote(first, scene.people["overheden"][0], c, a)
    scene.vote(first, scene.people["overheden"][1])
    scene.vote(first, ghost, d, counted=False)
    scene.reveal(first, later(420))
    second = scene.vote_step(position=5, cards=[b, c])
    scene.vote(second, teacher, c)
    return scene
