"""What a step is that asks one question. Answers are cards: the commands of cards are the engine's.

In a Q&A a question that was let through is an item of the step's round, and support is a mark on it: stored, counted
and told while it runs as votes are, without a result.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from ...ballots import SUPPORT_RULES, write_rules
from ...domain.documents import SaidWordsDoc
from ...domain.handlers import voting
from ...domain.kind import Input, Name, Part, Rows, StepKind
from ...domain.log import LogKind
from ...domain.revealed import is_revealed
from ...domain.state import State
from ...domain.viewer import Viewer
from ...domain.world import World
from ...enums import ActorKind, Audience
from ...limits import CARD_LENGTH, MOST_ITEMS, WORD_LENGTH
from ...models import Contribution, Round, Step, Vote
from . import people
from .commands import AnswerQuestion, answer_question
from .examples import EXAMPLES
from .settings import QA, QuestionSettings
from .summary import MOST_WORDS, sum_up


class Question(StepKind[QuestionSettings]):
    key = "question"
    Settings = QuestionSettings
    frozen = frozenset({"mode", "live"})
    words = Name("Vraag", "Question")
    input = Input.CARDS
    revealable = True
    reveal_closes = True
    about = False
    variants = ({}, {"mode": "qa"}, {"mode": "qa", "approve": True}, {"live": True})
    share = 2
    commands = {AnswerQuestion: (ActorKind.MEMBER, answer_question)}
    examples = EXAMPLES

    def is_qa(self, step: Step) -> bool:
        return self.settings(step).mode == QA

    def is_revealable(self, step: Step) -> bool:
        """Questions from the room stand in the open from the beginning."""
        return not self.is_qa(step)

    def most_cards(self, step: Step) -> int:
        return self.settings(step).most

    def longest(self, step: Step) -> int:
        return CARD_LENGTH if self.is_qa(step) else WORD_LENGTH

    # -- support in a Q&A ------------------------------------------------------------------------------------------

    def has_rounds(self, step: Step) -> bool:
        return self.is_qa(step)

    def has_result(self, step: Step) -> bool:
        """Support is an open act: from one person on, undivided, in no result (METHODS.md section 5)."""
        return False

    def ballot(self, step: Step) -> str:
        return str(SUPPORT_RULES.__struct_config__.tag)

    def ballot_rules(self, step: Step) -> dict[str, Any]:
        return write_rules(SUPPORT_RULES)

    def fewest(self, step: Step) -> int | None:
        return 1

    def opened(self, *, world: World, step: Step) -> None:
        if self.is_qa(step):
            voting.open_round(world=world, step=step, live=True)

    def closed(self, *, world: World, step: Step) -> None:
        if self.is_qa(step):
            voting.close_round(world=world, step=step, compare=False)

    def wrote(self, *, world: World, step: Step, card: Contribution) -> None:
        """A question that nobody has to let through stands among the others at once, as long as there is room: every
        screen gets all of them. Further ones stay with the facilitator.
        """
        settings, round_ = self.settings(step), world.structure.round_of(step)
        if settings.mode != QA or settings.approve or round_ is None or round_.closed_at is not None:
            return
        if len(world.structure.items_of(round_)) < MOST_ITEMS:
            item = world.add_item(card=card, round_=round_)
            about = {"round": round_.public_id, "item": item, "card": card.public_id}
            world.note(LogKind.ITEM_TICKED, **about, undo=False, wrote=True)

    def has_begun(self, *, world: World, step: Step) -> bool:
        """An opening may have been undone after somebody answered."""
        return step.opened_at is not None or Contribution.objects.filter(step=step).exists()

    # -- who may see what ------------------------------------------------------------------------------------------

    def may_see(self, *, step: Step, round_: Round | None, viewer: Viewer) -> Collection[Part]:
        """Each answer by itself is for the facilitator alone; the room sees what all of them say together, and in a
        Q&A the questions that were let through, as items.

        Before the reveal phones get no words, also where the projector shows them as they come in: what others said is
        not to stand beside the field in which somebody thinks.
        """
        parts = [Part.CARDS] if viewer.audience is Audience.CONSOLE else []
        if self.is_qa(step):
            return [*parts, Part.TALLY] if round_ is not None and round_.opened_at is not None else parts
        if is_revealed(step) or (self.is_live(step) and viewer.audience is not Audience.PHONE):
            parts.append(Part.SUMMARY)
        return parts

    def is_live(self, step: Step) -> bool:
        return self.settings(step).live and not self.is_qa(step)

    def summary(self, *, state: State, step: Step, whole: bool = False) -> SaidWordsDoc | None:
        return sum_up(state=state, step=step, most=None if whole else MOST_WORDS)

    def shows_card(self, *, world: World, step: Step, card: Contribution) -> bool:
        """A question that was let through may stand large: it is being answered."""
        round_ = world.structure.round_of(step)
        places = world.structure.places_of_card(card.pk)
        return round_ is not None and round_.pk in [found.pk for found, _ in places]

    def tells_large(self, step: Step) -> bool:
        return self.is_qa(step)

    def turns(self, step: Step) -> bool:
        return False

    def answered(self, *, state: State, step: Step) -> set[int]:
        return state.writers_of(step) | state.voters_of(step)

    # -- files and rehearsals --------------------------------------------------------------------------------------

    def rows(self, step: Step) -> Iterable[Rows]:
        stored = Contribution.objects.filter(step=step).values_list("public_id", "sector__key")
        yield Rows("contributions.csv", ("contribution", "sector"), list(stored))
        if self.is_qa(step):
            marks = Vote.objects.filter(round_item__round__step=step).values_list(
                "round_item__round__public_id", "round_item__item__public_id", "participant__public_id", "value"
            )
            rows = [(round_, item, person, str(value)) for round_, item, person, value in marks]
            yield Rows("votes.csv", ("round", "item", "participant", "value"), rows, blank={"first_at": ""})

    def act(self, *, person: Any, step: dict[str, Any]) -> None:
        if step["settings"]["mode"] == QA:
            people.ask_or_support(person, step)
        else:
            people.say_a_word(person, step)
