"""Words for people that a ballot brings: labels in both languages, and sentences that are translated when shown."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import msgspec


class Label(msgspec.Struct, frozen=True):
    """Words of an answer, in Dutch and English."""

    nl: str
    en: str


ONE_QUESTION = (Label("", ""),)
Short = Annotated[str, msgspec.Meta(min_length=1, max_length=32)]


class AnswerWords(Label, frozen=True, forbid_unknown_fields=True):
    """Words of an answer that a facilitator may set: they stand on a button of half a phone's width."""

    nl: Short
    en: Short


class Phrase(NamedTuple):
    """A sentence for a person, with its plural; `n` decides which."""

    one: str
    many: str
    n: int = 1


def ngettext(one: str, many: str, n: int = 1) -> Phrase:
    """Mark a sentence for translation. Whoever shows it translates it."""
    return Phrase(one, many, n)


def gettext_noop(text: str) -> str:
    """The same for a sentence without a plural."""
    return text
