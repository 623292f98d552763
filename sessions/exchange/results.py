"""results.csv: per round and item what everyone chose, and what each group of O's chose."""

from __future__ import annotations

from collections.abc import Iterator

from ..ballots import all_ballots
from ..domain.documents import ResultItemDoc
from ..models import Sector
from ..synthesis.confidence_interval import wilson
from . import columns
from .cells import quote_cells
from .rounds import RoundResult, read_results
from .scope import Scope
from .table import Column, Table

EVERYONE = "all"
EVERYONE_NAMED = "iedereen", "everyone"
TOLD = tuple(
    Column(told.key, f"{told.nl} (alleen bij all)", f"{told.en} (only for all)")
    for kind in all_ballots()
    for told in kind.told
)
"""What ballots tell besides, over everyone: each its own, so the cells of the others are empty."""

COLUMNS = (
    *columns.WHICH_SESSION,
    columns.STEP,
    columns.STEP_TITLE_NL,
    columns.STEP_TITLE_EN,
    columns.ROUND,
    columns.ROUND_NUMBER,
    Column("round_state", "open, closed of revealed (onthuld)", "open, closed or revealed"),
    columns.ITEM,
    columns.CONTRIBUTION,
    columns.PILLAR_NUMBER,
    columns.PILLAR_NL,
    columns.PILLAR_EN,
    columns.ASPECT,
    Column("text", "de tekst; leeg als de kaart is verborgen", "the text; empty when the card was redacted"),
    Column(
        "status",
        "shown; heads_only (per O valt niets te tonen); too_few (te weinig mensen deden mee: geen getallen)",
        "shown; heads_only (nothing can be shown per O); too_few (too few people took part: no figures)",
    ),
    Column(
        "place",
        "plaats in de uitslag, vanaf 1: naar balanced, of naar heads als per O niets te tonen is; gelijke waarden delen"
        " een plaats",
        "place in the result, from 1: by balanced, or by heads where nothing can be shown per O; equal values share a"
        " place",
    ),
    Column("place_heads", "plaats naar heads, vanaf 1", "place by heads, from 1"),
    Column(
        "group",
        "all (iedereen), of de sleutels van de O's die samen één groep zijn, met + ertussen; een O waarvan niemand"
        " meedeed zit in geen groep. Mensen kozen hun O zelf",
        "all (everyone), or the keys of the O's that are one group together, joined by +; an O of which nobody took"
        " part is in no group. People chose their O themselves",
    ),
    Column("group_nl", "namen van de O's van deze groep, Nederlands", "names of the O's of this group, Dutch"),
    Column("group_en", "namen van de O's van deze groep, Engels", "names of the O's of this group, English"),
    Column("n", "mensen van deze groep die meededen in deze ronde", "people of this group who took part in this round"),
    Column(
        "heads",
        "mensen met de volle score op dit punt: minstens één stip, of het ermee eens",
        "people with the full score on this item: at least one dot, or who agree",
    ),
    *TOLD,
    Column(
        "share",
        "gemiddelde score op dit punt, 0 tot 1; waar de score 0 of 1 is: heads gedeeld door of",
        "mean score on this item, 0 to 1; where a score is 0 or 1: heads divided by of",
        decimal=True,
    ),
    Column(
        "low",
        "ondergrens van het 90%-interval van share (Wilson)",
        "lower end of the 90 % interval of share (Wilson)",
        decimal=True,
    ),
    Column("high", "bovengrens van dat interval", "upper end of that interval", decimal=True),
    Column(
        "balanced",
        "elke O even zwaar: gemiddelde van de shares, een groep telt voor de O's die erin zitten (alleen bij all)",
        "each O the same weight: mean of the shares, a group counts for the O's in it (only for all)",
        decimal=True,
    ),
    Column(
        "spread",
        "grootste verschil tussen de shares van twee groepen (alleen bij all)",
        "widest difference between the shares of two groups (only for all)",
        decimal=True,
    ),
    Column(
        "differs",
        "true als spread groter is dan toeval: groter dan in 95 van de 100 stemmingen met geschudde O's, over alle"
        " punten tegelijk; leeg als dat niet is nagegaan (alleen bij all)",
        "true when spread is more than chance: larger than in 95 of 100 rounds with shuffled O's, over all items at"
        " once; empty when it was not tested (only for all)",
    ),
    Column(
        "late",
        "stembriefjes die na de uitslag kwamen en niet getoond kunnen worden zonder iemand bloot te geven (alleen bij"
        " all)",
        "ballots that came after the result and cannot be shown without exposing somebody (only for all)",
    ),
    Column(
        "both",
        "mensen die in deze ronde en in de ronde ervoor meededen; leeg als er geen ronde voor was, of als dat getal"
        " iemand bloot zou geven (alleen bij all)",
        "people who took part in this round and in the one before it; empty when there was none before, or when that"
        " number would expose somebody (only for all)",
    ),
    Column(
        "absent",
        "sleutels van de O's waarvan niemand meedeed, met + ertussen (alleen bij all)",
        "keys of the O's of which nobody took part, joined by + (only for all)",
    ),
    Column(
        "chance_line",
        "de grens van toeval waar differs mee vergelijkt: een spread daarboven is groter dan toeval; leeg als dat niet"
        " is nagegaan (alleen bij all)",
        "the line of chance that differs compares with: a spread above it is more than chance; empty when it was not"
        " tested (only for all)",
        decimal=True,
    ),
    columns.BALLOT,
    Column(
        "of",
        "mensen waar share over gaat: wie meedeed in de ronde, of wie dit punt beantwoordde",
        "people whom share is of: who took part in the round, or who answered this item",
    ),
)
_NO_FIGURES = ',""' * (len(COLUMNS) - 1 - [column.key for column in COLUMNS].index("group_en") - 2)
_ALONE = 7
"""Columns behind `high` that are for everyone only."""


