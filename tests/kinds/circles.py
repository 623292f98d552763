"""The proof: a kind with answers that are scoped to groups. People sit in circles, and see the cards of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Annotated, Any

import msgspec

from sessions.domain.actor import Actor
from sessions.domain.command import Command, Id, Reads
from sessions.domain.handlers.groups import form_group, seat
from sessions.domain.kind import Example, Input, Name, Part, Rows, Scope, Settings, StepKind
from sessions.domain.revealed import is_revealed
from sessions.domain.state import State
from sessions.domain.viewer import Viewer
from sessions.domain.world import World
from sessions.enums import ActorKind, Audience
from sessions.models import Contribution, Participant, Round, Step


class CircleSettings(Settings, frozen=True):
    """Of a `circles` step."""

    max_cards: Annotated[int, msgspec.Meta(ge=1, le=9)] = 3
    """Cards per person."""


class FormCircle(Command, frozen=True):
    """One more circle. The reply has its `id`."""

    do = "circle.form"
    step: Id


class SitDown(Command, frozen=True):
    """Sit in a circle; null: in none."""

    do = "circle.sit"
    step: Id
    circle: Id | None


class SeatSomebody(Command, frozen=True):
    """Let somebody sit in a circle."""

    do = "circle.seat"
    reads = Reads(participant="participant")
    step: Id
    participant: Id
    circle: Id | None


def form_circle(*, world: World, actor: Actor, command: FormCircle) -> str:
    return form_group(world=world, step=world.structure.step(command.step))


def sit_down(*, world: World, actor: Actor, command: SitDown) -> None:
    person = Participant.objects.get(pk=actor.id)
    seat(world=world, step=world.structure.step(command.step), participant=person, group=command.circle)


def seat_somebody(*, world: World, actor: Actor, command: SeatSomebody) -> None:
    person = world.participant(command.participant)
    seat(world=world, step=world.structure.step(command.step), participant=person, group=command.circle)


CARD = {"step": "$step", "text": "In de kring", "aspect": "both", "lang": "nl", "pillar": "$pillar"}


class Circles(StepKind[CircleSettings]):
    key = "circles"
    Settings = CircleSettings
    words = Name("Kringen", "Circles")
    input = Input.CARDS
    scope = Scope.GROUP
    revealable = True
    commands = {
        SitDown: (ActorKind.PARTICIPANT, sit_down),
        FormCircle: (ActorKind.MEMBER, form_circle),
        SeatSomebody: (ActorKind.MEMBER, seat_somebody),
    }
    examples = (
        Example("circle.form", {"step": "$step"}),
        Example("card.write", CARD, after=("step.open",)),
        Example("card.write", CARD, refused="step.not_open"),
        Example("circle.sit", {"step": "$step", "circle": "000000000000"}, refused="group.unknown"),
    )

    def may_see(self, *, step: Step, round_: Round | None, viewer: Viewer) -> Collection[Part]:
        if viewer.audience is Audience.PHONE:
            return (Part.CARDS,) if viewer.group is not None else ()
        return (Part.CARDS,) if viewer.audience is Audience.CONSOLE or is_revealed(step) else ()

    def most_cards(self, step: Step) -> int:
        return self.settings(step).max_cards

    def answered(self, *, state: State, step: Step) -> set[int]:
        return state.writers_of(step)

    def rows(self, step: Step) -> Iterable[Rows]:
        stored = Contribution.objects.filter(step=step).values_list("public_id", "aspect")
        yield Rows("contributions.csv", ("contribution", "aspect"), list(stored))

    def act(self, *, person: Any, step: dict[str, Any]) -> None:
        """Nobody simulates it."""
