"""What everyone agrees or disagrees with, groups aside: Polis' consensus lists (METHODS.md section 1)."""

from __future__ import annotations

from typing import Final

import numpy as np

from .proportion_tests import Z_ONE_SIDED_90, Counts, smoothed_share, z_of_half

MOST: Final = 5


def list_majority(*, hits: Counts, seen: Counts, most: int = MOST) -> list[int]:
    """Return the items, by place, that more than half say the same of, surely: p > ½ and z > 1.2816, by p·z."""
    share, z = smoothed_share(hits=hits, seen=seen), z_of_half(hits=hits, seen=seen)
    kept = np.flatnonzero((share > 0.5) & (z > Z_ONE_SIDED_90))
    ordered = sorted(kept.tolist(), key=lambda item: (-float(share[item] * z[item]), item))
    return ordered[:most]
