"""A pause. Nothing is asked."""

from __future__ import annotations

from ..domain.kind import Example, Name, Settings, StepKind


class BreakSettings(Settings, frozen=True):
    """Of a `break` step: none."""


class Break(StepKind[BreakSettings]):
    key = "break"
    Settings = BreakSettings
    words = Name("Pauze", "Break")
    share = 0.5
    rests = True
    examples = (
        Example("step.open", {}),
        Example("step.reveal", {}, refused="step.not_revealable", after=("step.open",)),
        Example("step.seal", {}, refused="step.wrong_kind", after=("step.open", "step.close")),
    )
