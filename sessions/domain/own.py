"""What a person is shown of themselves: `you`."""

from __future__ import annotations

from ..enums import Aspect
from ..models import Contribution
from . import documents as doc
from .groups import show_own_group
from .redaction import reason_of
from .state import State


def show_own_card(state: State, card: Contribution) -> doc.OwnCardDoc | None:
    """Return a person's own card. One that was redacted comes without its text: whoever wrote it has it."""
    if card.withdrawn_at is not None:
        return None
    rounds = (state.rounds[name] for name, _ in state.rounds_of_card.get(card.public_id, ()))
    return doc.OwnCardDoc(
        id=card.public_id,
        step=state.step_names[card.step_id],
        pillar=state.pillar_names[card.pillar_id],
        aspect=Aspect(card.aspect),
        text=card.text if card.hidden_at is None else "",
        language=card.language,
        hidden=card.hidden_at is not None,
        fixed=any(round_.opened_at is not None for round_ in rounds),
        at=int(card.created_at.timestamp() * 1000),
        reason=reason_of(card),
    )


def show_person(state: State, person: int, votes: list[doc.OwnVoteDoc]) -> doc.PersonDoc:
    """Return `you` of a phone; `votes` are the person's own, read with the same snapshot."""
    found = state.people[person]
    cards = (show_own_card(state, state.cards[name]) for name in state.cards_of_person.get(person, ()))
    return doc.PersonDoc(
        tag=found.tag,
        sector=state.sector_names[found.sector_id],
        sector_fixed=person in state.fixed,
        retired=found.retired_at is not None,
        seed=found.order_seed,
        tap=max((vote.tap for vote in votes), default=0),
        cards=sorted((card for card in cards if card is not None), key=lambda card: (card.at, card.id)),
        votes=votes,
        done=person in state.done.people,
        group=show_own_group(state, person),
    )
