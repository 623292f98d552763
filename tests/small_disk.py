"""A file system of a few megabytes for a server's data, and something else that fills it."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DISK_BYTES = 48_000_000
BALLAST = "ballast"


class CannotMount(Exception):
    """This machine lets us mount nothing; the message says why."""


@contextmanager
def small_disk(data: Path) -> Iterator[None]:
    """A file system of its own at this folder, which can be filled. Raises CannotMount."""
    data.mkdir(parents=True, exist_ok=True)
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(data)]
    try:
        done = subprocess.run(mounting, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise CannotMount(str(error)) from error
    if done.returncode:
        raise CannotMount(f"a small file system cannot be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        make_room(data)
        subprocess.run(["umount", "--lazy", str(data)], check=True)


def fill(data: Path) -> None:
    """Take all that is free, after the database has been made to hold no room of its own."""
    line = sqlite3.connect(data / "cocreation.sqlite3", timeout=5, isolation_level=None)
    try:
        with (data / BALLAST).open("wb", buffering=0) as ballast:
            # First nearly all, so that little time is left between the two for others to write in.
            os.posix_fallocate(ballast.fileno(), 0, _free_bytes(data) - 1_000_000)
            ballast.seek(0, os.SEEK_END)
            # What the log of pages had taken it could fill again without asking anybody for room.
            line.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            with _until_full():
                while True:
                    ballast.write(b"\0" * 4096)
    finally:
        line.close()


def make_room(data: Path) -> None:
    """Give back what `fill` took."""
    (data / BALLAST).unlink(missing_ok=True)


def _free_bytes(data: Path) -> int:
    found = os.statvfs(data)
    return found.f_bavail * found.f_bsize


@contextmanager
def _until_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
