"""Request log: a request ID for all log lines of a page view, and how long it took."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from structlog.contextvars import bind_contextvars

from ..live.metrics import http_time


class RequestLogMiddleware:
    """The outermost one. The number goes out as X-Request-ID; one that comes in is not believed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began, number = time.monotonic(), secrets.token_hex(6)
        # It stays bound: Django logs a failed page after this returned. Every request has a context of its own.
        bind_contextvars(request=number)
        response = self._get_response(request)
        response.headers["X-Request-ID"] = number
        http_time.labels(view=_name(request), status=f"{response.status_code // 100}xx").observe(
            time.monotonic() - began
        )
        return response


def _name(request: HttpRequest) -> str:
    if request.resolver_match is not None:
        return request.resolver_match.view_name
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"
