"""For whoever watches the server: is it alive, and can it do its work?"""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Ready is who can read the database. Redis only rings bells, so its absence is told but is no failure."""
    answer = {"status": "ok", "database": "ok", "redis": _redis()}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM workshop_session LIMIT 1")
    except DatabaseError:
        answer |= {"status": "unavailable", "database": "unavailable"}
    return JsonResponse(answer, status=200 if answer["status"] == "ok" else 503)


def _redis() -> str:
    if not settings.REDIS_URL:
        return "not used"
    from redis import Redis, RedisError

    client = Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1)
    try:
        client.ping()
    except (RedisError, OSError):
        return "unavailable"
    finally:
        client.close()
    return "ok"
