"""What the short answers of a step say together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...domain.documents import SaidWordDoc, SaidWordsDoc
from ...domain.kind import kind_of
from ...domain.revealed import was_there_before
from ...domain.state import State
from ...models import Contribution, Step
from .words import Said, count_words, fold

MOST_WORDS = 60
"""So many are told one by one. A thousand phones get them at the reveal, and a projector shows fewer."""


def sum_up(*, state: State, step: Step, most: int | None) -> SaidWordsDoc:
    """Count the words that stand. The threshold bounds how many people answered, not how many said one word
    (METHODS.md section 5). Who answered is counted with answers that were taken away for a reason: else taking them
    away one after the other would tell which of them one person gave.
    """
    given = [
        card
        for card in (state.cards[name] for name in state.cards_of_step[step.pk])
        if card.withdrawn_at is None and was_there_before(step, card.created_at)
    ]
    people = len({card.participant_id for card in given if card.participant_id is not None})
    people += _fewest_scribed(
        [card for card in given if card.participant_id is None], most=kind_of(step).most_cards(step)
    )
    if people < state.programme.threshold:
        return SaidWordsDoc(people=None, words=[], others=0, mentions=0)
    # Of a scribed card nobody knows the writer: each is somebody else's.
    counted = count_words(
        Said(card.participant_id or card.public_id, card.text) for card in given if card.hidden_at is None
    )
    others = counted[most:] if most is not None else []
    return SaidWordsDoc(
        people=people,
        words=[SaidWordDoc(text, n) for text, n in counted[:most]],
        others=len(others),
        mentions=sum(word.n for word in others),
    )


def _fewest_scribed(cards: Sequence[Contribution], *, most: int) -> int:
    """Return how many at least gave what was typed in for them: nobody says a word twice, or more than `most`."""
    if not cards:
        return 0
    same = Counter(fold(card.text) for card in cards)
    return max(max(same.values()), -(-len(cards) // most))
