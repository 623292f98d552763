"""`manage.py sign_in_link NAME`: print a one-time link for a member who cannot sign in otherwise."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ...models import Member
from ...views.signin import drop_old_links, new_sign_in_link
from ..running import running_address


class Command(BaseCommand):
    help = "Print a link that signs a member in once, within 24 hours."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the member's user name")
        parser.add_argument("--next", default=settings.LOGIN_REDIRECT_URL, help="the page it leads to")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        member = Member.objects.filter(username=name, is_active=True).first()
        if member is None:
            raise CommandError(f"There is no active member called {name}.")
        drop_old_links()
        base = running_address()
        if base is None:
            self.stderr.write("No server runs with this DATA_DIR. When it has another address, set PUBLIC_URL.")
        self.stdout.write(new_sign_in_link(member, next_path=options["next"], base=base))
