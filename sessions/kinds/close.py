"""The end: thanks in the facilitator's words, what happens next, and one's own receipt. Nothing is asked."""

from __future__ import annotations

from ..domain.kind import Example, Name, Settings, StepKind


class CloseSettings(Settings, frozen=True):
    """Of a `close` step: none. Its thanks are its `prompt`, what happens next is its `body`."""


class Close(StepKind[CloseSettings]):
    key = "close"
    Settings = CloseSettings
    words = Name("Afsluiting", "Closing")
    says_what_follows = True
    share = 0.5
    examples = (
        Example("step.open", {}),
        Example("step.reveal", {}, refused="step.not_revealable", after=("step.open",)),
        Example("step.seal", {}, refused="step.wrong_kind", after=("step.open", "step.close")),
    )
