"""A copy of the whole database as it is at one moment. The room goes on meanwhile. restore.py has the way back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from django.db import connection

from ..exchange.consistent_read import read_consistently
from ..models import Session
from . import postgres_backup, sqlite_backup
from .failure import BackupFailed


def write_backup(target: Path) -> dict[str, int]:
    """Write the backup, readable by its owner only; return each session's code and the number of its newest line.

    Called inside a transaction it copies what that transaction sees. Raises BackupFailed, and leaves no half file then.
    """
    new = target.with_name(target.name + ".new")
    with suppress(FileNotFoundError):
        new.unlink()
    try:
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with read_consistently():
            # Also one that is being deleted: it is in the file. And a database of before knows no such mark.
            told = dict(Session.every.order_by("code").values_list("code", "seq"))
            (sqlite_backup if connection.vendor == "sqlite" else postgres_backup).copy(new)
        new.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(f"The backup could not be written: {error}") from error
    finally:
        new.unlink(missing_ok=True)
    return told
