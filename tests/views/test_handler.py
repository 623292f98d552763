"""Pages under ASGI: requests of a room wait side by side, not one behind the other."""

from __future__ import annotations

import asyncio
import threading

import pytest
from asgiref.testing import ApplicationCommunicator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path

from sessions.views.handler import PagesHandler

together = threading.Barrier(3, timeout=10)


def meet(request: HttpRequest) -> HttpResponse:
    """Answer only when three requests are here at once."""
    together.wait()
    return HttpResponse("met")


def stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter(["one", "two"]))


urlpatterns = [path("meet/", meet), path("stream/", stream)]


async def get(pages: PagesHandler, address: str, method: str = "GET") -> tuple[int, bytes]:
    scope = {
        "type": "http",
        "method": method,
        "path": address,
        "query_string": b"",
        "headers": [(b"host", b"testserver")],
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 1),
    }
    asked = ApplicationCommunicator(pages, scope)
    await asked.send_input({"type": "http.request", "body": b""})
    start = await asked.receive_output(timeout=15)
    body = await asked.receive_output(timeout=15)
    await asked.wait(timeout=15)
    return start["status"], body["body"]


@pytest.mark.django_db(transaction=True)
@override_settings(ROOT_URLCONF=__name__)
def test_requests_wait_side_by_side() -> None:
    async def room() -> list[tuple[int, bytes]]:
        pages = PagesHandler()
        return await asyncio.gather(*(get(pages, "/meet/") for _ in range(3)))

    assert asyncio.run(room()) == [(200, b"met")] * 3


@pytest.mark.django_db(transaction=True)
@override_settings(ROOT_URLCONF=__name__)
def test_only_the_head_is_sent_to_whoever_asks_for_it() -> None:
    async def ask() -> tuple[int, bytes]:
        return await get(PagesHandler(), "/stream/", "HEAD")

    assert asyncio.run(ask()) == (200, b"")
