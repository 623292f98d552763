"""What a step is that asks one question. Short answers and questions from the room are cards: the commands of cards are
the engine's. A choice and a scale are votes on what the step itself puts to the vote, with a result as any vote.

In a Q&A a question that was let through is an item of the step's round, and support is a mark on it: stored, counted
and told while it runs as votes are, without a result.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from ...ballots import write_rules
from ...domain import rules
from ...domain.documents import SaidWordsDoc
from ...domain.handlers import voting
from ...domain.kind import Input, Name, Offered, Part, Rows, StepKind
from ...domain.log import LogKind
from ...domain.revealed import is_revealed
from ...domain.state import State
from ...domain.viewer import Viewer
from ...domain.voting import parts_of_vote, rows_of_vote
from ...domain.world import World
from ...enums import ActorKind, Audience
from ...limits import CARD_LENGTH, MOST_ITEMS, WORD_LENGTH
from ...models import Contribution, Round, Step
from ..voters import vote
from . import people
from .commands import AnswerQuestion, answer_question
from .examples import CHOICES, EXAMPLES, SCALE
from .settings import CHOICE, QA, QuestionOption, QuestionSettings, clean, fit, is_voted, rules_of
from .summary import MOST_WORDS, sum_up


class Question(StepKind[QuestionSettings]):
    key = "question"
    Settings = QuestionSettings
    parts = (QuestionOption,)
    frozen = frozenset({"mode", "live", "practice", "options", "rules"})
    words = Name("Vraag", "Question")
    input = Input.CARDS
    revealable = True
    reveal_closes = True
    about = False
    variants = (
        {},
        {"mode": "qa"},
        {"mode": "qa", "approve": True},
        {"live": True},
        CHOICES,
        CHOICES | {"practice": True},
        SCALE,
    )
    share = 2
    commands = {AnswerQuestion: (ActorKind.MEMBER, answer_question)}
    examples = EXAMPLES

    def read(self, given: Mapping[str, Any]) -> QuestionSettings:
        return fit(super().read(given))

    def complete(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Words of options and of answers are cleaned as every text is. Raises Refused besides."""
        complete: dict[str, Any] = msgspec.to_builtins(clean(self.read(given)))
        return complete

    def alternatives(self, complete: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
        asked = self.read(complete)
        return [(option.nl, option.en) for option in asked.options] if asked.mode == CHOICE else ()

    def is_qa(self, step: Step) -> bool:
        return self.settings(step).mode == QA

    def is_vote(self, step: Step) -> bool:
        return is_voted(self.settings(step))

    def input_of(self, step: Step) -> Input:
        return Input.MARKS if self.is_vote(step) else Input.CARDS

    def is_practice(self, step: Step) -> bool:
        return self.is_vote(step) and self.settings(step).practice

    def is_revealable(self, step: Step) -> bool:
        """Questions from the room stand in the open from the beginning."""
        return not self.is_qa(step) and not self.is_practice(step)

    def most_cards(self, step: Step) -> int:
        return self.settings(step).most

    def longest(self, step: Step) -> int:
        return CARD_LENGTH if self.is_qa(step) else WORD_LENGTH

    # -- a vote, and support in a Q&A ------------------------------------------------------------------------------

    def has_rounds(self, step: Step) -> bool:
        return self.is_vote(step) or self.is_qa(step)

    def has_result(self, step: Step) -> bool:
        """Support is an open act: from one person on, undivided, in no result (METHODS.md section 5)."""
        return self.is_vote(step) and not self.is_practice(step)

    def offers(self, step: Step) -> Sequence[Offered] | None:
        """The options of a choice; of a scale the question itself, or else the title."""
        settings = self.settings(step)
        if settings.mode == CHOICE:
            return [Offered(option.nl, option.en) for option in settings.options]
        if not is_voted(settings):
            return None
        asked = Offered(step.prompt_nl, step.prompt_en)
        return [asked if any(asked) else Offered(step.title_nl, step.title_en)]

    def offering(self, step: Step, offered: Sequence[Offered]) -> dict[str, Any]:
        if self.settings(step).mode != CHOICE:
            return super().offering(step, offered)
        return self.complete(step.settings | {"options": [words._asdict() for words in offered]})

    def ballot(self, step: Step) -> str:
        return str(rules_of(self.settings(step)).__struct_config__.tag)

    def ballot_rules(self, step: Step) -> dict[str, Any]:
        return write_rules(rules_of(self.settings(step)))

    def fewest(self, step: Step) -> int | None:
        return 1 if self.is_qa(step) else None

    def check_open(self, *, world: World, step: Step) -> None:
        if self.is_vote(step):
            voting.check_open(world=world, step=step)
        elif not self.is_live(step) and not self.is_qa(step):
            rules.check_not_revealed(step)

    def opened(self, *, world: World, step: Step) -> None:
        if self.has_rounds(step):
            voting.open_round(world=world, step=step, live=self.is_qa(step) or self.is_live(step))

    def closed(self, *, world: World, step: Step) -> None:
        if self.has_rounds(step):
            voting.close_round(world=world, step=step, compare=self.has_result(step))

    def revealed(self, *, world: World, step: Step) -> None:
        if self.is_vote(step):
            voting.reveal_round(world=world, step=step)

    def wrote(self, *, world: World, step: Step, card: Contribution) -> None:
        """A question that nobody has to let through stands among the others at once, as long as there is room: every
        screen gets all of them. Further ones stay with the facilitator.
        """
        settings, round_ = self.settings(step), world.structure.round_of(step)
        # Within the grace time a question is stored as in time, so it also stands there.
        if settings.mode != QA or settings.approve or round_ is None:
            return
        if len(world.structure.items_of(round_)) < MOST_ITEMS:
            item = world.add_item(card=card, round_=round_)
            about = {"round": round_.public_id, "item": item, "card": card.public_id}
            world.note(LogKind.ITEM_TICKED, **about, undo=False, wrote=True)

    def has_begun(self, *, world: World, step: Step) -> bool:
        """An opening may have been undone after somebody answered."""
        if any(world.has_begun(found) for found in world.structure.rounds.values() if found.step_id == step.pk):
            return True
        return step.opened_at is not None or Contribution.objects.filter(step=step).exists()

    # -- who may see what ------------------------------------------------------------------------------------------

    def may_see(self, *, step: Step, round_: Round | None, viewer: Viewer) -> Collection[Part]:
        """Each answer by itself is for the facilitator alone; the room sees what all of them say together, and in a
        Q&A the questions that were let through, as items.

        Before the reveal phones get no words, also where the projector shows them as they come in: what others said is
        not to stand beside the field in which somebody thinks.
        """
        if self.is_vote(step):
            return parts_of_vote(step=step, round_=round_)
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
        if self.has_rounds(step):
            yield rows_of_vote(step)

    def act(self, *, person: Any, step: dict[str, Any]) -> None:
        if is_voted(self.read(step["settings"])):
            if round_ := person.client.room.rounds.get(step["round"] or ""):
                vote(person, round_)
        elif step["settings"]["mode"] == QA:
            people.ask_or_support(person, step)
        else:
            people.say_a_word(person, step)
