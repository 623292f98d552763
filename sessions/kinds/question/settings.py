"""What a facilitator sets of a question."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from ...domain.kind import Settings

QA = "qa"
"""Questions from the room, which others support; else short answers."""


class QuestionSettings(Settings, frozen=True):
    """Of a `question` step."""

    mode: Literal["words", "qa"] = "words"
    """What it asks for: `words`, short answers that are counted when they are the same; or `qa`, questions from the
    room, which others support."""
    most: Annotated[int, msgspec.Meta(ge=1, le=20)] = 3
    """Answers, or questions, per person."""
    live: bool = False
    """Of `words`: the room sees them while they come in."""
    approve: bool = False
    """Of `qa`: the facilitator lets each question through. Once there are 300, further ones wait in any case."""
