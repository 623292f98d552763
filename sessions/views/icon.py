"""The sign in the browser's tab: the marks of the four O's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<circle cx="8" cy="8" r="6.6" fill="#b98200"/>'
    '<path d="M24 .8 31.2 8 24 15.2 16.8 8z" fill="#6c82ff"/>'
    '<path d="M8 17.4 15 30.6H1z" fill="#ce2a20"/>'
    '<path d="M18 18h12v12H18z" fill="#06806c"/>'
    "</svg>"
)


@require_safe
@cache_control(public=True, max_age=86_400)
def icon(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PICTURE, content_type="image/svg+xml")
