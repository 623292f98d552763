"""Real data sets that are no part of the repository: where they lie, and what says so when they are not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("COCREATION_DATA", Path(__file__).parents[2] / "shared" / "data"))


def data(name: str) -> Path:
    """Return a file or folder of the data sets; skips the test when it is not there."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"no data set at {path}: set COCREATION_DATA to the folder that holds them")
    return path
