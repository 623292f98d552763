"""Cards: whose they are, and until when they change."""

from __future__ import annotations

from ...errors import Code, Refused
from ...models import Contribution, Item
from ..actor import Actor


def check_own(*, card: Contribution, actor: Actor) -> None:
    """Somebody else's card is, to a phone, not there."""
    if card.participant_id != actor.id:
        raise Refused(Code.CARD_UNKNOWN)


def check_not_redacted(words: Contribution | Item) -> None:
    """A redacted card is withdrawn by its writer, and changed by nobody; so are an item's own words."""
    if words.hidden_at is not None:
        raise Refused(Code.CARD_REDACTED)


def check_showable(*, card: Contribution, is_there: bool = True) -> None:
    """A redacted card is neither put to the vote nor shown large, nor is one that the room does not have."""
    if card.hidden_at is not None or not is_there:
        raise Refused(Code.CARD_UNKNOWN)


def check_restorable(*, is_restorable: bool) -> None:
    """A card whose text was destroyed, or should have been by now, is not given back."""
    if not is_restorable:
        raise Refused(Code.UNDO_TOO_LATE)


def check_length(*, text: str, most: int) -> None:
    """A kind may ask for short answers; a name is no longer than a title."""
    if len(text) > most:
        raise Refused(Code.TEXT_LONG, limit=most)


def check_card_limit(*, written: int, most: int) -> None:
    """So many cards of one person stand in a step. The limit may have been lowered since they were written."""
    if written >= most:
        raise Refused(Code.CARD_LIMIT, limit=most)


def check_not_in_vote(*, has_begun: bool) -> None:
    """A card in a vote that has begun stays as people saw it. Asked of the round: of the card it would tell votes."""
    if has_begun:
        raise Refused(Code.CARD_IN_VOTE)
