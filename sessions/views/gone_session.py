"""A session that is deleted while a page of it is being made: that page says so.

Each read of a view may be the first that finds it gone (and a write the first that finds no row to point at), so
what they raise is judged here, once, for every address that holds a code.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from ..errors import Code, Refused
from .access import session_by_code
from .error_pages import is_api, refusal_json, refusal_page

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class GoneSessionMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer when the session is gone. None: it is there, and the exception is a fault."""
        code = request.resolver_match.kwargs.get("code") if request.resolver_match is not None else None
        if code is None or session_by_code(code) is not None:
            return None
        refused = Refused(Code.SESSION_DELETED)
        return refusal_json(refused) if is_api(request) else refusal_page(request, refused)
