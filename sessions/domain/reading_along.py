"""What was shown on the projector, to be read: the wall of every step whose cards hang, and every result.

For whoever cannot see the projector. It is what the stage gets and nothing else, by the functions that make it for the
stage (audience.py): cards without redacted ones, marks from the threshold on, figures as they were published. The
count of a vote while it runs is not on it: a page can be asked for between any two votes, the stage is told four times
a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..enums import Audience
from ..models import Pillar, Round, Sector, Step
from . import audience as see
from .documents import CardDoc, ItemDoc, ResultDoc, ResultItemDoc, SaidWordsDoc
from .kind import kind_of
from .snapshot import show_tally
from .state import State
from .voting import Voting, voting_of

STAGE = Audience.STAGE


@dataclass(frozen=True, slots=True)
class ShownRow:
    """An item of a result; redacted ones are left out."""

    item: ItemDoc
    figures: ResultItemDoc


@dataclass(frozen=True, slots=True)
class ShownRound:
    number: int
    voting: Voting
    result: ResultDoc
    rows: list[ShownRow]
    """In the order of the result."""


@dataclass(frozen=True, slots=True)
class ShownStep:
    step: Step
    cards: list[CardDoc]
    hidden: dict[str, int]
    """Reason → how many cards of the wall are redacted."""
    rounds: list[ShownRound]
    words: SaidWordsDoc | None
    """Short answers, counted; once they were shown."""
    questions: list[tuple[ItemDoc, int]]
    """Questions from the room with how many support each, the most supported first."""
    running: bool
    """How a vote stands is on the stage, and no result of it yet."""


@dataclass(frozen=True, slots=True)
class Shown:
    """By their public ids, what cards and results point at."""

    pillars: dict[str, Pillar]
    sectors: dict[str, Sector]
    steps: list[ShownStep]
    """In the order of the agenda; those of which something was shown."""


def read_along(session_id: int) -> Shown:
    """Return what was shown. The caller is in a transaction whose reads all see one moment."""
    state = State.load(session_id)
    steps = sorted(state.steps.values(), key=lambda step: (step.position, step.pk))
    return Shown(
        pillars={pillar.public_id: pillar for pillar in state.pillars},
        sectors={sector.public_id: sector for sector in state.sectors},
        steps=[shown for step in steps if (shown := _read_step(state, step)) is not None],
    )


def _read_step(state: State, step: Step) -> ShownStep | None:
    told = see.show_step(state, step, STAGE)
    if told is None:
        return None
    cards = see.show_cards_of(state, step, STAGE)
    rounds = [shown for round_ in _rounds_of(state, step) if (shown := _read_round(state, round_)) is not None]
    words = told.summary if see.may_see_summary(step, Audience.PHONE) else None
    questions = _read_questions(state, step)
    running = not questions and any(see.may_see_tally(state, round_) for round_ in _rounds_of(state, step))
    found = ShownStep(step, cards, told.hidden, rounds, words, questions, running)
    return found if cards or told.hidden or rounds or words or questions or running else None


def _read_questions(state: State, step: Step) -> list[tuple[ItemDoc, int]]:
    """Return what is supported in the open, without a result."""
    kind = kind_of(step)
    if kind.has_result(step) or kind.is_practice(step):
        return []
    shown = [told for round_ in _rounds_of(state, step) if (told := see.show_round(state, round_, STAGE)) is not None]
    tally = show_tally(state)
    counted = [
        (item, (tally.get(told.id, {}).get(item.id) or [0])[0])
        for told in shown
        for item in told.items
        if not item.hidden
    ]
    return sorted(counted, key=lambda found: (-found[1], found[0].rank, found[0].id))


def _rounds_of(state: State, step: Step) -> Iterator[Round]:
    found = (round_ for round_ in state.rounds.values() if round_.step_id == step.pk)
    yield from sorted(found, key=lambda round_: round_.number)


def _read_round(state: State, round_: Round) -> ShownRound | None:
    result, told = see.show_result(state, round_, STAGE), see.show_round(state, round_, STAGE)
    if result is None or told is None:
        return None
    items = {item.id: item for item in told.items if not item.hidden}
    rows = [ShownRow(items[line.item], line) for line in result.items if line.item in items]
    rows.sort(key=lambda row: (row.figures.place, row.item.rank))
    return ShownRound(round_.number, voting_of(round_), result, rows)
