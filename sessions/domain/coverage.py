"""Coverage: which O said something about what, counted in cards; the same cells for consoles and for projectors."""

from __future__ import annotations

from collections.abc import Iterator

from ..enums import Audience
from ..models import Contribution
from . import audience as see
from .documents import CardDoc, Covered
from .kind import kind_of
from .state import State

POOL = "pool"
"""In place of an O: those without a mark on cards, together. A cell of one of them would say whose a card is; in an O
of one person, who wrote it.
"""


def count_cards(state: State) -> Covered:
    """Count all cards that stand, for consoles."""
    coverage: Covered = {}
    about = _steps_about(state)
    for card in state.cards.values():
        if card.withdrawn_at is None and card.hidden_at is None and card.step_id in about:
            _add(coverage, state.pillar_names[card.pillar_id], card.aspect, _group_of(state, card), card.source)
    return coverage


def count_shown(state: State) -> Covered:
    """Count the cards of all walls that the room has seen, as the walls show them: projectors have no others."""
    coverage: Covered = {}
    for card in _cards_shown(state):
        _add(coverage, card.pillar, card.aspect, card.sector or POOL, card.source)
    return coverage


def _cards_shown(state: State) -> Iterator[CardDoc]:
    about = _steps_about(state)
    for step in state.steps.values():
        if step.pk in about:
            yield from see.show_cards_of(state, step, Audience.STAGE)


def _steps_about(state: State) -> set[int]:
    """Return the steps whose cards are about a pillar and an aspect. What was practised is thrown away."""
    return {step.pk for step in state.steps.values() if (kind := kind_of(step)).about and not kind.is_practice(step)}


def _group_of(state: State, card: Contribution) -> str:
    return state.sector_names[card.sector_id] if see.bears_sector_mark(state, card) else POOL


def _add(coverage: Covered, pillar: str, aspect: str, group: str, source: str) -> None:
    cell = coverage.setdefault(pillar, {}).setdefault(str(aspect), {}).setdefault(group, {})
    cell[str(source)] = cell.get(str(source), 0) + 1
