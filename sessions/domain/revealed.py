"""The one answer to "is it revealed?": asked of a step, whose cards are shown, or of a round, whose result is."""

from __future__ import annotations

from ..models import Round, Step


def is_revealed(shown: Step | Round) -> bool:
    """Whether it is shown. Of a step with rounds: whether its newest round that was opened is."""
    return shown.revealed_at is not None
