"""What is asked for must be there."""

from __future__ import annotations

from typing import TypeVar

from ..errors import Code, Refused

T = TypeVar("T")


def require(found: T | None, code: Code) -> T:
    """Return what was found. Raises Refused with the code when there is nothing."""
    if found is None:
        raise Refused(code)
    return found
