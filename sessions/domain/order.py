"""The order in which one person sees the items of a round: random per person, stable, and found again afterwards.

Sorted by the 32-bit FNV-1a hash (Fowler, Noll, Vo; draft-eastlake-fnv) of `<seed>:<item id>`. The phone computes
the same in frontend/src/lib/order.ts; what is stored is the seed.
"""

from __future__ import annotations

from collections.abc import Iterable


def hash_place(*, seed: int, item: str) -> int:
    """Return the place's sort key, 0 to 2^32 - 1."""
    value = 0x811C9DC5
    for byte in f"{seed}:{item}".encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def order_items(*, seed: int, items: Iterable[str]) -> list[str]:
    """Return the item ids as this person sees them."""
    return sorted(items, key=lambda item: (hash_place(seed=seed, item=item), item))
