"""What the room writes in the pictures: the rehearsal's own sentences, the O's taking turns."""

from __future__ import annotations

from itertools import chain, zip_longest

from sessions.kinds.collect.sentences import read_sentences

Line = tuple[str, str, str]
"""Language, text, aspect."""


def _pick(pillar: int, number: int, skip: int = 0) -> list[Line]:
    told = [sentence for sentence in read_sentences() if sentence.pillar == pillar]
    sectors = list(dict.fromkeys(sentence.sector for sentence in told))
    turns = zip_longest(*([found for found in told if found.sector == sector] for sector in sectors))
    lines = [(found.lang, found.text, found.aspect.value) for found in chain(*turns) if found is not None]
    return lines[skip : skip + number]


PROFILE = _pick(1, 26)
LOCATION = _pick(2, 16)
ANYWHERE = [line for pair in zip(_pick(1, 7, skip=30), _pick(2, 7, skip=30), strict=True) for line in pair]
"""The pillars take turns too."""
