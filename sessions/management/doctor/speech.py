"""Which language a command speaks."""

from __future__ import annotations

import os


def language_of_shell() -> str:
    """Return nl where the shell speaks Dutch, else en."""
    told = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "nl" if told.startswith("nl") else "en"
