"""What the machine gives the program: room on the disk, open files, a clock."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from ...server.descriptors import LOW, raise_limit, room_within
from .findings import Finding, warning, well, wrong

LITTLE_BYTES, NONE_BYTES = 1_000_000_000, 100_000_000
MB = 1_000_000


def examine_disk() -> Iterator[Finding]:
    """At a start SQLite's file is written anew, which takes as much room again."""
    folder: Path = settings.DATA_DIR
    if not os.access(folder, os.W_OK):
        yield wrong(_("The program may not write in %(folder)s.") % {"folder": folder})
        return
    if connection.vendor != "sqlite":
        yield well(_("What is stored lies on the disk of PostgreSQL. Watch that one."))
        return
    free = shutil.disk_usage(folder).free
    file = folder / "cocreation.sqlite3"
    needed = file.stat().st_size if file.exists() else 0
    told = {"free": free // MB, "folder": folder}
    if free < NONE_BYTES:
        yield wrong(_("Only %(free)d MB are free in %(folder)s. When the disk is full, nothing is stored.") % told)
    elif free < max(LITTLE_BYTES, 2 * needed):
        yield warning(_("Only %(free)d MB are free in %(folder)s. Make room before a session.") % told)
    else:
        yield well(_("%(free)d MB are free in %(folder)s.") % told)


def examine_files() -> Iterator[Finding]:
    """Each connection is an open file."""
    room = room_within(raise_limit()[1])
    if room < LOW:
        yield warning(
            _("Only %(room)d connections fit, for each is an open file. Raise the limit: ulimit -n, or OPEN_FILES.")
            % {"room": room}
        )
    else:
        yield well(_("%(room)d connections fit.") % {"room": room})


def examine_time_zone() -> Iterator[Finding]:
    try:
        ZoneInfo(settings.TIME_ZONE)
    except ZoneInfoNotFoundError:
        yield wrong(
            _("This system does not know the time zone %(zone)s. Install tzdata.") % {"zone": settings.TIME_ZONE}
        )
    else:
        yield well(_("The time zone %(zone)s is known.") % {"zone": settings.TIME_ZONE})
