"""How long the body of a request may be, by its address. The server stops reading there and answers 413.

No address takes a file today. One that will is added here, for members only.
"""

from __future__ import annotations

PAGE_BYTES = 1_000_000
API_BYTES = 4_096
TOO_LARGE = "cocreation.body_too_large"
"""ASGI extension: the server read no further because the body was too long. What there is of it is not passed on."""


def most_bytes(path: str) -> int:
    """Return the most bytes that a request to this path may have in its body. `path`: decoded, without a query."""
    return API_BYTES if path.startswith("/api/") else PAGE_BYTES
