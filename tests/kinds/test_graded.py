"""Rating, scale, criteria and matrix by hand: shares, means, histograms, and of whom they are."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest

from sessions.ballots import ballot_of
from sessions.ballots.ballot import Rules
from sessions.ballots.counts import Count, Figure, ShownGroup
from sessions.ballots.criteria import TWO_TO_ONE
from sessions.ballots.graded import UNSURE
from sessions.ballots.mark import Mark
from sessions.ballots.matrix import MatrixRules
from sessions.ballots.rating import RatingRules
from sessions.ballots.scale import ScaleRules
from sessions.domain.documents import ResultDoc
from sessions.domain.results import tabulate

W, Z = "w", "z"
GROUPS = [ShownGroup([W], 3), ShownGroup([Z], 3)]


def count(rules: Rules, marks: list[tuple[str, Mark]]) -> dict[str, Count]:
    kind = ballot_of(str(rules.__struct_config__.tag))
    counts = {"a": Count()}
    for sector, mark in marks:
        kind.add(counts, rules=rules, item="a", sector=sector, before=(), after=mark)
    return counts


def figure_of(rules: Rules, marks: list[tuple[str, Mark]]) -> Figure:
    kind = ballot_of(str(rules.__struct_config__.tag))
    found: Figure = kind.figures(count(rules, marks), rules=rules, prices={}, groups=GROUPS, n=6)["a"]
    return found


def test_a_rating() -> None:
    """1, 5 and 3 of the one group, 5 of the other, and two who do not know: four numbers of six who saw it."""
    marks: list[tuple[str, Mark]] = [(W, (1,)), (W, (5,)), (W, (3,)), (Z, (5,)), (Z, (UNSURE,)), (Z, (UNSURE,))]
    figure = figure_of(RatingRules(), marks)
    assert (figure.all.mean, figure.all.of, figure.all.heads) == (Fraction(5, 8), 4, 2)
    assert figure.told == {"seen": 6}
    (mean,) = figure.means
    assert (mean.all, list(mean.groups), list(mean.histogram)) == (Fraction(7, 2), [3, 5], [1, 0, 1, 0, 2])
    assert [(share.mean, share.of) for share in figure.groups] == [(Fraction(1, 2), 3), (1, 1)]
    live = ballot_of("rating").live(
        count(RatingRules(), [("", mark) for _, mark in marks])["a"], rules=RatingRules(), n=6
    )
    assert live == [6, 4, 14, 1, 0, 1, 0, 2]


def test_a_scale_that_begins_below_zero() -> None:
    rules = ScaleRules(lowest=-5, highest=5)
    figure = figure_of(rules, [(W, (-5,)), (W, (0,)), (Z, (5,)), (Z, (2,))])
    assert (figure.all.mean, figure.means[0].all) == (Fraction(11, 20), Fraction(1, 2))
    assert list(figure.means[0].histogram) == [1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1]


@pytest.mark.parametrize(("lowest", "highest"), [(0, 0), (5, 1), (0, 11)])
def test_a_scale_has_two_to_eleven_numbers(lowest: int, highest: int) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"ballot": "scale", "lowest": lowest, "highest": highest}, ScaleRules)


def test_criteria_weigh_as_they_are_set_and_count_who_gave_every_number() -> None:
    """Weights 2 and 1: 5 and 1 score (2 + 0) / 3, 3 and 5 score (1 + 1) / 3. Half an answer is seen and not counted."""
    figure = figure_of(TWO_TO_ONE, [(W, (5, 1)), (Z, (3, 5)), (Z, (4, None)), (Z, (1, UNSURE))])
    assert (figure.all.mean, figure.all.of, figure.told) == (Fraction(2, 3), 2, {"seen": 4})
    assert [mean.all for mean in figure.means] == [4, 3]
    assert all(not mean.groups for mean in figure.means), "by criterion it is told of everyone only"


def test_a_matrix_has_two_means_and_quarters() -> None:
    """Who is in the middle of an odd number of cells is in no quarter."""
    figure = figure_of(MatrixRules(), [(W, (5, 1)), (W, (4, 2)), (Z, (1, 5)), (Z, (3, 4)), (Z, (5, 5)), (Z, (2, 1))])
    assert figure.told == {"seen": 6, "high_high": 1, "high_low": 2, "low_high": 1, "low_low": 1}
    assert [mean.all for mean in figure.means] == [Fraction(20, 6), 3]
    assert [list(mean.groups) for mean in figure.means] == [
        [Fraction(9, 2), Fraction(11, 4)],
        [Fraction(3, 2), Fraction(15, 4)],
    ]
    assert ballot_of("matrix").spread(MatrixRules(), figure) == float(Fraction(9, 4) / 4), "along the second question"
    scores = ballot_of("matrix").scores(MatrixRules(), {"a": (5, 2)})
    assert scores == {("a", 0): 1, ("a", 1): Fraction(1, 4)}


def publish(rules: Rules, marks: list[tuple[str, Mark]], *, divided: bool = True) -> ResultDoc:
    kind = ballot_of(str(rules.__struct_config__.tag))
    voters = {W: 6, Z: 6}
    counts = count(rules, marks)
    return tabulate(
        round_id="r",
        ballot=kind,
        rules=rules,
        sectors=[W, Z],
        voters=voters,
        counts=counts,
        threshold=5,
        divided=divided,
    )


def test_what_is_published_of_a_group_is_its_mean_and_nothing_else() -> None:
    marks: list[tuple[str, Mark]] = [(W, (value,)) for value in (1, 2, 3, 4, 5)] + [(Z, (5,))] * 5
    result = publish(RatingRules(), marks)
    (item,) = result.items
    assert (item.shares, item.group_of, item.group_heads) == ([0.5, 1.0], [5, 5], [])
    (mean,) = item.means
    assert (mean.mean, mean.balanced, mean.groups, mean.histogram) == (4.0, 4.0, [3.0, 5.0], [1, 1, 1, 1, 6])
    (mean,) = publish(RatingRules(), marks, divided=False).items[0].means
    assert (mean.mean, mean.balanced, mean.groups) == (4.0, None, [])


def test_an_item_that_too_few_gave_a_number_is_not_told_and_one_of_a_small_group_of_everyone_only() -> None:
    few: list[tuple[str, Mark]] = [(W, (1,))] * 4 + [(W, (UNSURE,))] * 2
    assert (publish(RatingRules(), few).items, publish(RatingRules(), few).few) == ([], ["a"])
    some: list[tuple[str, Mark]] = [(W, (1, 1))] * 6 + [(Z, (5, 5))] * 4
    (item,) = publish(MatrixRules(), some).items
    assert (item.shares, [mean.groups for mean in item.means], item.spread) == ([], [[], []], None)
    assert [mean.balanced for mean in item.means] == [None, None]
