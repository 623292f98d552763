"""What the projectors show: step, picture, page, enlarged card. Absolute values, so concurrent presses never add up."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from ...enums import ActorKind, Picture
from ...models import Contribution, Step
from .. import rules
from ..actor import Actor
from ..audience import are_cards_shown
from ..commands import ShowStage
from ..kind import kind_of
from ..log import LogKind
from ..moment import to_ms
from ..world import World

_FIELDS = ("picture", "first", "held", "card")
TURN_MS = 12_000
"""How long a page stands that turns by itself. So that all projectors turn at one moment, each reckons it alone."""
Heading = tuple[int, str]
"""Pillar and aspect: under one of each a card hangs on the wall."""


def show_stage(*, world: World, actor: Actor, command: ShowStage) -> None:
    """Turn the projectors. Only in the step that they show: a press that comes late turns nothing else."""
    step = world.structure.step(command.step)
    rules.check_on_stage(step=step, shown=step_on_stage(world))
    was = _where(world, step)
    given = {name: value for name in _FIELDS if (value := getattr(command, name)) is not msgspec.UNSET}
    if given.get("card") is not None:
        _check_shown(world=world, step=step, card=world.card(given["card"]))
    if given.get("first") is not None:
        given["first"] = _standing(world, step, given["first"])
    if given.get("picture", was["picture"]) != was["picture"]:
        given = {"first": None} | given
    stage = was | given
    is_back = "first" in given and _has_turned(world, step, was)
    if stage == was and not is_back:
        return
    if is_back or any(stage[name] != was[name] for name in ("picture", "first", "held")):
        stage["at"] = to_ms(world.at)
    # What is turned at a projector is turned back there. Its link is not to stand between members and their undo.
    if actor.kind is ActorKind.MEMBER:
        _remember(world=world, step=step, was=was)
    _put(world=world, stage=stage)


def undo_show(*, world: World, undo: dict[str, Any]) -> None:
    """Take the last turn back. A step change that could be undone before it can be undone again, for what is left."""
    world.session.undo = undo["under"]
    _put(world=world, stage=undo["stage"] | {"at": to_ms(world.at)})


def begin(*, world: World, step: Step) -> None:
    """Let the projectors begin at the first page of what a step shows. The caller says that the session changed."""
    world.session.stage = _fresh(world, _shown_by(world, step))


def leave_card(*, world: World, card: Contribution) -> None:
    """A card that is taken away is not large on the projectors either, nor when it is given back or a turn undone."""
    _put_places(world=world, places=_places_of(world, "card", card), field="card", value=None)
    leave_heading(world=world, card=card, heading=(card.pillar_id, card.aspect))


def leave_heading(*, world: World, card: Contribution, heading: Heading) -> None:
    """A page of the wall that this card names is named by the one beside it, and stays where it is.

    `heading`: the one that the card hangs under no more. Without the card the projectors would turn to the first page
    of all; under another heading, to the page it is on then.
    """
    step = world.structure.by_pk[card.step_id]
    places = [place for place in _places_of(world, "first", card) if place["step"] == step.public_id]
    if places:
        _put_places(world=world, places=places, field="first", value=_beside(step, card, heading))


def forget_cards(*, world: World, names: Collection[str]) -> None:
    """Cards that were deleted are not large on the projectors and name no page, nor when a turn is undone."""

    def without(place: dict[str, Any]) -> dict[str, Any]:
        return place | {field: None for field in ("card", "first") if place[field] in names}

    stage, undo = world.session.stage, world.session.undo
    if stage is not None and without(stage) != stage:
        _put(world=world, stage=without(stage))
    while undo is not None:
        if undo.get("stage") is not None:
            undo["stage"] = without(undo["stage"])
        undo = undo.get("under")
    world.change_session()


def step_on_stage(world: World) -> Step | None:
    """Return the step whose cards or result the projectors show, or would: a reveal step shows its subject."""
    now = world.session.now_id
    step = world.structure.by_pk.get(now) if now is not None else None
    return _shown_by(world, step) if step is not None else None


def _shown_by(world: World, step: Step) -> Step:
    if kind_of(step).shows_subject and step.subject_id is not None:
        return world.structure.by_pk[step.subject_id]
    return step


def _has_turned(world: World, step: Step, was: dict[str, Any]) -> bool:
    """Whether the page that was chosen has gone by: pages of a wall, and of a vote under way, turn by themselves."""
    return kind_of(step).turns(step) and not was["held"] and to_ms(world.at) - was["at"] >= TURN_MS


def _where(world: World, step: Step) -> dict[str, Any]:
    stage: dict[str, Any] | None = world.session.stage
    return stage if stage is not None and stage["step"] == step.public_id else _fresh(world, step)


def _fresh(world: World, step: Step) -> dict[str, Any]:
    return {
        "step": step.public_id,
        "picture": Picture.HEADS.value,
        "first": None,
        "held": False,
        "card": None,
        "at": to_ms(world.at),
    }


def _check_shown(*, world: World, step: Step, card: Contribution) -> None:
    """A card that may be large: the projectors have its text, as one of the step or of its newest round."""
    rules.check_showable(card=card, is_there=kind_of(step).shows_card(world=world, step=step, card=card))


def _places_of(world: World, field: str, card: Contribution) -> list[dict[str, Any]]:
    """Return where the projectors are, and where they will be when a turn is undone, as far as this card is named."""
    undo: dict[str, Any] | None = world.session.undo
    places = [world.session.stage]
    while undo is not None:
        places.append(undo.get("stage"))
        undo = undo.get("under")
    return [place for place in places if place is not None and place[field] == card.public_id]


def _put_places(*, world: World, places: list[dict[str, Any]], field: str, value: str | None) -> None:
    for place in places:
        if place is world.session.stage:
            _put(world=world, stage=place | {field: value})
        else:
            place[field] = value
            world.change_session()


def _standing(world: World, step: Step, name: str) -> str | None:
    """Return what names a page: this card, or the one beside it when it was taken away before the press came."""
    card = Contribution.objects.filter(step=step, public_id=name).first()
    if card is None or (card.hidden_at is None and card.withdrawn_at is None):
        return name
    return _beside(step, card, (card.pillar_id, card.aspect))


def _beside(step: Step, card: Contribution, heading: Heading) -> str | None:
    """Return the card behind this one under a heading of the wall, or else the one before it; none where no wall is."""
    if not are_cards_shown(step):
        return None
    pillar, aspect = heading
    others = Contribution.objects.filter(
        step=card.step_id, pillar=pillar, aspect=aspect, hidden_at__isnull=True, withdrawn_at__isnull=True
    ).exclude(pk=card.pk)
    order = sorted(others.values_list("rank", "public_id"))
    chosen = [place for place in order if place > (card.rank, card.public_id)][:1] or order[-1:]
    return chosen[0][1] if chosen else None


def _put(*, world: World, stage: dict[str, Any]) -> None:
    world.session.stage = stage
    world.change_session()
    told = {name: stage[name] for name in _FIELDS}
    world.note(LogKind.STAGE_SHOWN, step=stage["step"], **{("shown" if n == "card" else n): v for n, v in told.items()})


def _remember(*, world: World, step: Step, was: dict[str, Any]) -> None:
    """Let this be what is undone next, on top of the last step change: turning a page never makes a reveal final."""
    undo: dict[str, Any] | None = world.session.undo
    under = undo["under"] if undo is not None and undo["do"] == ShowStage.do else undo
    world.session.undo = {
        "do": ShowStage.do,
        "step": step.public_id,
        "at": to_ms(world.at),
        "now": None,
        "steps": {},
        "rounds": {},
        "stage": was,
        "under": under,
    }