def read_lines(scope: Scope) -> Iterator[str]:
    """Yield for each item a line for everyone and one per group, in the order of the result."""
    known = {sector.public_id: sector for sector in scope.sectors}
    pillars = {pillar.number: quote_cells(pillar.number, pillar.name_nl, pillar.name_en) for pillar in scope.pillars}
    everyone = quote_cells(EVERYONE, *EVERYONE_NAMED)
    for told in read_results(
        rounds=scope.rounds, sectors=scope.sectors, role=scope.role, threshold=scope.session.programme.threshold
    ):
        groups = [(_name_group([known[name] for name in group.sectors]), group.n) for group in told.result.groups]
        step = told.round.step
        about = f"{scope.which_session}," + quote_cells(
            step.public_id,
            step.title_nl,
            step.title_en,
            told.round.public_id,
            told.round.number,
            told.state,
        )
        if told.result.n is None:
            for item in sorted(told.entries):
                yield _tell_too_few(f"{about},{_tell_entry(told, item, pillars)}", everyone, told)
            continue
        for item in told.result.few:
            yield _tell_too_few(f"{about},{_tell_entry(told, item, pillars)}", everyone, told)
        for figures in told.result.items:
            status = "shown" if figures.shares else "heads_only"
            places = quote_cells(status, figures.place, figures.heads_place)
            line = f"{about},{_tell_entry(told, figures.item, pillars)},{places}"
            absent = "+".join(known[name].key for name in told.result.absent)
            yield f"{line},{everyone},{_tell_everyone(told, told.result.n, figures, absent)}"
            if not figures.shares:
                continue
            for (name, n), heads, of, share in zip(
                groups, figures.group_heads, figures.group_of, figures.shares, strict=True
            ):
                sure = _tell_sure(told, heads, of)
                cells = quote_cells(n, heads, *[None] * len(TOLD), share, *sure, *[None] * _ALONE, told.ballot.key, of)
                yield f"{line},{name},{cells}"


def _name_group(sectors: list[Sector]) -> str:
    return quote_cells(
        "+".join(sector.key for sector in sectors),
        " + ".join(sector.name_nl for sector in sectors),
        " + ".join(sector.name_en for sector in sectors),
    )


def _tell_entry(told: RoundResult, item: str, pillars: dict[int, str]) -> str:
    entry = told.entries[item]
    return f"{quote_cells(entry.item, entry.card)},{pillars[entry.pillar]},{quote_cells(entry.aspect, entry.text)}"


def _tell_too_few(about: str, everyone: str, told: RoundResult) -> str:
    return f'{about},"too_few","","",{everyone}{_NO_FIGURES},{quote_cells(told.ballot.key, None)}'


def _tell_sure(told: RoundResult, heads: int, of: int) -> tuple[float | None, float | None]:
    """Return the interval of a share; the mean of other scores than 0 and 1 has none."""
    return wilson(hits=heads, n=of) if told.ballot.is_yes_or_no else (None, None)


def _tell_everyone(told: RoundResult, n: int, item: ResultItemDoc, absent: str) -> str:
    result = told.result
    return quote_cells(
        n,
        item.heads,
        *(item.told.get(column.key) for column in TOLD),
        item.share,
        *_tell_sure(told, item.heads, item.of),
        item.balanced,
        item.spread,
        item.differs,
        result.late,
        result.both,
        absent,
        result.chance.line if result.chance else None,
        told.ballot.key,
        item.of,
    )


TABLE = Table(
    name="results.csv",
    nl="De uitslag van elke ronde die gezien mag worden: per punt voor iedereen en per groep.",
    en="The result of every round that may be seen: per item for everyone and per group.",
    columns=COLUMNS,
    lines=read_lines,
)
