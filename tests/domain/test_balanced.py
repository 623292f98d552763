"""What no counting may depend on: how many people an O sent, and in which order anything comes."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.ballots import ballot_of
from sessions.ballots.counts import Count
from sessions.domain.documents import ResultDoc
from sessions.domain.results import tabulate

SECTORS = ("onderwijs", "onderzoek", "ondernemers", "overheden")
Table = tuple[dict[str, int], dict[str, dict[str, int]]]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """People per O, and how many of them chose each item."""
    voters = {sector: draw(st.integers(0, 12)) for sector in SECTORS}
    items = [f"item{number}" for number in range(draw(st.integers(1, 5)))]
    return voters, {item: {sector: draw(st.integers(0, n)) for sector, n in voters.items()} for item in items}


def tell(table: Table, sectors: tuple[str, ...] = SECTORS) -> ResultDoc:
    voters, heads = table
    counts = {item: Count(heads=dict(of), told={"dots": sum(of.values())}) for item, of in heads.items()}
    return tabulate(round_id="r", sectors=sectors, voters=voters, counts=counts, threshold=5, ballot=ballot_of("dots"))


@settings(max_examples=50, deadline=None)
@given(table=tables(), times=st.integers(2, 6))
def test_copies_of_an_o_that_is_shown_alone_change_heads_and_never_balanced(table: Table, times: int) -> None:
    voters, heads = table
    before = tell(table)
    for alone in [group.sectors[0] for group in before.groups if len(group.sectors) == 1]:
        after = tell(
            (
                voters | {alone: voters[alone] * times},
                {item: of | {alone: of[alone] * times} for item, of in heads.items()},
            )
        )
        balanced = {item.item: (item.balanced, item.place) for item in before.items}
        assert {item.item: (item.balanced, item.place) for item in after.items} == balanced
        own = {item: of[alone] * (times - 1) for item, of in heads.items()}
        was = {item.item: item.heads for item in before.items}
        assert {item.item: item.heads - was[item.item] for item in after.items} == own


@settings(max_examples=50, deadline=None)
@given(table=tables(), chance=st.randoms(use_true_random=False))
def test_places_do_not_depend_on_any_order(table: Table, chance: Random) -> None:
    voters, heads = table
    sectors, items = list(SECTORS), list(heads)
    chance.shuffle(sectors)
    chance.shuffle(items)
    shuffled = (
        {sector: voters[sector] for sector in sectors},
        {item: {sector: heads[item][sector] for sector in sectors} for item in items},
    )
    # A tie between two O's of one size is broken by the programme's order: it stays.
    assert tell(shuffled) == tell(table)
