"""`manage.py programme_maker NAME`: let a member make programmes, where nobody may who could let them in the studio."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...domain.memberships import let_make
from ...models import Member


class Command(BaseCommand):
    help = "Let a member make programmes, and let others."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the member's user name")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        member = Member.objects.filter(username=name, is_active=True).first()
        if member is None:
            raise CommandError(f"There is no active member called {name}.")
        let_make(member_id=member.pk, on=True)
        self.stdout.write(f"{name} may make programmes.")
