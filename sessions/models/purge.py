"""Purges erased texts from the database's files.

An erased text is gone from its row, and on SQLite it may still stand in the file: in the write-ahead log, and in the
free room of pages. Whoever erases calls `owe` after the commit; the job of each process (live/erasure_job.py) calls
`clean_file`. `PRAGMA secure_delete` (settings) overwrites what is freed, the checkpoint empties the log. One thing is
left: SQLite moves rows from page to page as it balances them and does not overwrite the room they leave, so about one
text in a thousand keeps a copy. The file is searched for it, and written anew when it is found.

Nothing of it is for PostgreSQL, whose VACUUM and archives are set by who runs it; see docs/operations.md.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import OperationalError, connection

log = logging.getLogger(__name__)

PATIENCE_MS = 250
"""How long a checkpoint may wait for others. While it waits for a reader nobody can write, so it tries again later."""
SHORTEST = 4
"""Bytes: a shorter text is found by chance."""

_lock = threading.Lock()
_owed = True
"""A process that died may have left something: the first look of the next one empties the log."""
_texts: set[str] = set()


def owe(texts: Iterable[str] = ()) -> None:
    """Schedule a purge after an erasure was committed; `texts` as they may stand in the file. From any thread."""
    global _owed
    with _lock:
        _owed = True
        _texts.update(texts)


def clean_file(*, is_used: Callable[[str], bool] = lambda _: False) -> bool:
    """Empty the write-ahead log, and write the file anew when one of the texts still stands in it.

    Not in a transaction. `is_used`: whether a text, or one that holds it, rightly stands in a table. Then the file
    tells nothing, and a copy goes at the next start. Returns False when it has to be tried again: somebody was reading
    or writing.
    """
    global _owed
    with _lock:
        if not _owed:
            return True
        texts = set(_texts)
        _owed = False
    done = connection.vendor != "sqlite" or _clean(texts, is_used)
    with _lock:
        if done:
            _texts.difference_update(texts)
        else:
            _owed = True
    return done


def rewrite() -> bool:
    """Write the whole file anew, from what stands in the tables. Nobody else can write meanwhile.

    It takes out what a version before `secure_delete` freed, and what a process that died did not search for. Returns
    False when it could not be done: the disk has no room for a second copy, or somebody else is using the file. Where
    only the write-ahead log could not be emptied, that is owed.
    """
    if connection.vendor != "sqlite":
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
        if not _checkpoint():
            owe()
        return True
    except OperationalError as error:
        log.warning("The database file was not written anew: %s", error)
        return False


def count_bytes() -> int:
    """Return how large the database is: what `rewrite` has to write. On PostgreSQL it has nothing to do."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        (size,) = cursor.fetchone()
    return int(size)


def _clean(texts: set[str], is_used: Callable[[str], bool]) -> bool:
    if not _checkpoint():
        return False
    path = Path(str(connection.settings_dict["NAME"]))
    if not path.is_file():
        return True
    left = [text for text in _found_in(path, texts) if not is_used(text)]
    return rewrite() if left else True


def _checkpoint() -> bool:
    """Copy the write-ahead log into the file and cut it to nothing, unless somebody is in the way."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, *_) = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")
    return bool(busy == 0)


_SEARCH = """
import json, mmap, sys
wanted = [text.encode() for text in json.load(sys.stdin)]
with open(sys.argv[1], "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
    json.dump([place for place, text in enumerate(wanted) if content.find(text) >= 0], sys.stdout)
"""


def _found_in(path: Path, texts: set[str]) -> list[str]:
    """Return the texts that stand in the file. Another process reads it.

    A process that closes any descriptor of a file loses all of its POSIX locks on it, and SQLite keeps its locks that
    way (sqlite.org/howtocorrupt.html, 2.2): the next program to open the database would take itself for the only one,
    and delete the write-ahead log under us.
    """
    wanted = [text for text in texts if len(text.encode()) >= SHORTEST]
    if not wanted or path.stat().st_size == 0:
        return []
    found = subprocess.run(  # noqa: S603 - our own program, told a path of ours
        [sys.executable, "-I", "-c", _SEARCH, str(path)],
        input=json.dumps(wanted),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return [wanted[place] for place in json.loads(found.stdout)]
