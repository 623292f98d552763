"""Which items a person compares, and in which order: a design on places, balanced in every prefix.

In each beginning of the order every place is in equally many pairs, one more or less; no pair comes twice. A person's
own order puts items on the places (`domain/order.py`), so over many people every pair is as likely as any other, and
either side of it. Nothing is stored: the same order gives the same pairs again. The phone computes the same in
frontend/src/ballots/pairwise/design.ts; tests/kinds/pair_designs.json holds both to it.
"""

from __future__ import annotations

from collections.abc import Iterator

Pair = tuple[int, int]
"""Two places from 0, as they stand: the first above the second."""


def design_pairs(n: int) -> Iterator[Pair]:
    """Yield all pairs of `n` places."""
    yield from _rotate(n) if n % 2 == 0 else _walk_cycles(n)


def _rotate(n: int) -> Iterator[Pair]:
    """An even number: the rounds of a tournament by the circle method. In a round each place is in one pair.

    Sides change from round to round, so that no place always stands above.
    """
    circle = n - 1
    for turn in range(circle):
        for step in range(n // 2):
            one = (turn + step) % circle if step else circle
            other = (turn - step) % circle
            yield (one, other) if turn % 2 == 0 else (other, one)


def _walk_cycles(n: int) -> Iterator[Pair]:
    """An odd number: Walecki's decomposition into Hamiltonian cycles. Each cycle is walked twice, taking every other
    edge: so each place is in one pair, then in two.
    """
    circle = n - 1
    for start in range(circle // 2):
        walk = [circle, *((start + (step + 1) // 2 * (-1) ** (step + 1)) % circle for step in range(circle))]
        for step in range(n):
            yield walk[2 * step % n], walk[(2 * step + 1) % n]
