"""`manage.py first_account`: print a link that makes the first account, on a server where nobody has one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ..addresses import new_first_link
from ..running import running_address


class Command(BaseCommand):
    help = "Print a link that makes the first account, once, within seven days. Links of before no longer work."

    def handle(self, *args: Any, **options: Any) -> None:
        base = running_address()
        link = new_first_link(base)
        if link is None:
            raise CommandError("Somebody has an account already. manage.py sign_in_link NAME prints a link for it.")
        if base is None:
            self.stderr.write("No server runs with this DATA_DIR. When it has another address, set PUBLIC_URL.")
        self.stdout.write(link)
