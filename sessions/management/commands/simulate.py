"""`manage.py simulate CODE --people 40 --minutes 3`: a rehearsal with people of the four O's, and a check."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from argparse import ArgumentParser
from random import SystemRandom
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ..simulation.access import NoAccess, WrongPlace, check_place, enter
from ..simulation.client import CommandRefused
from ..simulation.crowd_runner import CrowdRunner
from ..simulation.http import HttpRefused, normalise_url
from ..simulation.rehearsal import Plan, Rehearsal, Report, describe

QUIET_S = 5.0
"""Where there is no terminal, progress is told this often."""


class Command(BaseCommand):
    help = (
        "Let simulated people of the four O's join a session over HTTP and sockets, write, change their minds and "
        "vote; then compare what was acknowledged with what is stored and exported. Exits 1 when they differ."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="the session's join code")
        parser.add_argument("--people", type=int, default=40)
        parser.add_argument("--minutes", type=float, default=3.0)
        parser.add_argument("--url", help="the server's address; several, with commas, are shared among the people")
        parser.add_argument("--seed", type=int, help="for the same people with the same moods again")
        parser.add_argument("--link", help="a one-time sign-in link of the core team; default: one is made")
        parser.add_argument("--yes", action="store_true", help="also in a session that is no rehearsal and has people")
        parser.add_argument(
            "--only-people",
            metavar="SECONDS",
            type=float,
            help="as the console starts them: in a rehearsal, without rights and without looking anything up, with so "
            "many seconds between two acts; tells its progress as JSON and ends when its input does",
        )
        who = parser.add_mutually_exclusive_group()
        who.add_argument("--lead", action="store_true", default=None, help="run the session as well")
        who.add_argument("--follow", dest="lead", action="store_false", help="only follow what a facilitator opens")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["people"] < 1 or options["minutes"] <= 0:
            raise CommandError("There must be at least one person, and some time.")
        code = options["code"].strip().upper()
        if options["only_people"] is not None:
            self._play_crowd(code, options)
            return
        seed = options["seed"] if options["seed"] is not None else SystemRandom().randrange(10**6)
        self._shown_at = 0.0
        try:
            bases = [normalise_url(url) for url in (options["url"] or _running_at()).split(",")]
            core = enter(base=bases[0], code=code, link=options["link"])
            warning = check_place(core=core, code=code, is_sure=options["yes"])
        except (NoAccess, WrongPlace, ValueError) as error:
            raise CommandError(str(error)) from error
        plan = Plan(
            bases=bases,
            code=code,
            people=options["people"],
            seconds=options["minutes"] * 60,
            lead=options["lead"],
            seed=seed,
        )
        if warning:
            self._say(warning)
        self._say(f"Simulation with seed {seed} at {', '.join(bases)}.")
        try:
            report = asyncio.run(Rehearsal(plan=plan, core=core, say=self._say, show=self._show).run())
        except (OSError, HttpRefused, CommandRefused) as error:
            raise CommandError(f"The simulation could not go on: {error}") from error
        self._print(report)
        if report.problems:
            sys.exit(1)

    def _play_crowd(self, code: str, options: dict[str, Any]) -> None:
        try:
            crowd = CrowdRunner(
                base=normalise_url(options["url"] or _running_at()),
                code=code,
                people=options["people"],
                seconds=options["minutes"] * 60,
                pace=options["only_people"],
                tell=self._tell,
            )
            asyncio.run(crowd.run())
        except (OSError, HttpRefused, CommandRefused, WrongPlace, ValueError) as error:
            raise CommandError(f"The simulation could not go on: {error}") from error

    def _tell(self, progress: dict[str, int]) -> None:
        self.stdout.write(json.dumps(progress))
        self.stdout.flush()

    def _say(self, text: str) -> None:
        if self.stdout.isatty():
            self.stdout.write("\r\033[K", ending="")
        self.stdout.write(text)
        self.stdout.flush()

    def _show(self, text: str) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r\033[K{text}", ending="")
        elif time.monotonic() - self._shown_at >= QUIET_S:
            self._shown_at = time.monotonic()
            self.stdout.write(text)
        self.stdout.flush()

    def _print(self, report: Report) -> None:
        lines = ["", f"{'command':<18}{'sent':>10}{'acknowledged':>14}"]
        lines += [f"{do:<18}{n:>10}{report.acknowledged[do]:>14}" for do, n in sorted(report.sent.items())]
        lines += ["", f"{'':<18}{'acknowledged':>14}{'stored':>10}{'exported':>10}"]
        lines += [f"{what:<18}{a:>14}{s:>10}{e:>10}" for what, (a, s, e) in describe(report).items()]
        lines += ["", f"{report.people} people joined, {report.exported['people']} are in participants.csv."]
        lines.append(f"They came back {report.reconnects} times after losing the connection.")
        if report.refused:
            told = ", ".join(f"{code} {n}" for code, n in sorted(report.refused.items()))
            lines.append(f"Refused, as the rules have it: {told}.")
        if not report.sent:
            lines.append("No step took cards or votes, so nothing was sent. --lead runs the session as well.")
        if report.problems:
            shown = report.problems[:20]
            lines += ["", f"DIFFERENT in {len(report.problems)} places:", *(f"  {problem}" for problem in shown)]
        else:
            lines.append("Acknowledged = stored = exported.")
        self._say("\n".join(lines))


def _running_at() -> str:
    """Return where the server on this machine says it runs."""
    try:
        return str(json.loads((settings.DATA_DIR / "run.json").read_text())["join"])
    except (OSError, ValueError, KeyError):
        return f"http://localhost:{settings.PORT}"
