from __future__ import annotations

from collections.abc import Iterator

import pytest

from sessions.domain.kind import forget, register

from .circles import Circles


@pytest.fixture
def circles() -> Iterator[Circles]:
    """The kind with groups, registered for as long as a test lasts."""
    kind = Circles()
    register(kind)
    try:
        yield kind
    finally:
        forget(kind)
