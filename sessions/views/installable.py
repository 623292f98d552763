"""What makes the phone screen an app under HTTPS: its manifest and its service worker."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ..models import Session
from ..templatetags.bundle import BundleMissing
from ..wording.words import in_language
from .access import with_session

PAPER = "#f4f4f0"
ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-maskable-512.png", 512, "maskable"))


@require_safe
@cache_control(private=True, max_age=600)
@with_session
def manifest(request: HttpRequest, *, session: Session) -> HttpResponseBase:
    """Describe one session's phone screen as an app: opened from the home screen, it leads back to the session."""
    address = reverse("phone", kwargs={"code": session.code})
    title = in_language(session, "title")
    return JsonResponse(
        {
            "id": address,
            "start_url": address,
            "scope": address,
            "name": title,
            "short_name": session.code,
            "lang": get_language(),
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": PAPER,
            "icons": [
                {
                    "src": f"{settings.STATIC_URL}icons/{name}",
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for name, size, purpose in ICONS
            ],
        },
        content_type="application/manifest+json",
    )


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponseBase:
    """Hand out the service worker from the folder it is for: a browser lets it see no address above its own."""
    if settings.FRONTEND_DEV:
        raise Http404  # it would keep pages that are being written
    try:
        script = (Path(settings.FRONTEND_DIST) / "worker.js").read_bytes()
    except OSError as error:
        raise BundleMissing(_("The build has no service worker: build the frontend again.")) from error
    return HttpResponse(script, content_type="text/javascript")
