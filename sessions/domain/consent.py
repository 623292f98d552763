"""The consent profile of a session: what of it may leave the room, in any file and on any page of the studio.

What one person gave may be used as that person agreed to when they joined. So a profile can become stricter at any
time, and looser only before anybody took part (rules/consent.py). In the room itself, on phones, stage and console,
cards are shown while people work with them; but no card has the mark of an O unless the profile lets it.
"""

from __future__ import annotations

from enum import Enum

from ..enums import Consent, Whose


class Content(Enum):
    """What a file or a page can hold of people."""

    FIGURES = "figures"
    """Counts and shares of groups of enough people."""
    WORDS = "words"
    """What people wrote: cards, short answers, questions."""
    SECTOR = "sector"
    """Of which O a card is, and when it was written."""
    PERSON = "person"
    """Rows of one person under a pseudonym, and the log."""


ALLOWED: dict[Consent, frozenset[Content]] = {
    Consent.FULL: frozenset(Content),
    Consent.CHATHAM: frozenset({Content.FIGURES, Content.WORDS}),
    Consent.FIGURES: frozenset({Content.FIGURES}),
}
_STRICTER = (Consent.FULL, Consent.CHATHAM, Consent.FIGURES)
"""From the loosest to the strictest: each allows less than the one before."""


def may_hold(consent: str, content: Content) -> bool:
    """Whether anything outside the room may hold this of a session."""
    return content in ALLOWED[Consent(consent)]


def may_tell_words(consent: str, *, whose: str) -> bool:
    """Whether the words of an item may leave the room: those of the team and of documents always may."""
    return whose != Whose.PARTICIPANT or may_hold(consent, Content.WORDS)


def is_looser(consent: str, *, than: str) -> bool:
    """Whether it allows something that the other does not."""
    return _STRICTER.index(Consent(consent)) < _STRICTER.index(Consent(than))
