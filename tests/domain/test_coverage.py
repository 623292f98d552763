"""Coverage is what a recount from the log gives, whatever happened: which cards stand, of which O, with which mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.domain.actor import Actor
from sessions.domain.commands import (
    ChangeSector,
    ClassifyCard,
    Command,
    MoveParticipant,
    OpenStep,
    RedactCard,
    RestoreCard,
    RestoreParticipant,
    RetireParticipant,
    RevealStep,
    ShowStage,
    UndoStep,
    WithdrawCard,
    WriteCard,
)
from sessions.domain.coverage import POOL, count_cards, count_shown
from sessions.domain.documents import Covered
from sessions.domain.log import LogKind
from sessions.domain.state import State
from sessions.enums import ActorKind, Aspect, Audience, Picture
from sessions.errors import Refused
from sessions.kinds import Keys as StepKind
from sessions.models import Contribution, Event, Participant, Session

from ..depth import shared
from ..factory import FOUR, SessionHarness, make_room
from ..live.client import Watch

Cell = tuple[str, str, str, str]
"""Pillar, aspect, O or pool, source."""

acts = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("join", "join", "write", "write", "write", "scribe", "withdraw", "redact", "restore", "classify"),
                *("retire", "return", "move", "change", "reveal", "open", "undo", "plain"),
            )
        ),
        st.integers(0, 7),
        st.sampled_from(FOUR),
        st.sampled_from(list(Aspect)),
    ),
    max_size=40,
)


class Evening:
    """Whatever is refused did not happen; that is not what is tried here."""

    def __init__(self) -> None:
        self.room = room = make_room(threshold=3)
        self.walls = [room.step(StepKind.COLLECT) for _ in range(2)]
        self.plain = room.step(StepKind.QUESTION)
        self.people = [*room.join("onderwijs", n=3), *room.join("overheden")]
        self.now = self.walls[0]
        self._try(room.facilitator, OpenStep(step=self.now.public_id))

    def act(self, name: str, number: int, sector: str, aspect: Aspect) -> None:
        getattr(self, f"_{name}")(number, sector, aspect)

    def _try(self, actor: Actor, command: Command) -> None:
        try:
            self.room.ask(actor, command)
        except Refused:
            return

    def _lead(self, command: Command) -> None:
        self._try(self.room.facilitator, command)

    def _someone(self, number: int) -> Actor:
        return self.people[number % len(self.people)]

    def _on_card(self, number: int, command: Callable[[str], Command]) -> None:
        cards = list(
            Contribution.objects.filter(session=self.room.session).order_by("pk").values_list("public_id", flat=True)
        )
        if cards:
            self._lead(command(cards[number % len(cards)]))

    def _join(self, number: int, sector: str, aspect: Aspect) -> None:
        self.people += self.room.join(sector, n=1 + number % 3)

    def _write(self, number: int, sector: str, aspect: Aspect) -> None:
        pillar = self.room.pillars[number % 2].public_id
        words = WriteCard(step=self.now.public_id, text=f"kaart {number}", aspect=aspect, lang="nl", pillar=pillar)
        self._try(self._someone(number), words)

    def _scribe(self, number: int, sector: str, aspect: Aspect) -> None:
        if self.now in self.walls:
            self.room.scribe(self.now, sector)

    def _withdraw(self, number: int, sector: str, aspect: Aspect) -> None:
        own = Contribution.objects.filter(session=self.room.session, participant__isnull=False).order_by("pk")
        if found := list(own):
            card = found[number % len(found)]
            assert card.participant_id is not None
            self._try(Actor.participant(card.participant_id), WithdrawCard(card=card.public_id))

    def _redact(self, number: int, sector: str, aspect: Aspect) -> None:
        self._on_card(number, lambda card: RedactCard(card=card, reason="rude"))

    def _restore(self, number: int, sector: str, aspect: Aspect) -> None:
        self._on_card(number, lambda card: RestoreCard(card=card))

    def _classify(self, number: int, sector: str, aspect: Aspect) -> None:
        pillar = self.room.pillars[number % 2].public_id
        self._on_card(number, lambda card: ClassifyCard(card=card, pillar=pillar, aspect=aspect))

    def _name(self, number: int) -> str:
        return self.room.person(self._someone(number)).public_id

    def _retire(self, number: int, sector: str, aspect: Aspect) -> None:
        self._lead(RetireParticipant(participant=self._name(number)))

    def _return(self, number: int, sector: str, aspect: Aspect) -> None:
        self._lead(RestoreParticipant(participant=self._name(number)))

    def _move(self, number: int, sector: str, aspect: Aspect) -> None:
        self._lead(MoveParticipant(participant=self._name(number), sector=self.room.sectors[sector].public_id))

    def _change(self, number: int, sector: str, aspect: Aspect) -> None:
        self._try(self._someone(number), ChangeSector(sector=self.room.sectors[sector].public_id))

    def _reveal(self, number: int, sector: str, aspect: Aspect) -> None:
        self._lead(RevealStep(step=self.now.public_id))
        self._lead(ShowStage(step=self.now.public_id, picture=Picture.COVERAGE))

    def _open(self, number: int, sector: str, aspect: Aspect) -> None:
        self.now = self.walls[number % 2]
        self._lead(OpenStep(step=self.now.public_id))

    def _plain(self, number: int, sector: str, aspect: Aspect) -> None:
        """Words of a question are about no pillar: they are in no coverage."""
        self.now = self.plain
        self._lead(OpenStep(step=self.now.public_id))

    def _undo(self, number: int, sector: str, aspect: Aspect) -> None:
        undo = Session.objects.get(pk=self.room.session.pk).undo
        if undo is not None and undo["do"] in ("step.reveal", "step.open"):
            self._lead(UndoStep())


def recount(room: SessionHarness, *, shown: bool) -> Counter[Cell]:
    """Count by what the log says happened, one line after the other; pillar, aspect and source stand in no line.

    `shown`: only what hangs where the room can see it.
    """
    rows = {card.public_id: card for card in Contribution.objects.filter(session=room.session).select_related("step")}
    names = {person.pk: person.public_id for person in Participant.objects.filter(session=room.session)}
    of_person: dict[str, str] = {}
    of_card: dict[str, str] = {}
    standing: set[str] = set()
    marked: set[str] = set()
    revealed: set[str] = set()
    for kind, actor, data in _lines(room):
        match kind:
            case LogKind.PARTICIPANT_JOINED | LogKind.PARTICIPANT_MOVED:
                of_person[data["participant"]] = data["sector"]
            case LogKind.CARD_WRITTEN:
                card = data["card"]
                writer = names.get(actor.id) if actor.kind is ActorKind.PARTICIPANT else None
                # What is typed for somebody says its O in its row alone.
                of_card[card] = of_person[writer] if writer is not None else rows[card].sector.public_id
                standing.add(card)
            case LogKind.CARD_WITHDRAWN | LogKind.CARD_REDACTED:
                standing.discard(data["card"])
            case LogKind.CARD_RESTORED:
                standing.add(data["card"])
            case LogKind.SECTOR_SHOWN:
                marked.add(data["sector"])
            case LogKind.SECTOR_CONCEALED:
                marked.discard(data["sector"])
            case LogKind.STEP_REVEALED:
                revealed.add(data["step"])
            case LogKind.STEP_UNDONE:
                revealed.difference_update(data["concealed"])
            case _:
                pass
    counted: Counter[Cell] = Counter()
    for name in standing:
        card_row = rows[name]
        about = card_row.step.kind == StepKind.COLLECT
        if about and (not shown or card_row.step.public_id in revealed):
            group = of_card[name] if of_card[name] in marked else POOL
            counted[card_row.pillar.public_id, card_row.aspect, group, card_row.source] += 1
    return counted


def _lines(room: SessionHarness) -> Iterator[tuple[LogKind, Actor, dict[str, str]]]:
    for line in Event.objects.filter(session=room.session).order_by("seq"):
        yield LogKind(line.kind), Actor(ActorKind(line.actor_kind), line.actor_id), line.data


def flat(coverage: Covered) -> Counter[Cell]:
    return Counter(
        {
            (pillar, aspect, group, source): n
            for pillar, aspects in coverage.items()
            for aspect, groups in aspects.items()
            for group, cell in groups.items()
            for source, n in cell.items()
        }
    )


def test_coverage_is_what_a_recount_from_the_log_gives(database: str) -> None:
    @shared(database, examples=75)
    @given(course=acts)
    def any_course(course: list[tuple[str, int, str, Aspect]]) -> None:
        evening = Evening()
        for name, number, sector, aspect in course:
            evening.act(name, number, sector, aspect)
        state = State.load(evening.room.session.pk)
        assert flat(count_cards(state)) == recount(evening.room, shown=False)
        assert flat(count_shown(state)) == recount(evening.room, shown=True)

    any_course()


@pytest.mark.usefixtures("database")
def test_the_projectors_are_told_which_marks_stand_as_they_come_and_go() -> None:
    """With the cards that they have, that is all they need: coverage is of the same cards as the wall."""
    room = make_room(threshold=3)
    people = [*room.join("onderwijs", n=3), *room.join("overheden", n=2)]
    step = room.step(StepKind.COLLECT)
    room.lead(OpenStep(step=step.public_id))
    watch = Watch(room, people=people[:1])
    ids = {key: sector.public_id for key, sector in room.sectors.items()}

    def marked() -> dict[Audience, list[str] | None]:
        watch.take_turn()
        fresh = Watch(room, people=people[:1])
        told = {audience: watch.snapshots[audience]["session"]["marked"] for audience in Audience}
        assert told == {audience: fresh.snapshots[audience]["session"]["marked"] for audience in Audience}
        return told

    assert marked() == {Audience.PHONE: None, Audience.STAGE: [], Audience.CONSOLE: []}
    room.join("onderzoek", n=3)
    assert marked()[Audience.STAGE] == [ids["onderzoek"]]
    room.join("overheden")
    assert marked()[Audience.STAGE] == [ids["onderwijs"], ids["onderzoek"], ids["overheden"]]
    room.lead(RetireParticipant(participant=room.person(people[0]).public_id))
    left = [ids["overheden"]]
    assert marked() == {Audience.PHONE: None, Audience.STAGE: left, Audience.CONSOLE: left}
