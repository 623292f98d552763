"""A question that is asked about every item, beside others: its name, and the words at the ends of its numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

import msgspec

from .graded import clean_words
from .words import AnswerWords, Label

CriterionName = Annotated[str, msgspec.Meta(min_length=1, max_length=48)]


class CriterionWords(Label, frozen=True, forbid_unknown_fields=True):
    """Stands over a row of numbers."""

    nl: CriterionName
    en: CriterionName


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`low`, `high`: what the lowest and the highest number say."""

    name: CriterionWords
    low: AnswerWords
    high: AnswerWords


class WeightedCriterion(Criterion, frozen=True):
    """`weight`: how much it counts beside the others."""

    weight: Annotated[int, msgspec.Meta(ge=1, le=10)] = 1


C = TypeVar("C", bound=Criterion)


def clean_criterion(criterion: C, line: Callable[[str], str]) -> C:
    return msgspec.structs.replace(
        criterion,
        name=CriterionWords(line(criterion.name.nl), line(criterion.name.en)),
        low=clean_words(criterion.low, line),
        high=clean_words(criterion.high, line),
    )


def name_criterion(criterion: Criterion) -> Label:
    return Label(criterion.name.nl, criterion.name.en)
