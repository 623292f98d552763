"""Puts the headers that every answer has (sessions/live/headers.py) on those of Django."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from ..live.headers import HEADERS


def add_headers(response: HttpResponseBase) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


class HeadersMiddleware:
    """Outside of whatever answers by itself, as the files of the build do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        add_headers(response)
        return response
