"""Reads a setting from the environment, or from the file that NAME_FILE names: where secrets are often handed in."""

from __future__ import annotations

import os
from pathlib import Path


def read(name: str, default: str = "") -> str:
    """Return the setting; empty counts as not set. A file's last line break is not part of it."""
    if value := os.environ.get(name):
        return value
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().rstrip("\r\n") or default
    return default
