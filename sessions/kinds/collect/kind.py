"""What a step is in which people write cards. The commands of cards are the engine's: domain/handlers/cards.py."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Annotated, Any

import msgspec

from ...domain.kind import Input, Name, Part, Rows, Settings, StepKind
from ...domain.revealed import is_revealed
from ...domain.state import State
from ...domain.viewer import Viewer
from ...domain.world import World
from ...enums import Audience
from ...models import Contribution, Round, Step
from . import people
from .examples import EXAMPLES


class CollectSettings(Settings, frozen=True):
    """Of a `collect` step."""

    silent: bool = True
    """Cards stay with their writers until the reveal."""
    max_cards: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20
    """Cards per person."""
    practice: bool = False
    """To try it: everything is thrown away when the step closes."""


class Collect(StepKind[CollectSettings]):
    key = "collect"
    Settings = CollectSettings
    frozen = frozenset({"silent", "practice"})
    variants = ({}, {"practice": True})
    words = Name("Kaarten schrijven", "Write cards")
    input = Input.CARDS
    revealable = True
    share = 5
    examples = EXAMPLES

    def is_practice(self, step: Step) -> bool:
        return self.settings(step).practice

    def is_revealable(self, step: Step) -> bool:
        return not self.is_practice(step)

    def most_cards(self, step: Step) -> int:
        return self.settings(step).max_cards

    def has_begun(self, *, world: World, step: Step) -> bool:
        """An opening may have been undone after somebody wrote."""
        return step.opened_at is not None or Contribution.objects.filter(step=step).exists()

    def may_see(self, *, step: Step, round_: Round | None, viewer: Viewer) -> Collection[Part]:
        """Silent writing: cards stay with their writers until the reveal. A phone gets nobody else's."""
        if viewer.audience is Audience.PHONE:
            return ()
        shown = viewer.audience is Audience.CONSOLE or is_revealed(step) or not self.settings(step).silent
        return (Part.CARDS,) if shown else ()

    def shows_card(self, *, world: World, step: Step, card: Contribution) -> bool:
        return card.step_id == step.pk and bool(self.may_see(step=step, round_=None, viewer=Viewer(Audience.STAGE)))

    def turns(self, step: Step) -> bool:
        return True

    def answered(self, *, state: State, step: Step) -> set[int]:
        return state.writers_of(step)

    def rows(self, step: Step) -> Iterable[Rows]:
        """Return the cards, also those that were taken back or redacted: without their text they are rows as well."""
        stored = Contribution.objects.filter(step=step).values_list("public_id", "sector__key", "aspect")
        yield Rows("contributions.csv", ("contribution", "sector", "aspect"), list(stored))

    def act(self, *, person: Any, step: dict[str, Any]) -> None:
        people.write_or_think_again(person, step)
