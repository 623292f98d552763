"""Pages under ASGI, each in one thread from beginning to end.

Django alone would run every page view of a process in one and the same thread, and hop there and back for each
middleware. A room that joins waits for commits, and those waits must overlap: then they share a commit.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import sync_to_async
from django import setup
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

THREADS = 12


class PagesHandler(ASGIHandler):
    """Django's handler with a pool of threads for whole requests."""

    def load_middleware(self, is_async: bool = False) -> None:
        """Build the chain as for WSGI, and call it in a thread of the pool."""
        super().load_middleware(is_async=False)
        chain = self._middleware_chain
        pool = ThreadPoolExecutor(THREADS, thread_name_prefix="page")

        def answer(request: HttpRequest) -> HttpResponseBase:
            try:
                return chain(request)
            finally:
                # Django closes connections of its own one thread only.
                close_old_connections()

        self._middleware_chain = sync_to_async(answer, thread_sensitive=False, executor=pool)


def make_pages() -> PagesHandler:
    """Return what serves HTTP."""
    setup(set_prefix=False)
    return PagesHandler()
