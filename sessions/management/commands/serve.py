"""`manage.py serve`: migrates, makes the demo, prints the addresses and serves until stopped."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils import translation
from django.utils.translation import gettext as _

from cocreation.speech import language_of_shell
from cocreation.start import add_place

from ...domain.memberships import is_anybody_there
from ...domain.publication import adopt
from ...models.logins import SessionStore
from ...models.purge import rewrite
from ...server.startup_lock import hold_startup_lock, make_folder, refuse_taken_port, say_taken, take_sqlite
from ...views.checks import check_bundle
from ...views.health import schema
from ..addresses import describe, log_ready, name_pages, prepare, write_whole
from ..doctor import examine_start
from ..running import RUN_FILE


class Command(BaseCommand):
    help = "Serve the program, with the demo programme, until stopped."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_place(parser)
        parser.add_argument("--no-demo", dest="demo", action="store_false", help="make no demo programme")
        parser.add_argument(
            "--no-migrate", dest="migrate", action="store_false", help="the database is brought up to date elsewhere"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"] or settings.PORT
        folder = Path(options["data_dir"] or settings.DATA_DIR).resolve()
        language = language_of_shell()
        with translation.override(language):
            refuse_taken_port(host, port)
            if problems := check_bundle():
                sys.exit(problems[0].msg)
            make_folder(folder)
            held = take_sqlite()
        run_file = folder / RUN_FILE
        # Its links are of the last start. Whoever waits for the file must not find that one.
        run_file.unlink(missing_ok=True)
        with hold_startup_lock(folder / "serve.lock"):
            if schema.is_whole():
                # As a migrate would that finds nothing to do; finding that out by itself takes it half a second.
                adopt()
            elif options["migrate"]:
                call_command("migrate", interactive=False, verbosity=0)
                schema.forget()
            else:
                with translation.override(language):
                    sys.exit(
                        _("The database is not up to date: run manage.py migrate first, or leave out --no-migrate.")
                    )
            SessionStore.clear_expired()
            rewrite()
            title, addresses = prepare() if options["demo"] and settings.DEMO else name_pages()
            is_new = not is_anybody_there()
        with translation.override(language):
            troubles = examine_start()
        connections.close_all()

        def announce() -> None:
            write_whole(run_file, json.dumps(addresses, indent=2) + "\n")
            if settings.LOG_FORMAT == "json":
                log_ready(troubles, is_new=is_new)
            else:
                self.stdout.write(describe(title, addresses, host=host, troubles=troubles))
                self.stdout.flush()

        from ...server.server import run

        if not run(host=host, port=port, when_listening=announce):
            with translation.override(language):
                sys.exit(say_taken(port))
        run_file.unlink(missing_ok=True)
        if held is not None:
            held.close()
        self.stdout.write("Stopped. Everything is kept.")
