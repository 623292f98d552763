"""`manage.py types`: write what is generated from the protocol's structs; `--check` fails when something is stale."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ..generated import render_files


class Command(BaseCommand):
    help = "Write the frontend's types, docs/protocol.schema.json and the tables of docs/protocol.md from the structs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        wanted = render_files(settings.BASE_DIR)
        stale = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
        if check and stale:
            names = ", ".join(str(path.relative_to(settings.BASE_DIR)) for path in stale)
            raise CommandError(f"Stale: {names}. Run `make types`.")
        if check:
            return
        for path, text in wanted.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            self.stdout.write(f"Wrote {path}.")
