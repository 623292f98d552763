"""Commands in a step of cards, and what comes of them. `$step` and `$pillar` stand for ids."""

from __future__ import annotations

from ...domain.kind import Example

_CARD = {"step": "$step", "text": "Meer groen", "aspect": "hardware", "lang": "nl", "pillar": "$pillar"}

EXAMPLES = (
    Example("card.write", _CARD, after=("step.open",)),
    Example("card.write", _CARD, refused="step.not_open"),
    Example("card.write", _CARD | {"text": "  "}, refused="text.empty", after=("step.open",)),
    Example("card.write", {**_CARD, "pillar": None}, refused="pillar.missing", after=("step.open",)),
    Example("card.write", _CARD, refused="step.closed", after=("step.open", "step.close", "step.reveal")),
)
