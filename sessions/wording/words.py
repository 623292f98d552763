"""Texts that are stored in Dutch and English, in the language of the page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ..ballots.ballot import Statistic
from ..ballots.words import Label, Phrase
from ..enums import Aspect, Consent, Reason


def in_language(thing: Any, field: str) -> str:
    """Return `field_nl` or `field_en` of a programme, sector, session, …"""
    return str(getattr(thing, f"{field}_{'en' if get_language() == 'en' else 'nl'}"))


def pair(thing: Any, field: str) -> dict[str, str]:
    """Return both, as they go out in JSON."""
    return {"nl": getattr(thing, f"{field}_nl"), "en": getattr(thing, f"{field}_en")}


def programme_context(programme: Any) -> dict[str, str]:
    """Return what the base template says of the programme."""
    return {"name": in_language(programme, "name"), "slug": programme.slug}


def say(words: Phrase | Label) -> str:
    """Return what a ballot says, in the language of the page."""
    if isinstance(words, Label):
        return words.en if get_language() == "en" else words.nl
    return ngettext(words.one, words.many, words.n) % {"n": words.n}


def say_heading(column: Statistic) -> str:
    """Return what stands above a column of what a ballot tells."""
    words = column.en if get_language() == "en" else column.nl
    return words[:1].upper() + words[1:]


def in_words(number: Decimal) -> str:
    """Return a number with the decimal sign of the page's language."""
    return str(number) if get_language() == "en" else str(number).replace(".", ",")


def name_consent(consent: str) -> str:
    """Return the name of a consent profile, as whoever makes a session chooses it."""
    return {
        Consent.FULL: _("Everything, under a pseudonym"),
        Consent.CHATHAM: _("Chatham House: words without who or which O"),
        Consent.FIGURES: _("Figures only"),
    }[Consent(consent)]


def explain_consent(consent: str) -> str:
    """Return what people are told of it before they join."""
    return {
        Consent.FULL: _("The core team also gets a row per person, without a name."),
        Consent.CHATHAM: _("Cards leave the session without O, writer or moment."),
        Consent.FIGURES: _("Only figures leave the session; cards are seen in the room only."),
    }[Consent(consent)]


def name_aspect(aspect: str) -> str:
    """Return what a card is about."""
    return {
        Aspect.HARDWARE: _("hardware"),
        Aspect.SOFTWARE: _("software"),
        Aspect.BOTH: _("both"),
        Aspect.UNSURE: _("not sure"),
    }[Aspect(aspect)]


def name_reason(reason: Reason) -> str:
    """Return why a card was redacted, in a list of reasons."""
    return {
        Reason.NAME: _("a name"),
        Reason.OFF_TOPIC: _("off topic"),
        Reason.RUDE: _("rude"),
        Reason.DOUBLE: _("there already"),
        Reason.UNKNOWN: "",
    }[reason]


def why_hidden(reason: Reason) -> str:
    """Return the sentence for whoever wrote a card that was redacted."""
    return {
        Reason.NAME: _("The facilitator hid this card: it holds a name or other personal data."),
        Reason.OFF_TOPIC: _("The facilitator hid this card: it is off topic."),
        Reason.RUDE: _("The facilitator hid this card: it is rude."),
        Reason.DOUBLE: _("The facilitator hid this card: it was there already."),
        Reason.UNKNOWN: _("The facilitator hid this card."),
    }[reason]
