"""`manage.py erasures`: prints the list of what was erased here, which `restore --erased` applies again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...domain.erased import read_erased


class Command(BaseCommand):
    help = "Print a line per person or session that was erased: a hash and when. It leads to nobody."

    def handle(self, *args: Any, **options: Any) -> None:
        for of, at in sorted(read_erased().items()):
            self.stdout.write(f"{of} {at.isoformat()}")
