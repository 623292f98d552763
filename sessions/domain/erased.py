"""The list of what was erased: people and whole sessions, each as a hash of its public id.

A backup of before holds them still. Whoever restores one applies the list of the database that it replaces: then they
are erased again, by the same functions (management/erased_again.py). Whoever has the list alone learns nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from ..models import Erasure
from ..models.ids import token_hash

Erased = Mapping[str, dt.datetime]
"""Hash → when."""


def note_erased(public_id: str) -> None:
    """Remember it. In the transaction that erases."""
    Erasure.objects.get_or_create(of=token_hash(public_id), defaults={"at": timezone.now()})


def read_erased() -> dict[str, dt.datetime]:
    return dict(Erasure.objects.values_list("of", "at"))


def add_erased(erased: Erased) -> None:
    """Add the list of another database to the one here."""
    rows = [Erasure(of=of, at=at) for of, at in erased.items()]
    Erasure.objects.bulk_create(rows, ignore_conflicts=True)
