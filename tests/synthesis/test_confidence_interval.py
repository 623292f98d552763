from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.synthesis.confidence_interval import wilson


@pytest.mark.parametrize(
    ("hits", "n", "z", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, table I, method 3: 95 %
        (81, 263, 1.959964, 0.2553, 0.3662),
        (15, 148, 1.959964, 0.0624, 0.1605),
        (0, 20, 1.959964, 0.0, 0.1611),
        (1, 29, 1.959964, 0.0061, 0.1718),
    ],
)
def test_published_intervals(hits: int, n: int, z: float, low: float, high: float) -> None:
    found = wilson(hits=hits, n=n, z=z)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_ninety_percent_by_hand() -> None:
    # 5 of 10, z² = 2.7055: middle ½, reach √(z²/n·(¼ + z²/(4n))) / (1 + z²/n) = 0.2307
    found = wilson(hits=5, n=10)
    assert found.low == pytest.approx(0.2693, abs=1e-4)
    assert found.high == pytest.approx(0.7307, abs=1e-4)


def test_nobody_asked_and_all_or_none() -> None:
    assert wilson(hits=0, n=0) == (0.0, 1.0)
    assert wilson(hits=0, n=7).low == 0.0
    assert wilson(hits=7, n=7).high == 1.0
    with pytest.raises(ValueError, match="8 of 7"):
        wilson(hits=8, n=7)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_inside_and_mirrors(pair: tuple[int, int]) -> None:
    hits, n = pair
    found, mirrored = wilson(hits=hits, n=n), wilson(hits=n - hits, n=n)
    assert 0 <= found.low <= hits / n <= found.high <= 1
    assert found.low == pytest.approx(1 - mirrored.high, abs=1e-12)
