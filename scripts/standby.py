"""A server that stands by: its libraries are loaded, which is most of what a start costs, and the program is not yet.

    python -m scripts.standby serve --port 8000

It goes on as `manage.py serve --port 8000` when its standard input says so with a line, and ends when that closes.
frontend/dev.js keeps one ready for the next restart; the tests fork theirs from the same libraries
(tests/fork_server.py).
"""

from __future__ import annotations

import runpy
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


def main() -> None:
    for library in LIBRARIES:
        import_module(library)
    if not sys.stdin.readline():
        return
    sys.argv[0] = "manage.py"
    runpy.run_path("manage.py", run_name="__main__")


if __name__ == "__main__":
    main()
