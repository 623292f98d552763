"""`manage.py retention`: deletes sessions whose retention date is over. A running server does the same by itself."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...domain.retention import find_over
from ...live.deletion_job import delete_here
from ...models import Session, purge


class Command(BaseCommand):
    help = "Delete every session whose retention date is over. A running server does it by itself, every ten minutes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only name them")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        found = dict(Session.objects.filter(pk__in=find_over()).values_list("pk", "code"))
        for session_id, code in found.items():
            if not dry_run:
                delete_here(session_id)
            self.stdout.write(code)
        if found and not dry_run:
            purge.owe()
            purge.clean_file()
            purge.rewrite()
        done = "would be deleted" if dry_run else "deleted"
        self.stdout.write(f"{len(found)} sessions {done}.")
