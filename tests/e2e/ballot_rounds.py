"""What the tour puts to the vote by each ballot that has rounds of its own there, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Words = tuple[str, str]
"""Dutch, English."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A vote step. `cards`: so many of the profile's; `items`: what else, with a price where there is one."""

    ballot: str
    title: Words
    prompt: Words
    rules: Mapping[str, Any] = field(default_factory=dict)
    cards: int = 0
    items: tuple[tuple[str, str, int | None], ...] = ()
    acts: int = 3
    """How often each person of the crowd does something."""


APPROVE = Asked(
    ballot="approve",
    title=("Goedkeuren", "Approve"),
    prompt=("Waar kun je mee leven?", "What can you live with?"),
    rules={"most": 3},
    cards=6,
)
RATING = Asked(
    ballot="rating",
    title=("Waarderen", "Rate"),
    prompt=("Hoe belangrijk voor het gebied?", "How important for the area?"),
    cards=6,
    acts=5,
)
CRITERIA = Asked(
    ballot="criteria",
    title=("Wegen", "Weigh"),
    prompt=("Wat vind je van elk idee?", "What do you think of each idea?"),
    rules={
        "criteria": [
            {
                "name": {"nl": "Verschil voor het gebied", "en": "Difference for the area"},
                "low": {"nl": "klein", "en": "small"},
                "high": {"nl": "groot", "en": "large"},
                "weight": 2,
            },
            {
                "name": {"nl": "Te doen binnen vijf jaar", "en": "Can be done in five years"},
                "low": {"nl": "nee", "en": "no"},
                "high": {"nl": "zeker", "en": "certainly"},
            },
            {
                "name": {"nl": "Past bij wie we zijn", "en": "Fits who we are"},
                "low": {"nl": "nauwelijks", "en": "hardly"},
                "high": {"nl": "helemaal", "en": "completely"},
            },
        ]
    },
    cards=3,
)
RANKING = Asked(
    ballot="ranking",
    title=("Rangschikken", "Rank"),
    prompt=("Zet je drie belangrijkste bovenaan", "Put your three most important first"),
    cards=6,
)
POINTS = Asked(
    ballot="points",
    title=("Punten verdelen", "Divide points"),
    prompt=("Hoeveel is elk idee je waard?", "How much is each idea worth to you?"),
    cards=6,
    acts=4,
)
BUDGET = Asked(
    ballot="budget",
    title=("Budget verdelen", "Spend a budget"),
    prompt=("Wat koop jij voor het gebied?", "What would you buy for the area?"),
    rules={"total": 4_000_000},
    items=(
        ("Overdekt plein met podium", "A covered square with a stage", 1_800_000),
        ("Fietsroute naar het station verlicht", "Lights along the cycle route to the station", 800_000),
        ("Twee jaar programma op donderdag", "A programme every Thursday, for two years", 500_000),
        ("Borden en routes in twee talen", "Signs and routes in two languages", 350_000),
        ("Congreszaal voor 400 mensen", "A conference room for 400 people", 2_600_000),
        ("Begane grond open", "Open ground floors", 1_200_000),
    ),
)
MATRIX = Asked(
    ballot="matrix",
    title=("Effect en haalbaarheid", "Effect and feasibility"),
    prompt=("Waar ligt elk idee?", "Where does each idea lie?"),
    cards=6,
    acts=6,
)
PAIRWISE = Asked(
    ballot="pairwise",
    title=("Twee aan twee", "Two by two"),
    prompt=("Wat gaat voor?", "What comes first?"),
    rules={"pairs": 5},
    cards=5,
    acts=4,
)
CHOICE = Asked(
    ballot="choice",
    title=("Eén antwoord", "One answer"),
    prompt=("Waar begint het terrein voor jou?", "Where does the site begin for you?"),
    items=(
        ("Bij het station", "At the station", None),
        ("Bij de Hengelosestraat", "At the Hengelosestraat", None),
        ("Op de campus", "On the campus", None),
        ("Bij de snelweg", "At the motorway", None),
        ("Het heeft geen begin", "It has no beginning", None),
    ),
    acts=1,
)
SCALE = Asked(
    ballot="scale",
    title=("Een cijfer", "A number"),
    prompt=("Hoe trots ben je op het gebied?", "How proud are you of the area?"),
    items=(
        (
            "Hoe graag neem je hier bezoek uit het buitenland mee naartoe?",
            "How much do you like to bring visitors from abroad here?",
            None,
        ),
    ),
    acts=1,
)

ROUNDS = (APPROVE, RATING, CRITERIA, RANKING, POINTS, BUDGET, MATRIX, PAIRWISE, CHOICE, SCALE)
