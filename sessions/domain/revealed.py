"""The one answer to "is it revealed?": asked of a step, whose cards are shown, or of a round, whose result is."""

from __future__ import annotations

import datetime as dt

from ..models import Round, Step


def is_revealed(shown: Step | Round) -> bool:
    """Whether it is shown. Of a step with rounds: whether its newest round that was opened is."""
    return shown.revealed_at is not None


def was_there_before(step: Step, at: dt.datetime) -> bool:
    """Whether what came at a moment was there when a step was revealed, or it was not revealed yet."""
    return step.revealed_at is None or at <= step.revealed_at
