"""What the short answers of a step say together."""

from __future__ import annotations

from ...domain.documents import SaidWordDoc, SaidWordsDoc
from ...domain.state import State
from ...models import Step
from .words import Said, count_words

MOST_WORDS = 60
"""So many are told one by one. A thousand phones get them at the reveal, and a projector shows fewer."""


def sum_up(*, state: State, step: Step, most: int | None) -> SaidWordsDoc:
    """Count the words that stand. The threshold bounds how many people answered, not how many said one word
    (METHODS.md section 5).
    """
    standing = [
        card
        for card in (state.cards[name] for name in state.cards_of_step[step.pk])
        if card.withdrawn_at is None and card.hidden_at is None
    ]
    writers = {card.participant_id for card in standing if card.participant_id is not None}
    if len(writers) < state.programme.threshold:
        return SaidWordsDoc(people=None, words=[], others=0, mentions=0)
    # Of a scribed card nobody knows the writer: each is somebody else's.
    counted = count_words(Said(card.participant_id or card.public_id, card.text) for card in standing)
    others = counted[most:] if most is not None else []
    return SaidWordsDoc(
        people=len(writers),
        words=[SaidWordDoc(text, n) for text, n in counted[:most]],
        others=len(others),
        mentions=sum(word.n for word in others),
    )
