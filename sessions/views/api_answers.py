"""How `/api/v1/` answers: JSON, with refusals as JSON too, never cached."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from ..errors import Refused
from .error_pages import method_not_allowed, refusal_json

encode = msgspec.json.Encoder().encode
ApiView = Callable[..., HttpResponseBase]


def answers(*methods: str) -> Callable[[ApiView], ApiView]:
    """Make a function a view of the API: these methods, own origin only, refusals as JSON, never cached."""

    def decorate(view: ApiView) -> ApiView:
        @csrf_exempt
        @never_cache
        @wraps(view)
        def answer(request: HttpRequest, **rest: Any) -> HttpResponseBase:
            if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
                return method_not_allowed(request, list(methods))
            try:
                return view(request, **rest)
            except Refused as refused:
                return refusal_json(refused)

        return answer

    return decorate


def tell_json(document: Any, *, status: int = 200) -> HttpResponse:
    return HttpResponse(encode(document), status=status, content_type="application/json")
