"""What a facilitator sets of a question."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from ...ballots import ballot_of
from ...ballots.approve import ApproveRules
from ...ballots.choice import ChoiceRules
from ...ballots.scale import ScaleRules
from ...domain.kind import Settings
from ...domain.sanitiser import clean_line, clean_text
from ...limits import ITEM_LENGTH, MOST_OPTIONS

QA = "qa"
"""Questions from the room, which others support."""
CHOICE = "choice"
SUPPORT_RULES = ApproveRules()
"""How somebody supports questions from the room: all that they want to hear."""

OptionWords = Annotated[str, msgspec.Meta(max_length=ITEM_LENGTH)]


class QuestionOption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to choose, in one language or in both."""

    nl: OptionWords = ""
    en: OptionWords = ""


class QuestionSettings(Settings, frozen=True):
    """Of a `question` step."""

    mode: Literal["words", "qa", "choice", "scale"] = "words"
    """What it asks for: `words`, short answers that are counted when they are the same; `qa`, questions from the room,
    which others support; `choice`, one of some options, or several; or `scale`, a number."""
    most: Annotated[int, msgspec.Meta(ge=1, le=20)] = 3
    """Of `words` and `qa`: answers, or questions, per person."""
    live: bool = False
    """Of all but `qa`: the room sees them, or counts of them, while they come in."""
    approve: bool = False
    """Of `qa`: the facilitator lets each question through. Once there are 300, further ones wait in any case."""
    practice: bool = False
    """Of `choice` and `scale`, to try it: everything is thrown away when the step closes."""
    options: Annotated[tuple[QuestionOption, ...], msgspec.Meta(max_length=MOST_OPTIONS)] = ()
    """Of `choice`: the answers to choose from, in their order."""
    rules: ChoiceRules | ScaleRules = ChoiceRules()
    """Of `choice` and `scale`: how people answer. Those of the other mode are as if they were not set."""


def is_voted(settings: QuestionSettings) -> bool:
    """Whether people answer with a vote, of which there is a result."""
    return settings.mode in _RULES


def rules_of(settings: QuestionSettings) -> ApproveRules | ChoiceRules | ScaleRules:
    """Return how people vote; asked where they do, or support."""
    return settings.rules if is_voted(settings) else SUPPORT_RULES


def fit(settings: QuestionSettings) -> QuestionSettings:
    """Let the rules be of the mode."""
    default = _RULES.get(settings.mode)
    if default is None or type(settings.rules) is type(default):
        return settings
    return msgspec.structs.replace(settings, rules=default)


def clean(settings: QuestionSettings) -> QuestionSettings:
    """Clean all words that somebody typed. Options without words are left out."""
    options = (QuestionOption(clean_line(option.nl), clean_line(option.en)) for option in settings.options)
    key = str(settings.rules.__struct_config__.tag)
    return msgspec.structs.replace(
        settings,
        options=tuple(option for option in options if option.nl or option.en),
        rules=ballot_of(key).clean(settings.rules, clean_text),
    )


_RULES: dict[str, ChoiceRules | ScaleRules] = {CHOICE: ChoiceRules(), "scale": ScaleRules()}
