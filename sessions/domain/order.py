"""The order in which one person sees the items of a round: random per person, stable, and found again afterwards.

Sorted by a 32-bit hash of `<seed>:<item id>`: FNV-1a (Fowler, Noll, Vo; draft-eastlake-fnv), mixed at the end as
MurmurHash3 does (Appleby, fmix32). Without that the last letters of an id hardly reach the high bits, which decide a
sort: some pairs of items stood beside each other five times as often as others. The phone computes the same in
frontend/src/lib/order.ts; what is stored is the seed.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

_BASIS, _PRIME, _MASK = 0x811C9DC5, 0x01000193, 0xFFFFFFFF
_MIX = ((16, 0x85EBCA6B), (13, 0xC2B2AE35))
_LAST_SHIFT = 16


def hash_place(*, seed: int, item: str) -> int:
    """Return the place's sort key, 0 to 2^32 - 1."""
    value = _fold(f"{seed}:{item}")
    for shift, factor in _MIX:
        value = ((value ^ value >> shift) * factor) & _MASK
    return value ^ value >> _LAST_SHIFT


class ItemOrder:
    """The items of a round, to be put into the order of one person after another.

    A hash takes a step per byte of an id. Here all items take each step together, side by side in one large integer
    with 64 bits for each: no product of a step is longer, so none runs over into its neighbour.
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
        for shift, factor in _MIX:
            hashes = (self._fall(hashes, shift) * factor) & self._mask
        hashes = self._fall(hashes, _LAST_SHIFT)
        keys = self._lanes.unpack(hashes.to_bytes(self._lanes.size, "little"))
        places = [0] * len(keys)
        by_place = sorted(zip(keys, self._items, range(len(keys)), strict=True))
        for place, (_, _, index) in enumerate(by_place, start=1):
            places[index] = place
        return places

    def _fall(self, hashes: int, shift: int) -> int:
        """Return each hash with its high bits brought down into it: what falls into the lane below is left out."""
        return hashes ^ (hashes >> shift & self._ones * (_MASK >> shift))

    def _pack(self, numbers: Sequence[int]) -> int:
        return int.from_bytes(self._lanes.pack(*numbers), "little")


def _fold(text: str) -> int:
    value = _BASIS
    for byte in text.encode():
        value = ((value ^ byte) * _PRIME) & _MASK
    return value
