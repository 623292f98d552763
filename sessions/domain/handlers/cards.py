"""Cards: written, edited, withdrawn by their writer; corrected, typed for someone by a facilitator."""

from __future__ import annotations

from django.db import transaction

from ...enums import Source
from ...errors import Code
from ...models import Contribution, Pillar, Round, Step, purge
from .. import rules
from ..actor import Actor
from ..commands import ClassifyCard, EditCard, ScribeCard, WithdrawCard, WriteCard
from ..kind import Input, Scope, kind_of
from ..log import LogKind
from ..lookup import require
from ..sanitiser import clean_text
from ..world import World
from .groups import group_of, place
from .sector_marks import marked_sectors, note_sector_marks
from .stage import leave_card, leave_heading


def write_card(*, world: World, actor: Actor, command: WriteCard) -> str:
    """Store a card under the O of its writer. Returns the card's id."""
    step = world.structure.step(command.step)
    rules.check_takes_cards(step=step, at=world.at)
    text = _clean(step, command.text)
    pillar = _choose_pillar(world=world, step=step, pillar=command.pillar)
    writer = world.giver(actor)
    scoped = kind_of(step).scope is Scope.GROUP
    group = group_of(step=step, participant=writer.pk) if scoped else None
    card = Contribution(
        session=world.session,
        step=step,
        participant=writer,
        sector_id=writer.sector_id,
        pillar=pillar,
        aspect=command.aspect,
        text=text,
        language=command.lang,
        slot=world.free_slot(step=step, participant=writer, most=kind_of(step).most_cards(step)),
        created_at=world.at,
    )
    made = _store(world=world, card=card)
    if group is not None:
        place(world=world, card=card, group=group, actor=actor)
    return made


def scribe_card(*, world: World, actor: Actor, command: ScribeCard) -> str:
    """Store a card that a facilitator types for someone without a phone. Also after closing, until it is for good."""
    step = world.structure.step(command.step)
    rules.check_input(step=step, wanted=Input.CARDS)
    rules.check_was_opened(step)
    rules.check_not_sealed(step)
    rules.check_keeps_answers(step)
    text = _clean(step, command.text)
    card = Contribution(
        session=world.session,
        step=step,
        scribe_id=actor.id,
        sector=world.structure.sector(command.sector),
        pillar=_choose_pillar(world=world, step=step, pillar=command.pillar),
        aspect=command.aspect,
        text=text,
        language=command.lang,
        source=Source.SCRIBED,
        created_at=world.at,
    )
    return _store(world=world, card=card)


def edit_card(*, world: World, actor: Actor, command: EditCard) -> None:
    """Change text, aspect or pillar of one's own card."""
    card = world.card(command.card)
    rules.check_own(card=card, actor=actor)
    rules.check_not_redacted(card)
    step = world.structure.by_pk[card.step_id]
    rules.check_takes_cards(step=step, at=world.at)
    _check_not_in_vote(world=world, card=card)
    text = card.text if command.text is None else _clean(step, command.text)
    pillar_id = card.pillar_id
    if command.pillar is not None and step.pillar_id is None:
        pillar_id = world.structure.pillar(command.pillar).pk
    aspect = card.aspect if command.aspect is None else command.aspect
    if (text, pillar_id, aspect) == (card.text, card.pillar_id, card.aspect):
        return
    heading = card.pillar_id, card.aspect
    if text != card.text:
        # Changes are many, so the file is not searched for what each said before.
        transaction.on_commit(purge.owe)
    card.text, card.pillar_id, card.aspect, card.edited_at = text, pillar_id, aspect, world.at
    world.change(card, "text", "pillar", "aspect", "edited_at")
    world.note(LogKind.CARD_EDITED, card=card.public_id)
    if (pillar_id, aspect) != heading:
        leave_heading(world=world, card=card, heading=heading)


def withdraw_card(*, world: World, actor: Actor, command: WithdrawCard) -> None:
    """Take one's own card back for good; its text is erased. Not once it is voted on."""
    card = require(world.cards.get(command.card), Code.CARD_UNKNOWN)
    rules.check_own(card=card, actor=actor)
    if card.withdrawn_at is not None:
        return
    places = _check_not_in_vote(world=world, card=card)
    was = card.text
    transaction.on_commit(lambda: purge.owe([was]))
    world.forget_digests([card.public_id])
    card.withdrawn_at, card.text, card.slot = world.at, "", None
    world.change(card, "withdrawn_at", "text", "slot")
    world.note(LogKind.CARD_WITHDRAWN, card=card.public_id)
    leave_card(world=world, card=card)
    for round_, item in places:
        world.remove_item(round_=round_, item=item)
        world.note(LogKind.ITEM_UNTICKED, round=round_.public_id, item=item, card=card.public_id)


def classify_card(*, world: World, actor: Actor, command: ClassifyCard) -> None:
    """Correct pillar or aspect of a card, at any time: both are words about it, not its text."""
    card = world.card(command.card)
    pillar_id = card.pillar_id if command.pillar is None else world.structure.pillar(command.pillar).pk
    aspect = card.aspect if command.aspect is None else command.aspect
    heading = card.pillar_id, card.aspect
    if (pillar_id, aspect) != heading:
        card.pillar_id, card.aspect = pillar_id, aspect
        world.change(card, "pillar", "aspect")
        world.note(LogKind.CARD_CLASSIFIED, card=card.public_id)
        leave_heading(world=world, card=card, heading=heading)


def _check_not_in_vote(*, world: World, card: Contribution) -> list[tuple[Round, str]]:
    """Return the rounds that offer the card, with its item's id. Raises Refused when one of these votes has begun."""
    places = world.structure.places_of_card(card.pk)
    for round_, _ in places:
        rules.check_not_in_vote(has_begun=world.has_begun(round_))
    return places


def _choose_pillar(*, world: World, step: Step, pillar: str | None) -> Pillar:
    """Return the step's pillar, or the one named where the step has none, or the first where cards are about none."""
    if step.pillar_id is not None:
        return next(found for found in world.structure.pillars.values() if found.pk == step.pillar_id)
    if not kind_of(step).about:
        return min(world.structure.pillars.values(), key=lambda found: found.number)
    return world.structure.pillar(require(pillar, Code.PILLAR_MISSING))


def _clean(step: Step, text: str) -> str:
    cleaned = clean_text(text)
    rules.check_length(text=cleaned, most=kind_of(step).longest(step))
    return cleaned


def _store(*, world: World, card: Contribution) -> str:
    # The first card of an O that nobody here is of may take the mark of another O away.
    is_first = card.sector_id not in world.written_sectors()
    before = marked_sectors(world) if is_first else set()
    world.add_card(card)
    world.note(LogKind.CARD_WRITTEN, card=card.public_id, step=_name_of(world, card), made=card.public_id)
    if is_first:
        note_sector_marks(world=world, before=before)
    step = world.structure.by_pk[card.step_id]
    kind_of(step).wrote(world=world, step=step, card=card)
    return card.public_id


def _name_of(world: World, card: Contribution) -> str:
    return world.structure.by_pk[card.step_id].public_id
