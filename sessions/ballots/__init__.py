"""The voting methods: pure, one file each; `graded.py` and `chosen.py` hold what several share.

On the server this registry names each of them. Besides, `kinds/question/` names choice, scale and approve, as its
modes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from .approve import Approve, ApproveRules
from .ballot import BallotKind, Rules
from .budget import Budget, BudgetRules
from .choice import Choice, ChoiceRules
from .criteria import Criteria, CriteriaRules
from .criterion import Criterion, CriterionWords, WeightedCriterion
from .dots import Dots, DotsRules
from .matrix import Matrix, MatrixRules
from .opinion import Opinion, OpinionRules
from .pairwise import Pairwise, PairwiseRules
from .points import Points, PointsRules
from .ranking import Ranking, RankingRules
from .rating import Rating, RatingRules
from .scale import Scale, ScaleRules
from .words import AnswerWords

AnyRules = (
    DotsRules
    | ApproveRules
    | OpinionRules
    | RatingRules
    | CriteriaRules
    | RankingRules
    | PointsRules
    | BudgetRules
    | MatrixRules
    | PairwiseRules
    | ChoiceRules
    | ScaleRules
)
ON_THE_WIRE: tuple[type[msgspec.Struct], ...] = (
    AnswerWords,
    Criterion,
    CriterionWords,
    WeightedCriterion,
    *AnyRules.__args__,
)
Ballot = BallotKind[Any]

DEFAULT = Dots.key
"""Of a vote that names no other."""
DEFAULT_RULES = DotsRules()
_ballots: dict[str, Ballot] = {}


class Incomplete(Exception):
    """A ballot lacks something. The program does not start with it."""


def register(kind: Ballot) -> None:
    """Make a ballot known. Raises Incomplete."""
    for name in ("key", "Rules", "outcome", "meaning", "examples"):
        if not getattr(kind, name, None):
            raise Incomplete(f"{type(kind).__name__} has no {name}")
    if kind.key in _ballots:
        raise Incomplete(f"two ballots are called {kind.key}")
    if kind.Rules.__struct_config__.tag != kind.key:
        raise Incomplete(f"the rules of {kind.key} do not name it")
    if not any(example.refused for example in kind.examples):
        raise Incomplete(f"{kind.key} has no example of a refusal")
    _ballots[kind.key] = kind


def forget(kind: Ballot) -> None:
    """Take a ballot out again: what a test registered."""
    del _ballots[kind.key]


def ballot_of(key: str) -> Ballot:
    """Return the ballot with this key. Raises LookupError."""
    return _ballots[key]


def all_ballots() -> tuple[Ballot, ...]:
    return tuple(_ballots.values())


def read_rules(key: str, stored: Mapping[str, Any] | None) -> Any:
    """Return the rules as they are stored; nothing stored: the ballot's own."""
    kind = ballot_of(key)
    return kind.Rules() if stored is None else msgspec.convert({"ballot": key} | dict(stored), kind.Rules)


def write_rules(rules: Rules) -> dict[str, Any]:
    """Return rules as they are stored: the key stands in a column of its own."""
    stored: dict[str, Any] = msgspec.to_builtins(rules)
    del stored["ballot"]
    return stored


for _kind in (
    Dots(),
    Approve(),
    Opinion(),
    Rating(),
    Criteria(),
    Ranking(),
    Points(),
    Budget(),
    Matrix(),
    Pairwise(),
    Choice(),
    Scale(),
):
    register(_kind)
