"""What is voted on, in words on pages: whose words an item is and what it costs. Of the screens: parts/items.ts."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..enums import ItemSource, Whose


def tell_about(*, source: str, whose: str, document: str, price: int | None) -> str:
    """Return the line below the words of an item; empty where there is nothing to say. A card is known as one, and the
    team's answer to choose is a part of the question.
    """
    is_plain = source == ItemSource.CARD or (source == ItemSource.OPTION and whose == Whose.TEAM)
    parts = ["" if price is None else format_euros(price), "" if is_plain else name_whose(whose, document)]
    return " · ".join(part for part in parts if part)


def name_whose(whose: str, document: str) -> str:
    if whose == Whose.DOCUMENT:
        return _("from: %(document)s") % {"document": document}
    return _("words of the team") if whose == Whose.TEAM else _("words of a participant")


def format_euros(price: int) -> str:
    """Whole euros, as browsers write them: € 25.000 in Dutch, €25,000 in English."""
    if get_language() == "nl":
        return f"€\u00a0{price:,}".replace(",", ".")
    return f"€{price:,}"
