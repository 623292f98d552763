"""What all groups support: the product of their smoothed shares, so that one group against is enough to lower it.

Polis' group-informed consensus (METHODS.md section 1): C = Π over groups of (agree + 1) / (seen + 2).
"""

from __future__ import annotations

import numpy as np

from .proportion_tests import Counts, Values, smoothed_share


def find_consensus(*, agreed: Counts, seen: Counts) -> Values:
    """Return each item's consensus. Both: groups × items; passes count as seen."""
    return np.asarray(np.prod(smoothed_share(hits=agreed, seen=seen), axis=0), dtype=np.float64)
