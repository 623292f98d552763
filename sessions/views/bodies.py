"""How long the body of a request may be, by its address. The server stops reading there and answers 413.

No address takes a file today. One that will is added here, for members only.
"""

from __future__ import annotations

from ..live.long_poll import BODY_BYTES as LINE_BYTES
from ..live.long_poll import PATH as LINE_PATH

PAGE_BYTES = 1_000_000
API_BYTES = 4_096


def most_bytes(path: str) -> int:
    """Return the most bytes that a request to this path may have in its body. `path`: decoded, without a query."""
    if path.startswith(LINE_PATH):
        return LINE_BYTES
    return API_BYTES if path.startswith("/api/") else PAGE_BYTES
