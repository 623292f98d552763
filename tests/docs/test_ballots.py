"""The examples of docs/guide/ballots, in both languages: what is told of a vote is computed from how people voted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
import pytest

from sessions.ballots import all_ballots, ballot_of
from sessions.ballots.approve import ApproveRules
from sessions.ballots.ballot import OwnMarks, Rules
from sessions.ballots.budget import BudgetRules
from sessions.ballots.choice import ChoiceRules
from sessions.ballots.counts import Count
from sessions.ballots.criteria import TWO_TO_ONE
from sessions.ballots.dots import DotsRules
from sessions.ballots.graded import UNSURE
from sessions.ballots.mark import NO_MARK, Mark
from sessions.ballots.matrix import MatrixRules
from sessions.ballots.opinion import AGREE, DISAGREE, PASS, OpinionRules
from sessions.ballots.pairwise import EQUAL, LOST, SKIPPED, WON, PairwiseRules
from sessions.ballots.points import PointsRules
from sessions.ballots.ranking import RankingRules
from sessions.ballots.rating import RatingRules
from sessions.ballots.scale import ScaleRules
from sessions.domain.documents import ResultDoc, ResultItemDoc
from sessions.domain.results import tabulate

from .labels import keys_of, named_in
from .reading import ROOT, prose_of

RULES: dict[str, Rules] = {
    "Choice": ChoiceRules(),
    "Approve": ApproveRules(),
    "Dots": DotsRules(budget=3, most=2),
    "Divide a budget": BudgetRules(total=100_000),
    "Divide points": PointsRules(),
    "Ranking": RankingRules(places=2),
    "Two at a time": PairwiseRules(pairs=3, each=2),
    "Agree or not": OpinionRules(),
    "Rating": RatingRules(),
    "Scale": ScaleRules(),
    "Criteria": TWO_TO_ONE,
    "Matrix": MatrixRules(),
}
"""By the heading of a section, in English and in the order of the document."""

DUTCH = {
    "mensen": "people",
    "van": "from",
    "onderwijs": "education",
    "ondernemers": "entrepreneurs",
    "gelijk": "equal",
    "overgeslagen": "skipped",
    "ja": "yes",
    "nee": "no",
    "kaart": "card",
    "iedereen": "everyone",
    "O's gelijk": "O's equal",
    "plaats": "place",
    "keer gekozen": "times chosen",
    "stippen": "dots",
    "prijs": "price",
    "gekocht": "bought",
    "punten": "points",
    "per persoon": "per person",
    "op plaats 1": "put first",
    "gaf een plaats": "gave a place",
    "gemiddelde plaats": "mean place",
    "vergeleken": "compared",
    "gekozen": "chosen",
    "eens": "agree",
    "sloeg over": "pass",
    "oneens": "disagree",
    "als aandeel": "as a share",
    "gaf een cijfer": "gave a number",
    "gezien": "seen",
    "effect": "effect",
    "haalbaarheid": "feasibility",
    "gaf elk cijfer": "gave every number",
    "beide hoog": "both high",
    "eerste hoog, tweede laag": "first high, second low",
    "eerste laag, tweede hoog": "first low, second high",
    "beide laag": "both low",
    "E": "A",
    "S": "P",
    "O": "D",
}
"""Words of the tables; those of the cards are in the tables themselves."""

DOCUMENTS = {language: ROOT / "docs" / "guide" / f"ballots.{language}.md" for language in ("en", "nl")}
OS = ("education", "entrepreneurs")
OPINIONS = {"A": AGREE, "P": PASS, "D": DISAGREE}
TOLD = {
    "times chosen": "choices",
    "dots": "dots",
    "points": "points",
    "put first": "first",
    "gave a place": "ranked",
    "compared": "comparisons",
    "chosen": "won",
    "equal": "equal",
    "agree": "agree",
    "pass": "pass",
    "disagree": "disagree",
    "seen": "seen",
    "both high": "high_high",
    "first high, second low": "high_low",
    "first low, second high": "low_high",
    "both low": "low_low",
}

Table = list[dict[str, str]]


class Section(NamedTuple):
    """A way of voting as the document shows it. `voters`: how people voted; `results`: what comes of it."""

    name: str
    voters: Table
    results: Table


def sections(language: str) -> list[Section]:
    page = prose_of(DOCUMENTS[language])
    parts = re.split(r"^### (.+)$", page, flags=re.MULTILINE)[1:]
    return [Section(name, *(tables_in(text, language)[:2])) for name, text in zip(parts[::2], parts[1::2], strict=True)]


def tables_in(text: str, language: str) -> list[Table]:
    """Return the tables of a section, in the words of the English one."""
    tables = []
    for block in re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in block.splitlines()]
        if language == "nl":
            rows = [[in_english(cell) for cell in row] for row in rows]
        tables.append([dict(zip(rows[0], row, strict=True)) for row in rows[2:]])
    return tables


def in_english(cell: str) -> str:
    """A decimal comma becomes a point, also in each of two means."""
    cell = re.sub(r"(?<=\d),(?=\d)", ".", cell)
    cell = re.sub(r"(?<=€ \d\d)\.(?=\d{3})", ",", cell)
    return DUTCH.get(cell, cell)


def marks_in(section: Section, row: Mapping[str, str]) -> dict[str, Mark]:
    cells = {name: cell for name, cell in row.items() if name not in ("people", "from")}
    if section.name == "Two at a time":
        return compare(cells)
    return {item: read(cell) for item, cell in cells.items()}


def read(cell: str) -> Mark:
    if cell == "–":
        return NO_MARK
    given = [OPINIONS.get(value) if value in OPINIONS else value for value in cell.split(" · ")]
    return tuple(UNSURE if value == "?" else int(value or 0) for value in given)


def compare(cells: Mapping[str, str]) -> dict[str, Mark]:
    """Return the marks of somebody's pairs: ten times the number of the pair, and how the item came out of it."""
    marks: dict[str, Mark] = {}
    for number, (pair, answer) in enumerate(cells.items(), start=1):
        one, other = re.split(r" (?:or|of) ", pair)
        outcomes = {one: (WON, LOST), other: (LOST, WON), "equal": (EQUAL, EQUAL), "skipped": (SKIPPED, SKIPPED)}
        for item, outcome in zip((one, other), outcomes[answer], strict=True):
            marks[item] = (*marks.get(item, ()), number * 10 + outcome)
    return marks


