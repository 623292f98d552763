"""Looks at everything a session rests on, and says in plain words how it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .address import examine_address, examine_name
from .certificate import examine_certificate
from .configuration import examine_redis, examine_settings
from .database import examine_database
from .findings import Finding, State
from .machine import examine_disk, examine_files, examine_time_zone

__all__ = ["Finding", "State", "examine", "examine_start"]

Examination = Callable[[], Iterator[Finding]]
AT_START: list[tuple[str | Promise, Examination]] = [
    (_("address"), examine_address),
    (_("Redis"), examine_redis),
    (_("disk"), examine_disk),
    (_("clock"), examine_time_zone),
]
"""Within a moment, and nothing that stands only after the start: neither the proxy nor the database's new tables."""
ALL: list[tuple[str | Promise, Examination]] = [
    (_("settings"), examine_settings),
    (_("address"), examine_address),
    (_("address"), examine_name),
    (_("certificate"), examine_certificate),
    (_("database"), examine_database),
    (_("Redis"), examine_redis),
    (_("disk"), examine_disk),
    (_("clock"), examine_time_zone),
    (_("open files"), examine_files),
]


def examine() -> Iterator[tuple[str, Finding]]:
    """Yield each finding with its subject."""
    for subject, look in ALL:
        for finding in look():
            yield str(subject), finding


def examine_start() -> list[str]:
    """Return a sentence for each thing that is not well, of those that a start can know."""
    return [finding.text for subject, look in AT_START for finding in look() if finding.state is not State.WELL]
