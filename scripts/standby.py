"""Starts servers by forking: their libraries are loaded once, which is most of what a start costs, the program anew.

    python -m scripts.standby serve --port 8000

For each line on its standard input it forks a process that goes on as `manage.py serve --port 8000`. On file
descriptor 3 it tells `started PID` and `ended PID`. When its input closes it stops the server and ends. frontend/dev.js
restarts the server so; the tests fork theirs from the same libraries (tests/fork_server.py).
"""

from __future__ import annotations

import gc
import os
import runpy
import signal
import sys
from importlib import import_module

LIBRARIES = (
    "django.contrib.auth.hashers",
    "django.contrib.auth.password_validation",
    "django.contrib.messages.storage.fallback",
    "django.contrib.staticfiles.finders",
    "django.core.handlers.asgi",
    "django.core.management",
    "django.core.management.commands.migrate",
    "django.db.backends.postgresql.base",
    "django.db.backends.sqlite3.base",
    "django.db.migrations.executor",
    "django.forms",
    "django.shortcuts",
    "django.template.backends.django",
    "django.template.loader_tags",
    "django.templatetags.i18n",
    "django.utils.translation.trans_real",
    "django.views.decorators.cache",
    "django.views.decorators.csrf",
    "django.views.static",
    "autobahn.twisted.websocket",
    "daphne.http_protocol",
    "daphne.ws_protocol",
    "twisted.internet.asyncioreactor",
    "twisted.internet.endpoints",
    "twisted.logger",
    "twisted.web.http",
    "channels.db",
    "channels.layers",
    "channels.routing",
    "channels_redis.pubsub",
    "redis.asyncio",
    "redis.sentinel",
    "csp.middleware",
    "dj_database_url",
    "markdown_it",
    "msgspec.json",
    "prometheus_client",
    "psycopg_pool",
    "segno",
    "structlog",
    "whitenoise.middleware",
)
"""What a server loads that reads no setting and starts nothing."""


TOLD = 3
"""The file descriptor."""
_running: set[int] = set()


def main() -> None:
    for library in LIBRARIES:
        import_module(library)
    gc.freeze()
    # Ctrl-C in a shell reaches every process; this one ends when its input closes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, _tell_who_ended)
    server = 0
    while sys.stdin.readline():
        # One that ends at once is told of after it was told that it started.
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
        server = os.fork()
        if not server:
            _serve()
            return
        _running.add(server)
        _tell(f"started {server}")
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
    if server in _running:
        os.kill(server, signal.SIGTERM)


def _serve() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
    os.close(TOLD)
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), sys.stdin.fileno())
    sys.argv[0] = "manage.py"
    runpy.run_path("manage.py", run_name="__main__")


def _tell(what: str) -> None:
    os.write(TOLD, f"{what}\n".encode())


def _tell_who_ended(*_: object) -> None:
    try:
        while ended := os.waitpid(-1, os.WNOHANG)[0]:
            _running.discard(ended)
            _tell(f"ended {ended}")
    except ChildProcessError:
        pass


if __name__ == "__main__":
    main()
