"""`manage.py doctor`: whether a session can be held with this installation, and what to do when not."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cocreation.speech import LANGUAGES, language_of_shell

from ..doctor import State, examine


class Command(BaseCommand):
    help = (
        "Look at settings, address, certificate, database, Redis, disk, clock and open files. Exits with 1 when wrong."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lang", choices=LANGUAGES, help="default: the language of the shell")

    def handle(self, *args: Any, lang: str | None, **options: Any) -> None:
        with translation.override(lang or language_of_shell()):
            names = {State.WELL: _("well"), State.WARNING: _("look at"), State.WRONG: _("wrong")}
            wide = max(map(len, names.values()))
            counts = dict.fromkeys(State, 0)
            for subject, finding in examine():
                counts[finding.state] += 1
                self.stdout.write(f"{names[finding.state]:<{wide}}  {subject:<11}  {finding.text}")
            self.stdout.write("\n" + _summary(counts))
        if counts[State.WRONG]:
            sys.exit(1)


def _summary(counts: dict[State, int]) -> str:
    if n := counts[State.WRONG]:
        text = ngettext(
            "%(n)d thing is wrong: mend it before a session.", "%(n)d things are wrong: mend them before a session.", n
        )
        return text % {"n": n}
    if n := counts[State.WARNING]:
        text = ngettext(
            "A session can be held. Look at %(n)d thing first.", "A session can be held. Look at %(n)d things first.", n
        )
        return text % {"n": n}
    return _("All is well.")
