"""Projector links: the console makes them and takes them back."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ..domain.authorisation import RUNS_SESSIONS
from ..enums import Role
from ..errors import Refused
from ..models import Session, StageLink
from ..models.ids import new_token, token_hash
from .access import check_open, require_role
from .error_pages import refusal_json


def new_stage_link(session: Session) -> str:
    """Make a link and return its address. Only the hash of its secret is kept."""
    token = new_token()
    StageLink.objects.create(session=session, token_hash=token_hash(token), created_at=timezone.now())
    return f"{settings.PUBLIC_URL}{reverse('stage', kwargs={'code': session.code})}?link={token}"


@never_cache
@require_POST
@require_role(*RUNS_SESSIONS)
def make(request: HttpRequest, *, session: Session, role: Role) -> HttpResponse:
    try:
        check_open(session)
    except Refused as refused:
        return refusal_json(refused)
    return JsonResponse({"url": new_stage_link(session)})


@never_cache
@require_POST
@require_role(*RUNS_SESSIONS)
def revoke(request: HttpRequest, *, session: Session, role: Role) -> HttpResponse:
    revoked = session.stage_links.filter(revoked_at=None).update(revoked_at=timezone.now())
    return JsonResponse({"revoked": revoked})
