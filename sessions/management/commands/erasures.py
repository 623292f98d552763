"""`manage.py erasures`: prints the list of what was erased here, which `restore --erased` applies again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...domain.erased import read_erased
from ..erased_again import read_consents


class Command(BaseCommand):
    help = (
        "Print a line per person or session that was erased, a hash and when, and one per session, a hash and what "
        "people agreed to. It leads to nobody."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for of, at in sorted(read_erased().items()):
            self.stdout.write(f"{of} {at.isoformat()}")
        for of, consent in sorted(read_consents().items()):
            self.stdout.write(f"{of} {consent.value}")
