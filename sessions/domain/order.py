"""The order in which one person sees the items of a round: random per person, stable, and found again afterwards.

Sorted by the 32-bit FNV-1a hash (Fowler, Noll, Vo; draft-eastlake-fnv) of `<seed>:<item id>`. The phone computes
the same in frontend/src/lib/order.ts; what is stored is the seed.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_BASIS, _PRIME, _MASK = 0x811C9DC5, 0x01000193, 0xFFFFFFFF


def hash_place(*, seed: int, item: str) -> int:
    """Return the place's sort key, 0 to 2^32 - 1."""
    return _fold(f"{seed}:{item}")


class ItemOrder:
    """The items of a round, to be put into the order of one person after another.

    A hash takes a step per byte of an id. Here all items take each step together, side by side in one large integer
    with 64 bits for each: no product of a step is longer than 57, so none runs over into its neighbour.
    """

    def __init__(self, items: Sequence[str]) -> None:
        """`items`: ids, all of one length."""
        self._items = items
        self._lanes = struct.Struct(f"<{len(items)}Q")
        self._ones = self._pack([1] * len(items))
        self._mask = self._ones * _MASK
        self._bytes = [self._pack(column) for column in zip(*(item.encode() for item in items), strict=True)]

    def places(self, *, seed: int) -> list[int]:
        """Return each item's place for this person, from 1; in the order in which the items were given."""
        hashes = _fold(f"{seed}:") * self._ones
        for column in self._bytes:
            hashes = ((hashes ^ column) * _PRIME) & self._mask
        keys = self._lanes.unpack(hashes.to_bytes(self._lanes.size, "little"))
        places = [0] * len(keys)
        by_place = sorted(zip(keys, self._items, range(len(keys)), strict=True))
        for place, (_, _, index) in enumerate(by_place, start=1):
            places[index] = place
        return places

    def _pack(self, numbers: Sequence[int]) -> int:
        return int.from_bytes(self._lanes.pack(*numbers), "little")


def _fold(text: str) -> int:
    value = _BASIS
    for byte in text.encode():
        value = ((value ^ byte) * _PRIME) & _MASK
    return value
