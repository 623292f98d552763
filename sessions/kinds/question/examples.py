"""Commands in a question, and what comes of them. `$step`, `$round` and `$item` stand for ids."""

from __future__ import annotations

from ...domain.kind import Example

_WORD = {"step": "$step", "text": "donker", "aspect": "unsure", "lang": "nl"}

EXAMPLES = (
    Example("card.write", _WORD, after=("step.open",)),
    Example("card.write", _WORD, refused="step.not_open"),
    Example("card.write", _WORD | {"text": "  "}, refused="text.empty", after=("step.open",)),
    Example("card.write", _WORD | {"text": "heel " * 12}, refused="text.too_long", after=("step.open",)),
    Example("card.write", _WORD, refused="step.closed", after=("step.open", "step.reveal")),
)
