"""A number that several parts keep stands in sessions/limits.py alone: fields and columns name it."""

from __future__ import annotations

import re

from sessions import limits
from sessions.models import Contribution, Item, Session, Step

from ..server import ROOT

SVELTE = sorted((ROOT / "frontend" / "src").rglob("*.svelte"))
PYTHON = [path for path in sorted((ROOT / "sessions").rglob("*.py")) if "migrations" not in path.parts]
WRITTEN = re.compile(r"max_?length\s*[=:]\s*[\"{(]?\s*(\d+)")


def test_no_field_of_a_screen_writes_a_length_itself() -> None:
    written = {path.name: found for path in SVELTE if (found := WRITTEN.findall(path.read_text(encoding="utf-8")))}
    assert not written


def test_the_length_of_a_card_and_of_a_body_are_written_once() -> None:
    for value in (limits.CARD_LENGTH, limits.BODY_LENGTH):
        again = [path.name for path in PYTHON if str(value) in WRITTEN.findall(path.read_text(encoding="utf-8"))]
        assert not again, value


def test_columns_and_screens_have_the_same() -> None:
    fields = [(Contribution, "text"), (Session, "title_nl"), (Step, "title_en"), (Step, "prompt_nl"), (Step, "body_en")]
    fields += [(Item, "document"), (Step, "notes")]
    lengths = [model._meta.get_field(name).max_length for model, name in fields]
    title = limits.TITLE_LENGTH
    assert lengths == [
        limits.CARD_LENGTH,
        title,
        title,
        limits.PROMPT_LENGTH,
        limits.BODY_LENGTH,
        limits.DOCUMENT_LENGTH,
        limits.NOTES_LENGTH,
    ]
    wire = (ROOT / "frontend" / "src" / "lib" / "wire.gen.ts").read_text(encoding="utf-8")
    told = dict(re.findall(r"export const ([A-Z_]+) = (\d+);", wire))
    assert told == {
        "CARD_LENGTH": str(limits.CARD_LENGTH),
        "WORD_LENGTH": str(limits.WORD_LENGTH),
        "ITEM_LENGTH": str(limits.ITEM_LENGTH),
        "DOCUMENT_LENGTH": str(limits.DOCUMENT_LENGTH),
        "MOST_ITEMS": str(limits.MOST_ITEMS),
        "MOST_OPTIONS": str(limits.MOST_OPTIONS),
        "ITEMS_AT_ONCE": str(limits.ITEMS_AT_ONCE),
        "MOST_PRICE": str(limits.MOST_PRICE),
        "TITLE_LENGTH": str(title),
        "MESSAGE_LENGTH": str(limits.MESSAGE_LENGTH),
        "NOTES_LENGTH": str(limits.NOTES_LENGTH),
        "PROMPT_LENGTH": str(limits.PROMPT_LENGTH),
        "BODY_LENGTH": str(limits.BODY_LENGTH),
        "MOST_SIMULATED": str(limits.MOST_SIMULATED),
        "SIMULATED_MINUTES": str(limits.SIMULATED_MINUTES),
        "MOST_MINUTES": str(limits.MOST_MINUTES),
        "GRACE_MS": str(limits.GRACE.seconds * 1000),
        "UNDO_MS": str(limits.UNDO.seconds * 1000),
    }
