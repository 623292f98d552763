"""For whoever watches the server: is it alive, can it do its work, and how is it doing?

`liveness` asks nothing of anybody: a database that is away is no reason to start this process again. `readiness` is for
a load balancer. `metrics` is for Prometheus and not for the public.
"""

from __future__ import annotations

import hmac
import ipaddress
import time

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..live import draining, scrape

FORWARDED = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO")
LOOK_AGAIN_S = 1.0


@never_cache
@require_safe
def liveness(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readiness(request: HttpRequest) -> HttpResponse:
    """Ready is who can read the database, finds all its tables there, and stays.

    Redis only rings notifications, so its absence is told but is no failure.
    """
    if draining.leaving():
        return JsonResponse({"status": "draining"}, status=503)
    answer = {"status": "ok", "database": "ok", "redis": _redis()}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not schema.is_whole():
            answer |= {"status": "unavailable", "database": "migrations pending"}
    except (DatabaseError, InterfaceError):
        connection.close()
        answer |= {"status": "unavailable", "database": "unavailable"}
    return JsonResponse(answer, status=200 if answer["status"] == "ok" else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer this machine itself, and who has the token; nobody else learns that there is something."""
    if not _may_scrape(request):
        raise Http404
    return HttpResponse(scrape.render(), content_type=scrape.CONTENT_TYPE)


def _may_scrape(request: HttpRequest) -> bool:
    """A proxy on this machine is no reason: what it passes on has forwarding headers."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "")
    except ValueError:
        return False
    return address.is_loopback and not any(name in request.META for name in FORWARDED)


class Schema:
    """Whether every migration of this program was carried out. Once true it stays true; until then it is asked again.

    Migrations of a newer program do not count: they only add, so that this one goes on beside it.
    """

    _whole = False
    _looked_at = 0.0

    def is_whole(self) -> bool:
        if not self._whole and time.monotonic() - self._looked_at >= LOOK_AGAIN_S:
            self._looked_at = time.monotonic()
            executor = MigrationExecutor(connection)
            self._whole = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        return self._whole

    def forget(self) -> None:
        """Look again (tests)."""
        self._whole, self._looked_at = False, 0.0


schema = Schema()


def _redis() -> str:
    if settings.REDIS is None:
        return "not used"
    from redis import RedisError

    try:
        settings.REDIS.ping()
    except (RedisError, OSError):
        return "unavailable"
    return "ok"
