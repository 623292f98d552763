"""`manage.py import_data PATH --format polis --into CODE`: take a vote that was held elsewhere into a session."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...domain.imported import ImportedRound, check_import, take_import
from ...exchange.imports import READERS, Unreadable, read_import
from ..named_session import find_session

SHOWN = 20
"""Refusals that are named one by one."""


class Command(BaseCommand):
    help = (
        "Read the votes of another program into a session nobody took part in yet: all of them or, when anything is"
        " refused, none. The step is closed for good and the session's door is locked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="polis: a folder; pabulib: a .pb file")
        parser.add_argument("--format", dest="form", choices=sorted(READERS), required=True)
        parser.add_argument("--into", metavar="CODE", required=True, help="the session's code")
        parser.add_argument(
            "--groups",
            type=_read_groups,
            default={},
            metavar="0=onderwijs,1=onderzoek",
            help="which O each group of the file is; without it everybody counts in heads only",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be taken, and take nothing")

    def handle(self, *args: Any, path: Path, form: str, into: str, dry_run: bool, **options: Any) -> None:
        session = find_session(into)
        try:
            found = read_import(path, form=form, groups=options["groups"])
        except Unreadable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"read: {_tell(found)}")
        refused = check_import(session=session, found=found)
        for what, why in refused[:SHOWN]:
            self.stdout.write(f"refused: {what}: {why}")
        if len(refused) > SHOWN:
            self.stdout.write(f"refused: and {len(refused) - SHOWN} more")
        if refused:
            raise CommandError(f"Nothing was taken: {len(refused)} refused.")
        if dry_run:
            self.stdout.write("taken: nothing, this was a dry run; nothing is refused")
            return
        round_ = take_import(session=session, found=found)
        self.stdout.write(f"taken: {_tell(found)}, as round {round_.public_id} of {session.code}")


def _tell(found: ImportedRound) -> str:
    grouped = sum(person.sector is not None for person in found.people)
    return f"{len(found.items)} items, {len(found.people)} people ({grouped} of an O), {found.votes} votes"


def _read_groups(text: str) -> dict[str, str]:
    """Raises ValueError, of which argparse makes a sentence."""
    pairs = [pair.partition("=") for pair in text.split(",")]
    if not all(group and sector for group, _, sector in pairs):
        raise ValueError
    return {group.strip(): sector.strip() for group, _, sector in pairs}
