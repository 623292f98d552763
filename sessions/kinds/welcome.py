"""A text to begin with; `close.py` is the one to end with. Nothing is asked."""

from __future__ import annotations

from ..domain.kind import Example, Name, Settings, StepKind


class WelcomeSettings(Settings, frozen=True):
    """Of a `welcome` step: none."""


class Welcome(StepKind[WelcomeSettings]):
    key = "welcome"
    Settings = WelcomeSettings
    words = Name("Welkom", "Welcome")
    share = 1
    examples = (
        Example("step.open", {}),
        Example("step.reveal", {}, refused="step.not_revealable", after=("step.open",)),
        Example("step.seal", {}, refused="step.wrong_kind", after=("step.open", "step.close")),
    )
