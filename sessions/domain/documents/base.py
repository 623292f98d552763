"""What all documents have in common."""

from __future__ import annotations

import msgspec


class Document(msgspec.Struct, frozen=True):
    """Base of everything shown."""


class Words(Document, frozen=True):
    """A text in Dutch and English."""

    nl: str
    en: str
