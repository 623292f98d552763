"""What a facilitator sets of a question."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from ...domain.kind import Settings


class Mode(StrEnum):
    """What a question asks for."""

    WORDS = "words"
    """Short answers, counted when they are the same."""
    QA = "qa"
    """Questions from the room, which others support."""


class QuestionSettings(Settings, frozen=True):
    """Of a `question` step."""

    mode: Mode = Mode.WORDS
    """What it asks for: `words`, short answers that are counted when they are the same; or `qa`, questions from the
    room, which others support."""
    most: Annotated[int, msgspec.Meta(ge=1, le=20)] = 3
    """Answers, or questions, per person."""
    live: bool = False
    """Of `words`: the room sees them while they come in."""
    approve: bool = False
    """Of `qa`: the facilitator lets each question through."""
