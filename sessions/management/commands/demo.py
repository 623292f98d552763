"""`manage.py demo`: makes the Kennispark programme, its session and its two members, where `serve` makes none."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ..demo import make_demo


class Command(BaseCommand):
    help = "Make what is not there yet of the Kennispark programme, a session that is ready, and two members."

    def handle(self, *args: Any, **options: Any) -> None:
        session, members = make_demo()
        self.stdout.write(f"{session.programme.name_en} · {session.title_en} · code {session.code}")
        self.stdout.write("To sign in:")
        self.stdout.write("\n".join(f"  manage.py sign_in_link {name}" for name in members))
