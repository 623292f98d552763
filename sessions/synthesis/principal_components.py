"""Two axes along which people's votes differ most, and where everybody stands on them (METHODS.md section 2).

Blanks are filled with the item's mean, and a projection is scaled by √(items / seen), as Polis does: who answered
little would else stand in the middle.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

AXES: Final = 2
SMALL: Final = 150
SUBSPACE: Final = 10
TURNS: Final = 12


def project(votes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return people × 2. `votes`: people × items, NaN where somebody did not answer."""
    seen = ~np.isnan(votes)
    n = np.maximum(1, seen.sum(axis=0))
    filled = np.where(seen, votes, 0.0)
    centred = np.where(seen, filled - filled.sum(axis=0) / n, 0.0)
    axes = _find_axes(centred)
    scale = np.sqrt(votes.shape[1] / np.maximum(1, seen.sum(axis=1)))
    return np.asarray(centred @ axes * scale[:, None], dtype=np.float64)


def _find_axes(centred: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return items × 2: the eigenvectors of the smaller of the two products with the largest eigenvalues."""
    people, items = centred.shape
    if people < items:
        axes = centred.T @ _find_leading(centred @ centred.T)
        return np.asarray(axes / np.maximum(np.linalg.norm(axes, axis=0), 1e-12), dtype=np.float64)
    return _find_leading(centred.T @ centred)


def _find_leading(product: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the two leading eigenvectors. Of a large product by subspace iteration (Halko, Martinsson and Tropp,
    2011), which needs a tenth of the time.
    """
    if len(product) <= SMALL:
        return np.asarray(np.linalg.eigh(product)[1][:, -AXES:][:, ::-1], dtype=np.float64)
    basis = np.random.default_rng(0).standard_normal((len(product), SUBSPACE))
    for _ in range(TURNS):
        basis, _ = np.linalg.qr(product @ basis)
    _, inner = np.linalg.eigh(basis.T @ product @ basis)
    return np.asarray(basis @ inner[:, -AXES:][:, ::-1], dtype=np.float64)
