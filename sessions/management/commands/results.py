"""`manage.py results CODE --json`: print every figure of a session's rounds, for whoever wants to check them."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...domain.results_told import tell_results
from ..named_session import find_session


class Command(BaseCommand):
    help = (
        "Print every figure of the rounds of a session that was published, and why one is left out. A shortlist is"
        " told of each round once, of the size that is asked for first. --raw leaves pools and threshold out, and is"
        " for whoever has the rows anyway."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="the session's code")
        parser.add_argument("--json", action="store_true", required=True, help="the form in which they are printed")
        parser.add_argument("--raw", action="store_true", help="no pools, no threshold; also what needs whole ballots")
        size = parser.add_mutually_exclusive_group()
        size.add_argument("--k", type=int, help="how many items a shortlist has")
        size.add_argument("--budget", type=int, help="what a shortlist may cost, where items have prices")

    def handle(self, *args: Any, code: str, raw: bool, k: int | None, budget: int | None, **options: Any) -> None:
        if any(number is not None and number < 1 for number in (k, budget)):
            raise CommandError("--k and --budget are at least 1.")
        told = tell_results(session=find_session(code), raw=raw, k=k, budget=budget)
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
