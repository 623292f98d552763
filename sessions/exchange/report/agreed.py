"""What a report says of what people wrote: as they agreed to when they joined (domain/consent.py)."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from django.utils.translation import gettext as _

from ...domain.consent import Content, may_hold, may_tell_words
from ...domain.documents import ItemDoc, Words
from ...domain.reading_along import ShownRound, ShownStep


def keep_agreed(step: ShownStep, *, consent: str) -> ShownStep:
    """Return a step without words that may not leave the room. Cards stay, to be counted: who prints them asks
    `Facts.has_texts`.
    """
    rounds = [_keep_round(found, consent=consent) for found in step.rounds]
    if may_hold(consent, Content.WORDS):
        return replace(step, rounds=rounds)
    return replace(step, rounds=rounds, words=None, questions=[])


def _keep_round(found: ShownRound, *, consent: str) -> ShownRound:
    rows = [
        replace(row, item=_without_words(row.item, number))
        if not may_tell_words(consent, whose=row.item.whose)
        else row
        for number, row in enumerate(found.rows, start=1)
    ]
    return replace(found, rows=rows)


def _without_words(item: ItemDoc, number: int) -> ItemDoc:
    name = _("Item %(n)s, not told") % {"n": number}
    return msgspec.structs.replace(item, text=name, words=Words(name, name) if item.words else None)
