"""`manage.py restore FILE`: puts a backup in the place of the database. No server may be running on it."""

from __future__ import annotations

from argparse import ArgumentParser, FileType
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from ..erased_again import read_printed_list
from ..failure import BackupFailed
from ..restore import finish_restore, restore_backup


class Command(BaseCommand):
    help = "Put the backup FILE in the place of the database, and bring it up to date. Stop every server first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="none: pg_restore has put it there already")
        parser.add_argument("--replace", action="store_true", help="also when there are sessions: they are gone then")

        parser.add_argument(
            "--erased",
            type=FileType("r"),
            help="without FILE: what `manage.py erasures` printed of the database of before; - reads it from the input",
        )

    def handle(self, *args: Any, file: Path | None, replace: bool, erased: TextIO | None, **options: Any) -> None:
        try:
            if file is not None:
                told = restore_backup(file, replace=replace)
            else:
                told = finish_restore(before=read_printed_list(erased or ()))
        except BackupFailed as failed:
            raise CommandError(str(failed)) from failed
        for code, seq in told.items():
            self.stdout.write(f"{code}: {seq} lines, whole")
        self.stdout.write(f"{len(told)} sessions are back. Screens that were open load anew by themselves.")
