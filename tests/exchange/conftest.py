"""The evening whose files are read."""

from __future__ import annotations

import pytest

from .scene import Scene, make_evening


@pytest.fixture
def evening() -> Scene:
    return make_evening()
