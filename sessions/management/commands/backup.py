"""`manage.py backup FILE`: the whole database as it is now, also while people write."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ..backup import write_backup
from ..failure import BackupFailed


class Command(BaseCommand):
    help = "Write a backup of the whole database to FILE. The server may be running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            told = write_backup(file)
        except BackupFailed as failed:
            raise CommandError(str(failed)) from failed
        for code, seq in told.items():
            self.stdout.write(f"{code}: {seq} lines")
        self.stdout.write(f"{len(told)} sessions are in {file}.")
