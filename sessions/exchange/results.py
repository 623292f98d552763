"""results.csv: per round and item what everyone chose, and what each group of O's chose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..ballots.ballot import SEEN
from ..domain.consent import Content
from ..domain.documents import MeanDoc, ResultItemDoc
from ..domain.voting import voting_of
from ..models import Sector
from ..synthesis.confidence_interval import wilson
from . import columns
from .cells import Cell, quote_cells
from .result_columns import COLUMNS, TOLD
from .rounds import RoundResult, read_results
from .scope import Scope
from .table import Table

EVERYONE = "all"
EVERYONE_NAMED = "iedereen", "everyone"
_FIGURES = [column.key for column in COLUMNS[[column.key for column in COLUMNS].index("group_en") + 1 :]]


def read_lines(scope: Scope) -> Iterator[str]:
    """Yield for each item a line for everyone and one per group, in the order of the result."""
    known = {sector.public_id: sector for sector in scope.sectors}
    pillars: dict[int | None, str] = {
        pillar.number: quote_cells(pillar.number, pillar.name_nl, pillar.name_en) for pillar in scope.pillars
    }
    pillars[None] = quote_cells(None, None, None)
    everyone = quote_cells(EVERYONE, *EVERYONE_NAMED)
    for told in read_results(
        rounds=scope.rounds,
        sectors=scope.sectors,
        role=scope.role,
        threshold=scope.session.programme.threshold,
        consent=scope.session.consent,
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
        for item in told.result.few if told.result.n is not None else sorted(told.entries):
            few = _quote({"ballot": told.ballot.key} | _tell_about(told, item))
            yield f'{about},{_tell_entry(told, item, pillars)},"too_few","","",{everyone},{few}'
        if told.result.n is None:
            continue
        people = [(everyone, told.result.n), *groups]
        for figures in told.result.items:
            status = "shown" if figures.shares else "heads_only"
            places = (figures.place, figures.heads_place) if told.ballot.is_ranked else (None, None)
            line = f"{about},{_tell_entry(told, figures.item, pillars)},{quote_cells(status, *places)}"
            absent = "+".join(known[name].key for name in told.result.absent)
            behind = _tell_about(told, figures.item) | {"ballot": told.ballot.key}
            for cells in _tell_item(told, figures, absent):
                for (name, n), own in zip(people, cells, strict=False):
                    yield f"{line},{name},{_quote(own | behind | {'n': n})}"


def _name_group(sectors: list[Sector]) -> str:
    return quote_cells(
        "+".join(sector.key for sector in sectors),
        " + ".join(sector.name_nl for sector in sectors),
        " + ".join(sector.name_en for sector in sectors),
    )


def _tell_entry(told: RoundResult, item: str, pillars: dict[int | None, str]) -> str:
    entry = told.entries[item]
    return f"{quote_cells(entry.item, entry.card)},{pillars[entry.pillar]},{quote_cells(entry.aspect, entry.text)}"


def _tell_about(told: RoundResult, item: str) -> dict[str, Cell]:
    entry = told.entries[item]
    return {"whose": entry.whose, "document": entry.document, "price": entry.price}


def _quote(cells: Mapping[str, Cell]) -> str:
    """Return the cells behind the group's name; what is not named is empty."""
    return quote_cells(*map(cells.get, _FIGURES))


def _tell_item(told: RoundResult, figures: ResultItemDoc, absent: str) -> Iterator[list[dict[str, Cell]]]:
    """Yield the item's own lines, then those of each criterion where several have means: everyone, then the groups."""
    criteria = voting_of(told.round).name_criteria()
    whole = [_tell_everyone(told, figures, absent), *_tell_groups(told, figures)]
    if len(criteria) == 1 or not figures.means:
        for mean in figures.means:
            whole = [cells | own for cells, own in zip(whole, _tell_mean(mean, len(whole) - 1), strict=True)]
        yield whole
        return
    yield whole
    for number, (name, mean) in enumerate(zip(criteria, figures.means, strict=True), start=1):
        about: dict[str, Cell] = {"criterion": number, "criterion_nl": name.nl, "criterion_en": name.en}
        of = [figures.of, *figures.group_of]
        yield [
            about | own | {"of": people} for own, people in zip(_tell_mean(mean, len(mean.groups)), of, strict=False)
        ]


def _tell_everyone(told: RoundResult, item: ResultItemDoc, absent: str) -> dict[str, Cell]:
    result = told.result
    cells: dict[str, Cell] = {column.key: item.told.get(column.key) for column in TOLD}
    if told.ballot.is_ranked:
        cells |= {"heads": item.heads, "share": item.share, "balanced": item.balanced}
        cells |= _tell_interval(told, item.heads, item.of)
    return cells | {
        "spread": item.spread,
        "differs": item.differs,
        "late": result.late,
        "both": result.both,
        columns.N_SCRIBED.key: result.scribed,
        "absent": absent,
        "chance_line": result.chance.line if result.chance else None,
        "of": item.of,
        SEEN.key: item.told.get(SEEN.key, item.of),
    }


def _tell_groups(told: RoundResult, item: ResultItemDoc) -> Iterator[dict[str, Cell]]:
    for place, (of, share) in enumerate(zip(item.group_of, item.shares, strict=True)):
        cells: dict[str, Cell] = {"of": of}
        if told.ballot.is_ranked:
            cells["share"] = share
        if item.group_heads:
            heads = item.group_heads[place]
            cells |= {"heads": heads} | _tell_interval(told, heads, of)
        yield cells


def _tell_interval(told: RoundResult, heads: int, of: int) -> dict[str, Cell]:
    """Return the interval of a share; the mean of other scores than 0 and 1 has none."""
    if not told.ballot.is_yes_or_no:
        return {}
    interval = wilson(hits=heads, n=of)
    return {"low": interval.low, "high": interval.high}


def _tell_mean(mean: MeanDoc, groups: int) -> Iterator[dict[str, Cell]]:
    """Yield what stands beside everyone, and beside each of so many groups."""
    histogram = " ".join(map(str, mean.histogram))
    yield {"mean": mean.mean, "mean_balanced": mean.balanced, "histogram": histogram}
    for group in range(groups):
        yield {"mean": mean.groups[group] if mean.groups else None}


TABLE = Table(
    name="results.csv",
    nl="De uitslag van elke ronde die gezien mag worden: per punt voor iedereen en per groep.",
    en="The result of every round that may be seen: per item for everyone and per group.",
    columns=COLUMNS,
    lines=read_lines,
    needs=Content.FIGURES,
    unique=("round", "item", "group", "criterion"),
)
