"""The core team sets until when a session is kept."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from ..domain.acts import Act, note_act
from ..domain.retention import set_keep_until, today_of
from ..enums import Role
from ..limits import EARLIEST, LATEST
from ..models import Session
from .access import member_of, require_role


@require_POST
@require_role(Role.CORE)
def keep(request: HttpRequest, *, session: Session, role: Role, of: str) -> HttpResponseBase:
    """Store the day; an empty one: until somebody deletes it. A day that has passed, where the programme is, deletes
    nothing: it is refused.
    """
    here = reverse("studio-session", kwargs={"of": session.programme.slug, "code": session.code})
    typed = request.POST.get("keep_until", "").strip()
    try:
        day = dt.date.fromisoformat(typed) if typed else None
    except ValueError:
        return HttpResponseRedirect(f"{here}?done=no-day#people")
    if day is not None and not (EARLIEST <= day <= LATEST and day >= today_of(session.programme.time_zone)):
        return HttpResponseRedirect(f"{here}?done=no-day#people")
    set_keep_until(session.pk, day=day)
    note_act(Act.KEPT, by=member_of(request), programme=session.programme, session=session)
    return HttpResponseRedirect(f"{here}?done=kept#people")


urlpatterns = [path("programmes/<slug:of>/sessions/<str:code>/keep/", keep, name="studio-keep")]
