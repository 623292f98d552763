from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sessions.domain.order import ItemOrder, hash_place

IDS = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=12, max_size=12)


def test_the_hash_is_the_phones() -> None:
    assert hash_place(seed=7, item="abcdefghijkl") == 43487983


def test_a_person_sees_what_the_phone_shows() -> None:
    # The same as in frontend/src/lib/own.test.ts.
    assert ItemOrder(["a", "b", "c", "d"]).places(seed=7) == [4, 2, 3, 1]


@given(st.lists(IDS, unique=True, max_size=60), st.integers(0, 2**31 - 1))
def test_items_side_by_side_are_hashed_as_each_alone(items: list[str], seed: int) -> None:
    seen = sorted(items, key=lambda item: (hash_place(seed=seed, item=item), item))
    assert ItemOrder(items).places(seed=seed) == [seen.index(item) + 1 for item in items]
