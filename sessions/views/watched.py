"""What phones show now, for whoever runs the session: what each is sent alike. Nobody takes part by it."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..domain.authorisation import RUNS_SESSIONS
from ..domain.documents import NowDoc
from ..domain.moment import now, to_ms
from ..domain.snapshot import show_snapshot
from ..domain.state import State
from ..enums import Audience, Role
from ..errors import Refused
from ..exchange.consistent_read import read_consistently
from ..models import Session
from .access import check_open, require_role
from .error_pages import refusal_json

_encode = msgspec.json.Encoder().encode


@never_cache
@require_safe
@require_role(*RUNS_SESSIONS)
def watched_now(request: HttpRequest, *, session: Session, role: Role) -> HttpResponse:
    """Return what every phone gets alike, without counts that change by the second."""
    try:
        check_open(session)
    except Refused as refused:
        return refusal_json(refused)
    with read_consistently():
        snapshot = show_snapshot(State.load_agenda(session.pk), Audience.PHONE, NowDoc())
    return HttpResponse(_encode({"snapshot": snapshot, "time": to_ms(now())}), content_type="application/json")
