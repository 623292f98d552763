"""`manage.py types`: write the protocol's TypeScript types; `--check` fails when they are stale."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ...live.typescript import render


class Command(BaseCommand):
    help = "Write frontend/src/lib/wire.gen.ts from the protocol's structs."
    requires_system_checks: list[str] = []  # type: ignore[assignment]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        path = settings.BASE_DIR / "frontend" / "src" / "lib" / "wire.gen.ts"
        wanted = render()
        if check:
            if not path.exists() or path.read_text() != wanted:
                raise CommandError("frontend/src/lib/wire.gen.ts is stale: run `make types`.")
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted)
        self.stdout.write(f"Wrote {path}.")
