"""Visibility: each document as one audience may see it, or None.

What is hidden is not sent. This is the only place where steps, cards, rounds and results become documents, so it is the
only place to look. The session's own is made in session_shown.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from ..enums import Aspect, Audience, ItemSource, Reason, Source, StepState, Whose
from ..models import Contribution, Participant, Round, Step
from . import documents as doc
from .kind import Part, kind_of
from .moment import to_ms
from .papers import rounds_on_paper
from .redaction import destroyed_from, reason_of
from .revealed import is_revealed
from .rules import fixes_sector
from .state import State
from .viewer import Viewer
from .voting import show_rules

PHONE, STAGE, CONSOLE = Audience.PHONE, Audience.STAGE, Audience.CONSOLE


def may_see_step(step: Step, audience: Audience) -> bool:
    """Phone and stage see a step once it was opened; what comes next is the facilitator's."""
    if step.state == StepState.SUPERSEDED:
        return False
    return audience is CONSOLE or step.opened_at is not None


def show_step(state: State, step: Step, audience: Audience) -> doc.StepDoc | None:
    if not may_see_step(step, audience):
        return None
    # A round that was prepared and not opened is the facilitator's.
    round_ = state.round_of(step, opened=audience is not CONSOLE)
    return doc.StepDoc(
        id=step.public_id,
        kind=step.kind,
        position=step.position,
        state=StepState(step.state),
        title=doc.Words(step.title_nl, step.title_en),
        prompt=doc.Words(step.prompt_nl, step.prompt_en),
        body=doc.Words(step.body_nl, step.body_en),
        notes=step.notes if audience is CONSOLE else None,
        pillar=state.pillar_names[step.pillar_id] if step.pillar_id else None,
        subject=state.step_names.get(step.subject_id) if step.subject_id else None,
        round=round_.public_id if round_ is not None else None,
        minutes=step.minutes,
        settings=kind_of(step).show(step.settings),
        revealed=is_revealed(step),
        opened_at=to_ms(step.opened_at),
        closed_at=to_ms(step.closed_at),
        deadline=to_ms(step.deadline),
        paused=step.paused_ms,
        sealed=_show_seal(step, audience),
        summary=kind_of(step).summary(state=state, step=step) if may_see_summary(step, audience) else None,
        hidden=_count_redacted(state, step, audience),
    )


def _count_redacted(state: State, step: Step, audience: Audience) -> dict[str, int]:
    """Moderation in the open: how many cards are not shown and why, without which. Consoles have the cards."""
    if audience is CONSOLE or not may_see_cards(step, STAGE):
        return {}
    cards = (state.cards[name] for name in state.cards_of_step[step.pk])
    reasons = (reason_of(card) for card in cards if card.withdrawn_at is None)
    counts = Counter(reason.value for reason in reasons if reason is not None)
    return {reason.value: counts[reason.value] for reason in Reason if counts[reason.value]}


def _show_seal(step: Step, audience: Audience) -> doc.SealDoc | None:
    """When it was closed for good, to everybody; what was counted then is the facilitator's."""
    if step.sealed_at is None:
        return None
    at = to_ms(step.sealed_at)
    if audience is not CONSOLE:
        return doc.SealDoc(at=at, confirmed=None, of=None, whole=None)
    return doc.SealDoc(at=at, confirmed=step.sealed_confirmed, of=step.sealed_of, whole=step.sealed_whole)


def may_see_cards(step: Step, audience: Audience) -> bool:
    """Phones never get other people's cards in the shared part."""
    return may_see_step(step, audience) and Part.CARDS in _parts(step, None, audience)


def may_see_summary(step: Step, audience: Audience) -> bool:
    return may_see_step(step, audience) and Part.SUMMARY in _parts(step, None, audience)


def are_cards_shown(step: Step) -> bool:
    """Whether the room has, or had, the cards of a step; before, not even the id of one is sent to it."""
    return Part.CARDS in _parts(step, None, STAGE)


def bears_sector_mark(state: State, card: Contribution) -> bool:
    """A card shows its O when enough people of that O take part in the session."""
    return card.sector_id in state.marked


def show_card(state: State, card: Contribution, audience: Audience) -> doc.CardDoc | None:
    step = state.steps[state.step_names[card.step_id]]
    if card.withdrawn_at is not None or not may_see_cards(step, audience):
        return None
    if card.hidden_at is not None and audience is not CONSOLE:
        return None
    minute = card.created_at.replace(second=0, microsecond=0) if audience is CONSOLE else None
    return doc.CardDoc(
        id=card.public_id,
        step=step.public_id,
        pillar=state.pillar_names[card.pillar_id],
        aspect=Aspect(card.aspect),
        sector=state.sector_names[card.sector_id] if bears_sector_mark(state, card) else None,
        text=card.text,
        language=card.language,
        source=Source(card.source),
        rank=card.rank,
        hidden=card.hidden_at is not None,
        at=to_ms(minute),
        reason=reason_of(card),
        until=to_ms(destroyed_from(card, step)) if card.destroyed_at is None else None,
    )


