"""Commands in a question, and what comes of them. `$step`, `$round` and `$item` stand for ids."""

from __future__ import annotations

from ...domain.kind import Example

_WORD = {"step": "$step", "text": "donker", "aspect": "unsure", "lang": "nl"}
_QA = {"mode": "qa"}
_QUESTION = _WORD | {"text": "Blijven er betaalbare ruimtes voor starters?"}
_SUPPORT = {"round": "$round", "item": "$item", "value": 1, "tap": 1}
CHOICES = {"mode": "choice", "options": [{"nl": "Fietspad", "en": "Cycle path"}, {"nl": "Avondbus", "en": "Night bus"}]}
SCALE = {"mode": "scale"}
_ANSWERED = {"round": "$round", "item": "$item", "on": True}

EXAMPLES = (
    Example("card.write", _WORD, after=("step.open",)),
    Example("card.write", _WORD, refused="step.not_open"),
    Example("card.write", _WORD | {"text": "  "}, refused="text.empty", after=("step.open",)),
    Example("card.write", _WORD | {"text": "heel " * 12}, refused="text.too_long", after=("step.open",)),
    Example("card.write", _QUESTION, after=("step.open",), settings=_QA),
    Example("card.write", _QUESTION, refused="text.too_long", after=("step.open",)),
    Example("vote.cast", _SUPPORT, after=("step.open",), settings=_QA),
    Example("vote.cast", _SUPPORT | {"value": 2}, refused="vote.bad_mark", after=("step.open",), settings=_QA),
    Example("vote.cast", _SUPPORT, refused="round.not_open", settings=_QA),
    Example("question.answer", _ANSWERED, after=("step.open", "step.close"), settings=_QA),
    Example("question.answer", _ANSWERED | {"item": "0" * 12}, refused="item.unknown", settings=_QA),
    Example("step.reveal", {}, refused="step.not_revealable", after=("step.open",), settings=_QA),
    Example("card.write", _WORD, refused="step.closed", after=("step.open", "step.reveal")),
    Example("vote.cast", _SUPPORT, after=("step.open",), settings=CHOICES),
    Example("vote.cast", _SUPPORT | {"value": 2}, refused="vote.bad_mark", after=("step.open",), settings=CHOICES),
    Example("vote.cast", _SUPPORT, refused="round.not_open", settings=CHOICES),
    Example("vote.cast", _SUPPORT, refused="round.closed", after=("step.open", "step.reveal"), settings=CHOICES),
    Example("card.write", _WORD, refused="step.wrong_kind", after=("step.open",), settings=CHOICES),
    Example("item.remove", {"round": "$round", "items": ["0" * 12]}, refused="step.wrong_kind", settings=CHOICES),
    Example("question.answer", _ANSWERED, refused="step.wrong_kind", after=("step.open",), settings=CHOICES),
    Example("step.open", {}, refused="round.empty", settings={"mode": "choice"}),
    Example("vote.cast", _SUPPORT | {"value": 10}, after=("step.open",), settings=SCALE),
    Example("vote.cast", _SUPPORT | {"value": 11}, refused="vote.bad_mark", after=("step.open",), settings=SCALE),
)
