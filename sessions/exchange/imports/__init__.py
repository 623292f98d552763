"""Files of other programs, one module per format: read whole into an `ImportedRound`, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ...domain.imported import ImportedRound
from .pabulib import read_pabulib
from .polis import read_polis
from .reading import Unreadable

READERS = {"polis": read_polis, "pabulib": read_pabulib}

__all__ = ["READERS", "Unreadable", "read_import"]


def read_import(path: Path, *, form: str, groups: Mapping[str, str]) -> ImportedRound:
    """Return what a file or folder holds. `groups`: name of a group in it → key of an O. Raises Unreadable."""
    return READERS[form](path, groups=groups)
