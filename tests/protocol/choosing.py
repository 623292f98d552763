"""What a drawn command is about: mostly what is there, sometimes what is not."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from .model import Model

Doc = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]
NOBODY = "000000000000"


class Choosing:
    """Chooses what a command is about, by what the model knows."""

    def __init__(self, model: Model, foreign: Sequence[str]) -> None:
        self.model = model
        self.foreign = [*foreign, NOBODY]
        """Ids of another session, and one that nobody has."""
        self._numbers = itertools.count(1)
        self.words: set[str] = set()
        """Every text and title ever drawn."""

    def _one(self, draw: Draw, *pools: Sequence[str]) -> str:
        """Draw from the first pools most often, from what is not there sometimes."""
        choices = [name for pool in pools for name in pool]
        if not choices or draw(st.integers(0, 19)) == 19:
            choices = self.foreign
        return str(draw(st.sampled_from(choices)))

    def _steps(self, *kinds: str) -> list[str]:
        return [step.id for step in self.model.steps.values() if not kinds or step.kind in kinds]

    def _open(self, kind: str) -> list[str]:
        """Return steps of a kind that are open, several times: most commands are about them."""
        return [s.id for s in self.model.steps.values() if (s.kind, s.state) == (kind, "open")] * 6

    def _text(self, draw: Draw) -> str:
        if draw(st.integers(0, 29)) == 29:
            return str(draw(st.sampled_from(["", "  \t ", "a\x00b", "é" * 240])))
        text = f"woorden {next(self._numbers)}"
        self.words.add(text)
        return text

    def _title(self) -> str:
        title = f"titel {next(self._numbers)}"
        self.words.add(title)
        return title

    def _pillar(self, draw: Draw) -> str:
        return self._one(draw, self.model.pillars)

    def _some(self, draw: Draw, **fields: Callable[[], Any]) -> Doc:
        """Draw some of these fields."""
        return {name: make() for name, make in fields.items() if draw(st.booleans())}

    def _named(self) -> list[str]:
        """Return the cards that the projectors' page, or what is large there, is named by."""
        stage = self.model.stage or {}
        return [name for name in (stage.get("first"), stage.get("card")) if name in self.model.cards]

    def _maybe(self, draw: Draw, pool: Sequence[str]) -> str | None:
        return None if draw(st.integers(0, 2)) == 2 else self._one(draw, pool)
