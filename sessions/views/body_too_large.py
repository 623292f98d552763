"""URL configuration for a request whose body was too long: every address answers 413.

The request passes every middleware as usual, so the answer has its language and its security headers.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import re_path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from cocreation.urls import handler400, handler403, handler404, handler429, handler500
from cocreation.urls import urlpatterns as pages

from ..errors import Code, Refused
from .error_pages import is_api, refusal_json, refusal_page

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]


@csrf_exempt  # nothing is done, and the token was in the body
@never_cache
def too_large(request: HttpRequest) -> HttpResponse:
    refused = Refused(Code.TOO_LARGE)
    return refusal_json(refused) if is_api(request) else refusal_page(request, refused)


# The others behind it, because the page has links to them.
urlpatterns = [re_path(r"", too_large), *pages]
