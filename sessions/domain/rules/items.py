"""What is voted on: until when a round takes and loses items, how many, and which of them change."""

from __future__ import annotations

from collections.abc import Iterable

from ...enums import Whose
from ...errors import Code, Refused
from ...models import Round, Step
from ..kind import kind_of
from ..lookup import require


def check_is_prepared(*, has_begun: bool) -> None:
    """What people may have seen a round hold, it holds. Asked of the round: of an item it would tell votes."""
    if has_begun:
        raise Refused(Code.ROUND_STARTED)


def check_items_are_chosen(step: Step) -> None:
    """What a step itself puts to the vote is changed in the step."""
    if kind_of(step).offers(step) is not None:
        raise Refused(Code.STEP_WRONG_KIND)


def check_item_limit(*, items: int, most: int) -> None:
    """So many items go into a round."""
    if items > most:
        raise Refused(Code.ITEM_LIMIT, limit=most)


def check_words_differ(words: Iterable[tuple[str, str]]) -> None:
    """No two that people tell apart by their words, nl and en, read the same in a language."""
    for language in zip(*words, strict=True):
        seen: set[str] = set()
        for text in filter(None, language):
            folded = " ".join(text.split()).casefold()
            if folded in seen:
                raise Refused(Code.WORDS_TWICE, text=text)
            seen.add(folded)


def check_own_words(*, is_card: bool) -> None:
    """The words of a card are its writer's."""
    if is_card:
        raise Refused(Code.ITEM_IS_CARD)


def check_not_seen(*, has_begun: bool) -> None:
    """Words that people voted on, or may have, stay as they were: in that round, and in each that it is carried to."""
    if has_begun:
        raise Refused(Code.ITEM_SEEN)


def check_has_words(*words: str) -> None:
    """One language is enough."""
    if not any(words):
        raise Refused(Code.TEXT_EMPTY)


def require_published(round_: Round | None) -> Round:
    """Of another session only what a result showed is there."""
    return require(round_, Code.ROUND_UNKNOWN)


def check_document_named(*, whose: Whose, document: str) -> None:
    """A document's words stand with its name."""
    if whose is Whose.DOCUMENT and not document:
        raise Refused(Code.ITEM_DOCUMENT)


def check_after_another(*, item: str, after: str | None) -> None:
    """Nothing stands behind itself."""
    if after == item:
        raise Refused(Code.ITEM_UNKNOWN)
