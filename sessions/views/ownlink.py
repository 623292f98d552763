"""A link for oneself: who runs a session goes on on a phone or a second computer, without anybody's help."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ..domain.authorisation import RUNS_SESSIONS
from ..domain.moment import to_ms
from ..enums import Role
from ..errors import Refused
from ..models import Member, Session
from .access import check_open, require_role
from .error_pages import refusal_json
from .qr import trace
from .signin import drop_old_links, new_sign_in_link

OWN_LINK_LASTS = timedelta(minutes=10)
"""It is used at once, and stands on a screen meanwhile."""


@never_cache
@require_POST
@require_role(*RUNS_SESSIONS)
def make(request: HttpRequest, *, session: Session, role: Role) -> HttpResponse:
    """Make a link that signs the member of this browser in elsewhere, once, and leads to this console."""
    try:
        check_open(session)
    except Refused as refused:
        return refusal_json(refused)
    drop_old_links()
    until = timezone.now() + OWN_LINK_LASTS
    way = reverse("console", kwargs={"code": session.code})
    url = new_sign_in_link(cast(Member, request.user), next_path=way, lasts=OWN_LINK_LASTS)
    return JsonResponse({"url": url, "qr": trace(url), "until": to_ms(until)})
