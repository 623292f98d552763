"""The cards that simulated people write, from sentences.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ...enums import Aspect

SECOND_THOUGHTS = {
    "nl": ("Liefst dit jaar nog.", "Begin klein.", "Samen met de buren.", "Daar heb ik al mensen voor.", "Graag snel."),
    "en": ("Preferably this year.", "Start small.", "Together with the neighbours.", "I know people for this."),
}
"""What is put behind a card when its writer thinks again."""


class Sentence(NamedTuple):
    sector: str
    pillar: int
    aspect: Aspect
    lang: str
    text: str


@cache
def read_sentences() -> tuple[Sentence, ...]:
    """Return all sentences, in the order of the file."""
    stored = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))
    return tuple(
        Sentence(sector, int(pillar), Aspect(aspect), lang, text)
        for sector, pillars in stored.items()
        for pillar, cards in pillars.items()
        for aspect, lang, text in cards
    )


def sentences_for(*, sector: str, pillar: int | None) -> list[Sentence]:
    """Return what somebody of this O has to say on a pillar; on any pillar, or as anybody, where that is unknown."""
    everything = read_sentences()
    on_pillar = [found for found in everything if pillar is None or found.pillar == pillar] or list(everything)
    return [found for found in on_pillar if found.sector == sector] or on_pillar
