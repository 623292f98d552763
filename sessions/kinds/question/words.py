"""Which short answers are the same, and how often each was given. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import NamedTuple

_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
"""Combining marks of Latin, Greek and Cyrillic; points of Hebrew and Arabic. In other scripts they are letters."""


class Said(NamedTuple):
    """A short answer, and who gave it."""

    by: Hashable
    text: str


class Counted(NamedTuple):
    """A word in the spelling that most people used, and how many people said it."""

    text: str
    n: int


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return what is the same for the same words: without case, accents and surrounding space.

    Case is folded by the three steps that JavaScript has as well, which has no `casefold`: the phone computes the same
    (frontend/src/kinds/question/likeness.ts), and tests/kinds/folded_words.json holds both to it.
    """
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(plain.lower().upper().lower().replace("ς", "σ").split())


def count_words(said: Iterable[Said]) -> list[Counted]:
    """Return the words, the most said first. Whoever says one twice is counted once.

    Equals stand in the order of the alphabet, and so does a spelling among those that are used as often: nothing tells
    who was first.
    """
    people: dict[str, set[Hashable]] = defaultdict(set)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for by, text in said:
        key = fold(text)
        if by not in people[key]:
            people[key].add(by)
            spellings[key][text.strip()] += 1
    ranked = sorted(people, key=lambda key: (-len(people[key]), key))
    return [Counted(_most_used(spellings[key]), len(people[key])) for key in ranked]


def _most_used(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
