"""`manage.py export_data CODE_OR_SLUG --format xlsx --out PATH`: the files of a session or of a programme."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...enums import Role
from ...exchange.archive import Member
from ...exchange.consistent_read import read_consistently
from ...exchange.files import (
    FILES,
    read_file,
    read_members,
    read_programme_members,
    read_programme_workbook,
)
from ...exchange.report.outlets import FORMS, LANGUAGES, REPORTS, read_report
from ...models import Programme, Session

WORKBOOK, CSV, PACKAGE = "xlsx", "csv", "datapackage"
REPORT_FORMS = {f"report-{form}": form for form in FORMS}


class Command(BaseCommand):
    help = (
        "Write the tables of a session, or of all sessions of a programme: as one workbook (xlsx), as files in a new"
        " folder (csv), or as such a folder with its datapackage.json and everything else of the zip (datapackage). Or"
        " the report of a session (report-pdf, report-docx)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("which", metavar="CODE_OR_SLUG", help="a session's code or a programme's slug")
        parser.add_argument("--format", choices=(CSV, WORKBOOK, PACKAGE, *REPORT_FORMS), required=True)
        parser.add_argument("--out", type=Path, required=True, help="a file, or a folder, that is not there yet")
        parser.add_argument(
            "--role",
            choices=[role.value for role in Role],
            default=Role.CORE.value,
            help="who gets it: the core team has everything, also rows per person (the default)",
        )
        parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help="of a report")

    def handle(self, *args: Any, which: str, format: str, out: Path, role: str, language: str, **options: Any) -> None:
        if out.exists():
            raise CommandError(f"{out} is there already: name another place, or move it away.")
        reader = Role(role)
        session = Session.objects.filter(code=which.strip().upper()).first()
        programme = None if session else Programme.objects.filter(slug=which.strip().lower()).first()
        if session is None and programme is None:
            raise CommandError(f"There is no session with the code {which}, and no programme with that slug.")
        if session is None and format in REPORT_FORMS:
            raise CommandError("A report is of one session: name it by its code.")
        try:
            with read_consistently():
                if session is not None and format in REPORT_FORMS:
                    report = REPORTS[f"report-{language}.{REPORT_FORMS[format]}"]
                    _write(out, read_report(report=report, session_id=session.pk, role=reader))
                elif format == WORKBOOK:
                    pieces = (
                        read_file(found=FILES["session.xlsx"], session_id=session.pk, role=reader)
                        if session
                        else read_programme_workbook(programme_id=programme.pk, role=reader)  # type: ignore[union-attr]
                    )
                    _write(out, pieces)
                else:
                    members = (
                        read_members(session_id=session.pk, role=reader)
                        if session
                        else read_programme_members(programme=programme, role=reader)  # type: ignore[arg-type]
                    )
                    _write_folder(out, members, is_whole=format == PACKAGE)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Written: {out}")


def _write_folder(folder: Path, members: Iterable[Member], *, is_whole: bool) -> None:
    folder.mkdir(parents=True)
    for name, pieces in members:
        if is_whole or name.endswith(".csv"):
            _write(folder / name, pieces)


def _write(path: Path, pieces: Iterator[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(pieces)
