"""What a facilitator can say of a question from the room."""

from __future__ import annotations

from ...domain.actor import Actor
from ...domain.command import Command, Id
from ...domain.kind import Input, kind_of
from ...domain.log import LogKind
from ...domain.world import World
from ...errors import Code, Refused
from ...models import Step


class AnswerQuestion(Command, frozen=True):
    """Say that a question of a Q&A was answered, or was not after all. It keeps its support and leaves the line."""

    do = "question.answer"
    round: Id
    item: Id
    on: bool


def check_has_questions(step: Step) -> None:
    """Only a question from the room is answered: one that is supported, without a result."""
    if AnswerQuestion not in kind_of(step).commands or kind_of(step).input_of(step) is not Input.CARDS:
        raise Refused(Code.STEP_WRONG_KIND)


def answer_question(*, world: World, actor: Actor, command: AnswerQuestion) -> None:
    """At any time: also after the step was closed."""
    round_ = world.structure.round(command.round)
    check_has_questions(world.structure.by_pk[round_.step_id])
    place = world.structure.round_item(round_, command.item)
    if (place.answered_at is not None) == command.on:
        return
    place.answered_at = world.at if command.on else None
    place.save(update_fields=["answered_at"])
    world.restructure()
    world.note(LogKind.ITEM_ANSWERED, round=command.round, item=command.item, on=command.on)
