"""Commands in a vote, and what comes of them. `$step`, `$round` and `$item` stand for ids."""

from __future__ import annotations

from ...domain.kind import Example

_MARK = {"round": "$round", "item": "$item", "value": 1, "tap": 1}

EXAMPLES = (
    Example("vote.cast", _MARK, after=("step.open",)),
    Example("vote.cast", _MARK, refused="round.not_open"),
    Example("vote.cast", _MARK | {"value": 50}, refused="vote.value", after=("step.open",)),
    Example("vote.cast", _MARK | {"item": "000000000000"}, refused="item.unknown", after=("step.open",)),
    Example("vote.cast", _MARK, refused="round.closed", after=("step.open", "step.reveal")),
    Example(
        "card.write",
        {"step": "$step", "text": "Hier niet", "aspect": "both", "lang": "nl"},
        refused="step.wrong_kind",
        after=("step.open",),
    ),
)