def count(section: Section, rules: Rules) -> ResultDoc:
    ballot = ballot_of(str(type(rules).__struct_config__.tag))
    counts = {row["card"]: Count() for row in section.results}
    voters = dict.fromkeys(OS, 0)
    prices = {row["card"]: int(re.sub(r"\D", "", row["price"])) for row in section.results if "price" in row}
    for row in section.voters:
        voters[row["from"]] += int(row["people"])
        for item, mark in marks_in(section, row).items():
            for _ in range(int(row["people"])):
                ballot.add(counts, rules=rules, item=item, sector=row["from"], before=NO_MARK, after=mark)
    return tabulate(
        round_id="r", ballot=ballot, rules=rules, prices=prices, sectors=OS, voters=voters, counts=counts, threshold=5
    )


def percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def tenths(*values: float | None) -> str:
    return " · ".join(f"{value or 0:.1f}" for value in values)


def cells_of(item: ResultItemDoc, section: str) -> dict[str, str]:
    """Return all that the document may tell of a card, by the head of its column."""
    told = {head: str(item.told[key]) for head, key in TOLD.items() if key in item.told}
    cells = {
        "card": item.item,
        "everyone": percent(item.share),
        "O's equal": percent(item.balanced or 0),
        **dict(zip(OS, map(percent, item.shares), strict=True)),
        "place": str(item.place),
        "as a share": percent(item.share),
        "gave a number": str(item.of),
        "gave every number": str(item.of),
        "bought": "yes" if item.told.get("chosen") else "no",
    }
    means = item.means
    if section in ("Rating", "Scale", "Matrix"):
        cells["everyone"] = tenths(*(mean.mean for mean in means))
        cells["O's equal"] = tenths(*(mean.balanced for mean in means))
        cells |= {o: tenths(*(mean.groups[place] for mean in means)) for place, o in enumerate(OS)}
    if section == "Criteria":
        cells |= {"effect": tenths(means[0].mean), "feasibility": tenths(means[1].mean)}
    if section in ("Divide points", "Ranking"):
        cells["per person" if section == "Divide points" else "mean place"] = tenths(means[0].mean)
    return cells | told


def named(language: str) -> list[tuple[Section, Rules]]:
    """Return the sections with the rules of their examples, under their English names."""
    return [
        (section._replace(name=name), rules)
        for section, (name, rules) in zip(sections(language), RULES.items(), strict=True)
    ]


@pytest.mark.parametrize("language", DOCUMENTS)
def test_each_way_of_voting_has_a_section_under_its_name_on_the_console(language: str) -> None:
    assert {type(rules) for rules in RULES.values()} == {ballot.Rules for ballot in all_ballots()}
    for section, name in zip(sections(language), RULES, strict=True):
        assert name in keys_of(section.name, language)


@pytest.mark.parametrize("language", DOCUMENTS)
def test_the_numbers_are_those_of_the_code(language: str) -> None:
    for section, rules in named(language):
        found = {item.item: cells_of(item, section.name) for item in count(section, rules).items}
        for row in section.results:
            shown = {head: cell for head, cell in row.items() if head != "price"}
            assert shown == {head: found[row["card"]][head] for head in shown}, section.name


def test_what_people_gave_may_be_given() -> None:
    for section, rules in named("en"):
        ballot: Any = ballot_of(str(type(rules).__struct_config__.tag))
        assert msgspec.convert(msgspec.to_builtins(rules), ballot.Rules) == rules
        prices = {row["card"]: int(re.sub(r"\D", "", row["price"])) for row in section.results if "price" in row}
        for row in section.voters:
            check_marks(ballot, rules, marks_in(section, row), prices)


def check_marks(ballot: Any, rules: Rules, marks: Mapping[str, Mark], prices: Mapping[str, int]) -> None:
    given = {item: mark for item, mark in marks.items() if mark != NO_MARK}
    ballot.check(rules=rules, mine=OwnMarks(0, dict.fromkeys(given, NO_MARK)), marks=given, prices=prices)


def test_both_languages_show_the_same_examples() -> None:
    for english, dutch in zip(sections("en"), sections("nl"), strict=True):
        for one, other in ((english.voters, dutch.voters), (english.results, dutch.results)):
            assert [plain(row) for row in one] == [plain(row) for row in other], english.name


def plain(row: Mapping[str, str]) -> Sequence[str]:
    """Return what stands in a row without the names of cards."""
    return [cell for cell in row.values() if re.fullmatch(r"[\d.,%€? ·–APD]+", cell)]


@pytest.mark.parametrize("language", DOCUMENTS)
def test_what_is_set_off_stands_on_a_screen(language: str) -> None:
    set_off = [each for each in named_in(prose_of(DOCUMENTS[language])) if not each.text.startswith("[")]
    assert {each.text for each in set_off if not keys_of(each.text, language)} == set()
