"""Which pairs people compare: balanced at every point, the same on server and phone, and uniform over many people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from itertools import combinations, islice, pairwise
from pathlib import Path
from random import Random

import pytest

from sessions.ballots.pairs import design_pairs
from sessions.domain.order import ItemOrder

GOLDEN = json.loads(Path(__file__).with_name("pair_designs.json").read_text())
PEOPLE = 10_000
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
CHANCE = Random(20261130)
ITEMS = ["".join(CHANCE.choices(LETTERS, k=12)) for _ in range(9)]
SEEDS = [CHANCE.randrange(2**31) for _ in range(PEOPLE)]


def order_items(items: list[str], *, seed: int) -> list[str]:
    places = ItemOrder(items).places(seed=seed)
    return [item for _, item in sorted(zip(places, items, strict=True))]


def chi_square(counts: Iterable[int], *, expected: float) -> float:
    return sum((count - expected) ** 2 / expected for count in counts)


def critical(freedom: int) -> float:
    """What chance exceeds in one of 10,000 cases (Wilson and Hilferty)."""
    share = 2 / (9 * freedom)
    return float(freedom * (1 - share + 3.719 * share**0.5) ** 3)


@pytest.mark.parametrize("n", [*range(2, 26), 40, 41])
def test_each_beginning_has_every_place_in_equally_many_pairs_one_more_or_less(n: int) -> None:
    pairs = list(design_pairs(n))
    assert sorted(tuple(sorted(pair)) for pair in pairs) == list(combinations(range(n), 2))
    counts = Counter(dict.fromkeys(range(n), 0))
    for pair in pairs:
        counts.update(pair)
        assert max(counts.values()) - min(counts.values()) <= 1


@pytest.mark.parametrize("n", [8, 9, 20, 21])
def test_no_place_always_stands_above(n: int) -> None:
    above = Counter(upper for upper, _ in design_pairs(n))
    assert max(abs(2 * above[place] - (n - 1)) for place in range(n)) <= 3


def test_one_item_or_none_is_in_no_pair() -> None:
    assert list(design_pairs(0)) == list(design_pairs(1)) == []


@pytest.mark.parametrize("case", GOLDEN["designs"], ids=lambda case: str(case["n"]))
def test_the_design_is_the_phones(case: dict[str, object]) -> None:
    assert [list(pair) for pair in islice(design_pairs(case["n"]), 30)] == case["pairs"]  # type: ignore[arg-type]


@pytest.mark.parametrize("case", GOLDEN["people"], ids=lambda case: str(case["seed"]))
def test_a_persons_pairs_are_the_phones(case: dict[str, object]) -> None:
    """Whatever order the items come in: they are put into the person's own first."""
    items, seed = case["items"], case["seed"]
    assert isinstance(items, list) and isinstance(seed, int)
    for given in (items, items[::-1]):
        own = order_items(given, seed=seed)
        found = [[own[upper], own[lower]] for upper, lower in islice(design_pairs(len(own)), 15)]
        assert found == case["pairs"]


def test_orders_are_uniform() -> None:
    """Every item at every place equally often; and every item just before every other."""
    order = ItemOrder(ITEMS)
    at, before = Counter[tuple[int, int]](), Counter[tuple[str, str]]()
    for seed in SEEDS:
        places = order.places(seed=seed)
        at.update(enumerate(places))
        own = [item for _, item in sorted(zip(places, ITEMS, strict=True))]
        before.update(pairwise(own))
    n = len(ITEMS)
    assert chi_square((at[cell] for cell in at), expected=PEOPLE / n) < critical((n - 1) ** 2)
    assert len(before) == n * (n - 1)
    assert chi_square(before.values(), expected=PEOPLE / n) < critical(n * (n - 1) - 1)


@pytest.mark.parametrize("n", [8, 9])
def test_pairs_are_uniform(n: int) -> None:
    """Every pair is somebody's first equally often, either side above; and in so many of their designs."""
    items = ITEMS[:n]
    order = ItemOrder(items)
    first, whole = Counter[tuple[str, str]](), Counter[frozenset[str]]()
    for seed in SEEDS:
        own = [item for _, item in sorted(zip(order.places(seed=seed), items, strict=True))]
        pairs = [(own[upper], own[lower]) for upper, lower in islice(design_pairs(n), 2 * n)]
        first[pairs[0]] += 1
        whole.update(map(frozenset, pairs))
    ordered = n * (n - 1)
    assert len(first) == ordered and len(whole) == ordered // 2
    assert chi_square(first.values(), expected=PEOPLE / ordered) < critical(ordered - 1)
    # Pairs of one person exclude each other, so this is less than chance alone would give.
    assert chi_square(whole.values(), expected=2 * n * PEOPLE / (ordered / 2)) < critical(ordered // 2 - 1)
