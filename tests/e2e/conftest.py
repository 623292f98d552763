"""The browser that stories share ends with the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from . import stories


@pytest.fixture(scope="session", autouse=True)
def _stories_end() -> Iterator[None]:
    yield
    stories.end()