def show_cards_of(state: State, step: Step, audience: Audience) -> list[doc.CardDoc]:
    """Return the cards of a step that this audience sees, in their random order."""
    if not may_see_cards(step, audience):
        return []
    cards = (show_card(state, state.cards[name], audience) for name in state.cards_of_step[step.pk])
    return sorted((card for card in cards if card is not None), key=lambda card: (card.rank, card.id))


def may_see_round(state: State, round_: Round, audience: Audience) -> bool:
    return _is_round_of(audience, round_, state.step_of(round_))


def _is_round_of(audience: Audience, round_: Round, step: Step) -> bool:
    return may_see_step(step, audience) and (audience is CONSOLE or round_.opened_at is not None)


def show_round(state: State, round_: Round, audience: Audience) -> doc.RoundDoc | None:
    if not may_see_round(state, round_, audience):
        return None
    items = [_show_place(state, round_, item) for item in state.places.get(round_.public_id, {})]
    return doc.RoundDoc(
        id=round_.public_id,
        step=state.step_names[round_.step_id],
        number=round_.number,
        ballot=round_.ballot,
        rules=show_rules(round_),
        open=round_.opened_at is not None and round_.closed_at is None,
        closed=round_.closed_at is not None,
        revealed=is_revealed(round_),
        seen=round_.seen,
        fixes_sector=fixes_sector(state.step_of(round_)),
        items=sorted(items, key=lambda item: (item.rank, item.id)),
    )


def show_item(state: State, round_: Round, item: str, audience: Audience) -> doc.ItemDoc | None:
    """Return None also when the item is no longer in the round."""
    if not may_see_round(state, round_, audience) or item not in state.places[round_.public_id]:
        return None
    return _show_place(state, round_, item)


def _show_place(state: State, round_: Round, item: str) -> doc.ItemDoc:
    place = state.places[round_.public_id][item]
    card = state.cards[place.card] if place.card is not None else None
    text = place.text if card is None else card.text
    hidden = not text if card is None else card.hidden_at is not None
    return doc.ItemDoc(
        id=item,
        card=place.card,
        source=ItemSource(place.source),
        pillar=state.pillar_names[card.pillar_id] if card is not None else None,
        aspect=Aspect(card.aspect) if card is not None else None,
        text="" if hidden else text,
        words=place.words if card is None else None,
        hidden=hidden,
        rank=place.rank,
        reason=reason_of(card) if card is not None else place.withheld,
        price=place.price,
        whose=Whose(place.whose),
        document=place.document,
        answered=place.answered,
    )


def show_result(state: State, round_: Round, audience: Audience) -> doc.ResultDoc | None:
    """Return the result as it was published, to everybody the same."""
    if not may_see_result(round_, state.step_of(round_), audience):
        return None
    return state.results.get(round_.public_id)


def may_see_result(round_: Round, step: Step, audience: Audience) -> bool:
    """`step`: the round's."""
    return _is_round_of(audience, round_, step) and Part.RESULT in _parts(step, round_, audience)


def _parts(step: Step, round_: Round | None, audience: Audience) -> Collection[Part]:
    return kind_of(step).may_see(step=step, round_=round_, viewer=Viewer(audience))


def may_see_tally(state: State, round_: Round) -> bool:
    """Live results: an undivided count per item while people vote, once enough of them took part.

    Never again once a result of the round was shown: a live count beside it would reveal the next ballot by
    subtraction (differencing).
    """
    step = state.step_of(round_)
    enough = len(state.voters.get(round_.public_id, ())) >= fewest_counted(state, round_)
    return enough and _is_round_of(PHONE, round_, step) and Part.TALLY in _parts(step, round_, PHONE)


def fewest_counted(state: State, round_: Round) -> int:
    """Return how few people may be counted while people vote."""
    step = state.step_of(round_)
    own = kind_of(step).fewest(step)
    return own if own is not None else round_.threshold or state.programme.threshold


def show_participant(state: State, person: Participant, audience: Audience) -> doc.ParticipantDoc | None:
    if audience is not CONSOLE:
        return None
    return doc.ParticipantDoc(
        id=person.public_id,
        tag=person.tag,
        sector=state.sector_names[person.sector_id],
        source=Source(person.source),
        retired=person.retired_at is not None,
        rounds=rounds_on_paper(state, person.pk),
    )
