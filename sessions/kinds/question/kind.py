"""What a step is that asks one question. Answers are cards: the commands of cards are the engine's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from ...domain.documents import SaidWordDoc, SaidWordsDoc
from ...domain.kind import Input, Name, Part, Rows, StepKind
from ...domain.revealed import is_revealed
from ...domain.state import State
from ...domain.viewer import Viewer
from ...domain.world import World
from ...enums import Audience
from ...models import Contribution, Round, Step
from . import people
from .examples import EXAMPLES
from .settings import WORD_LENGTH, QuestionSettings
from .words import Said, count_words

MOST_WORDS = 60
"""So many are told one by one. A thousand phones get them at the reveal, and a projector shows fewer."""


class Question(StepKind[QuestionSettings]):
    key = "question"
    Settings = QuestionSettings
    frozen = frozenset({"mode", "live"})
    words = Name("Vraag", "Question")
    input = Input.CARDS
    revealable = True
    reveal_closes = True
    about = False
    share = 2
    examples = EXAMPLES

    def most_cards(self, step: Step) -> int:
        return self.settings(step).most

    def longest(self, step: Step) -> int:
        return WORD_LENGTH

    def has_begun(self, *, world: World, step: Step) -> bool:
        """An opening may have been undone after somebody answered."""
        return step.opened_at is not None or Contribution.objects.filter(step=step).exists()

    def may_see(self, *, step: Step, round_: Round | None, viewer: Viewer) -> Collection[Part]:
        """Each answer by itself is for the facilitator alone; the room sees what all of them say together.

        Before the reveal phones get none of it, also where the projector shows the words as they come in: what others
        said is not to stand beside the field in which somebody thinks.
        """
        console = viewer.audience is Audience.CONSOLE
        shown = is_revealed(step) or (self.is_live(step) and viewer.audience is not Audience.PHONE)
        return [part for part, seen in ((Part.CARDS, console), (Part.SUMMARY, shown)) if seen]

    def is_live(self, step: Step) -> bool:
        return self.settings(step).live

    def summary(self, *, state: State, step: Step) -> SaidWordsDoc:
        """Count the words that stand. T bounds the people who answered, not how many said one word (METHODS.md)."""
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
        others = counted[MOST_WORDS:]
        return SaidWordsDoc(
            people=len(writers),
            words=[SaidWordDoc(text, n) for text, n in counted[:MOST_WORDS]],
            others=len(others),
            mentions=sum(word.n for word in others),
        )

    def answered(self, *, state: State, step: Step) -> set[int]:
        return state.writers_of(step)

    def rows(self, step: Step) -> Iterable[Rows]:
        stored = Contribution.objects.filter(step=step).values_list("public_id", "sector__key")
        yield Rows("contributions.csv", ("contribution", "sector"), list(stored))

    def act(self, *, person: Any, step: dict[str, Any]) -> None:
        people.say_a_word(person, step)
