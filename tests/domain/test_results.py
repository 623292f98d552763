"""What a round says, held against tables worked out by hand; and that nothing hidden can be computed from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.ballots import ballot_of
from sessions.ballots.counts import Count
from sessions.domain.documents import GroupDoc, ResultDoc
from sessions.domain.results import pool_groups, tabulate

W, Z, N, H = SECTORS = ("onderwijs", "onderzoek", "ondernemers", "overheden")
THRESHOLD = 5
DOTS = ballot_of("dots")


def tell(voters: Mapping[str, int], heads: Mapping[str, Mapping[str, int]], *, threshold: int = THRESHOLD) -> ResultDoc:
    """Tabulate a round in which everybody gave one dot to each item they chose."""
    counts = {item: Count(heads=dict(of), told={"dots": sum(of.values())}) for item, of in heads.items()}
    return tabulate(round_id="r", sectors=SECTORS, voters=voters, counts=counts, threshold=threshold, ballot=DOTS)


POOLS: list[tuple[dict[str, int], list[tuple[tuple[str, ...], int]]]] = [
    # everybody of an O who took part → the groups that are shown
    ({W: 8, Z: 5, N: 12, H: 7}, [((W,), 8), ((Z,), 5), ((N,), 12), ((H,), 7)]),
    ({W: 8, Z: 4, N: 12, H: 7}, [((W,), 8), ((Z, H), 11), ((N,), 12)]),
    ({W: 5, Z: 12, N: 9, H: 3}, [((W, H), 8), ((Z,), 12), ((N,), 9)]),  # METHODS: "onderwijs + overheden, n = 8"
    ({W: 2, Z: 3, N: 12, H: 7}, [((W, Z), 5), ((N,), 12), ((H,), 7)]),
    ({W: 2, Z: 2, N: 12, H: 7}, [((W, Z, H), 11), ((N,), 12)]),
    ({W: 1, Z: 1, N: 1, H: 20}, []),  # all but one pooled, and three are still too few
    ({W: 1, Z: 2, N: 2, H: 20}, [((W, Z, N), 5), ((H,), 20)]),
    ({W: 4, Z: 4, N: 4, H: 4}, [((W, Z), 8), ((N, H), 8)]),
    ({W: 0, Z: 9, N: 9, H: 9}, [((W, Z), 9), ((N,), 9), ((H,), 9)]),
    ({W: 4, N: 4}, []),
    ({W: 6}, []),
    ({}, []),
]


@pytest.mark.parametrize(("voters", "groups"), POOLS)
def test_small_os_are_pooled(voters: dict[str, int], groups: list[tuple[tuple[str, ...], int]]) -> None:
    found = pool_groups(people=voters, sectors=SECTORS, threshold=THRESHOLD)
    assert [(tuple(group.sectors), group.n) for group in found] == groups


def test_a_table_by_hand() -> None:
    """Ten of onderwijs, five of onderzoek, twenty ondernemers, three overheden (pooled with onderzoek).

    Item a: 5 of 10, 2 of 5, 5 of 20, 2 of 3. The pool is 4 of 8 and counts for two O's:
    (1/2 + 2 * 1/2 + 1/4) / 4 = 7/16. Heads: 14 of 38.
    Item b: 1 of 10, 5 of 5, 1 of 20, 3 of 3: (1/10 + 2 * 1 + 1/20) / 4 = 43/80; heads 10.
    """
    told = tell(
        {W: 10, Z: 5, N: 20, H: 3},
        {"a": {W: 5, Z: 2, N: 5, H: 2}, "b": {W: 1, Z: 5, N: 1, H: 3}, "c": {}},
    )
    assert (told.n, told.told) == (38, {"dots": 24})
    assert told.groups == [GroupDoc([W], 10), GroupDoc([Z, H], 8), GroupDoc([N], 20)]
    b, a, c = told.items
    assert (b.item, b.heads, b.told["dots"], b.shares) == ("b", 10, 10, [0.1, 1.0, 0.05])
    assert b.balanced == pytest.approx(43 / 80)
    assert b.spread == pytest.approx(0.95)
    assert (a.item, a.heads, a.share, a.shares) == ("a", 14, 14 / 38, [0.5, 0.5, 0.25])
    assert a.balanced == pytest.approx(7 / 16)
    assert a.spread == pytest.approx(0.25)
    assert (c.item, c.heads, c.share, c.balanced, c.shares) == ("c", 0, 0, 0, [0, 0, 0])


def test_too_few_tell_nothing() -> None:
    told = tell({W: 2, Z: 2}, {"a": {W: 2, Z: 2}})
    assert (told.n, told.told, told.groups, told.items) == (None, {}, [], [])


def test_only_heads_when_there_is_one_group() -> None:
    told = tell({W: 3, Z: 3}, {"a": {W: 3, Z: 1}, "b": {W: 3, Z: 3}})
    assert (told.n, told.groups) == (6, [])
    assert [(item.item, item.heads, item.balanced, item.shares, item.spread) for item in told.items] == [
        ("b", 6, None, [], None),
        ("a", 4, None, [], None),
    ]


# -- as properties -----------------------------------------------------------------------------------------------

ballots = st.lists(
    st.tuples(st.sampled_from(SECTORS), st.frozensets(st.sampled_from("abc"), max_size=3)), min_size=0, max_size=60
)
Ballots = Sequence[tuple[str, frozenset[str]]]


def tell_ballots(cast: Ballots) -> ResultDoc:
    voters = {sector: sum(1 for of, _ in cast if of == sector) for sector in SECTORS}
    heads = {
        item: {sector: sum(1 for of, chosen in cast if of == sector and item in chosen) for sector in SECTORS}
        for item in "abc"
    }
    return tell(voters, heads)


@given(cast=ballots, times=st.integers(2, 6), which=st.integers(0, 3))
def test_copying_a_shown_o_changes_heads_never_balanced(cast: Ballots, times: int, which: int) -> None:
    before = tell_ballots(cast)
    alone = [group.sectors[0] for group in before.groups if len(group.sectors) == 1]
    if not alone:
        return
    copied = alone[which % len(alone)]
    after = tell_ballots([*cast, *[ballot for ballot in cast if ballot[0] == copied] * (times - 1)])
    if [group.sectors for group in after.groups] != [group.sectors for group in before.groups]:
        # A pool takes the next smallest: the copied O was it, and now another is.
        return
    told = {item.item: item for item in after.items}
    for item in before.items:
        again = told[item.item]
        assert again.balanced == pytest.approx(item.balanced)
        own = sum(1 for of, chosen in cast if of == copied and item.item in chosen)
        assert again.heads == item.heads + own * (times - 1)


ONE_ABSENT = [(W, frozenset()), *[(Z, frozenset("a"))] * 4, *[(W, frozenset("ab"))] * 4, (N, frozenset())]
"""Two groups of five, and an O of which nobody took part."""


@given(cast=ballots)
@example(cast=ONE_ABSENT)
def test_every_o_is_in_one_group_of_enough_people_or_named_as_absent(cast: Ballots) -> None:
    told = tell_ballots(cast)
    if told.groups:
        assert sorted([name for group in told.groups for name in group.sectors] + told.absent) == sorted(SECTORS)
        assert all(group.n >= THRESHOLD for group in told.groups)
        assert sum(group.n for group in told.groups) == told.n == len(cast)
        assert len(told.groups) > 1
    if told.n is not None:
        assert set(told.absent) == set(SECTORS) - {sector for sector, _ in cast}
    for item in told.items:
        assert len(item.shares) == len(told.groups)
        assert 0 <= item.heads <= len(cast)


@given(cast=ballots)
@example(cast=ONE_ABSENT)
def test_nothing_hidden_can_be_computed_from_what_is_published(cast: Ballots) -> None:
    """Everything that a reveal publishes, as a linear system in what each O did; no hidden value has one solution.

    Unknown: people per O, and heads per O and item. Known: the numbers shown, those from before the reveal
    (live tally and "27 of 38": undivided counts) and the groups of those present, taken to be the voters. An O of
    which nobody took part is named as absent, so its zeros are not hidden.
    """
    told = tell_ballots(cast)
    unknown = [(sector, item) for item in ("people", *"abc") for sector in SECTORS]
    place = {name: number for number, name in enumerate(unknown)}
    rows: list[list[Fraction]] = []

    def publish(of: Mapping[tuple[str, str], Fraction | int]) -> None:
        rows.append([Fraction(of.get(name, 0)) for name in unknown])

    hidden = set(unknown)
    if told.n is not None:
        publish({(sector, "people"): 1 for sector in SECTORS})
        for group in told.groups:
            publish({(sector, "people"): 1 for sector in group.sectors})
        for item in told.items:
            publish({(sector, item.item): 1 for sector in SECTORS})
            for group, _ in zip(told.groups, item.shares, strict=True):
                publish({(sector, item.item): 1 for sector in group.sectors})
            if item.balanced is not None:
                weight = sum(len(group.sectors) for group in told.groups)
                publish(
                    {
                        (sector, item.item): Fraction(len(group.sectors), group.n * weight)
                        for group in told.groups
                        for sector in group.sectors
                    }
                )
        for group in told.groups:
            if len(group.sectors) == 1:
                hidden -= {(group.sectors[0], item) for item in ("people", *"abc")}
        hidden -= {(sector, item) for sector in told.absent for item in ("people", *"abc")}
    basis = reduce_rows(rows)
    for name in hidden:
        unit = [Fraction(int(number == place[name])) for number in range(len(unknown))]
        assert not is_spanned(basis, unit), f"{name} can be computed"


def reduce_rows(rows: list[list[Fraction]]) -> dict[int, list[Fraction]]:
    """Return the row space in echelon form, by pivot."""
    basis: dict[int, list[Fraction]] = {}
    for row in rows:
        rest = _reduce(basis, row)
        pivot = next((number for number, value in enumerate(rest) if value), None)
        if pivot is not None:
            basis[pivot] = [value / rest[pivot] for value in rest]
    return basis


def is_spanned(basis: dict[int, list[Fraction]], row: list[Fraction]) -> bool:
    return not any(_reduce(basis, row))


def _reduce(basis: dict[int, list[Fraction]], row: list[Fraction]) -> list[Fraction]:
    rest = list(row)
    for pivot in range(len(rest)):
        if rest[pivot] and pivot in basis:
            factor = rest[pivot]
            rest = [value - factor * other for value, other in zip(rest, basis[pivot], strict=True)]
    return rest
