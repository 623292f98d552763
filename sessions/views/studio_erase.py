"""The core team erases one person from a session, who asked for it: found by the tag on their phone, or by a card."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..domain.acts import Act, note_act
from ..domain.erasure import find_person
from ..enums import Role
from ..errors import Refused
from ..live.deletion_job import erase_one
from ..models import Session
from ..wording.words import in_language, programme_context
from .access import member_of, require_role
from .error_pages import refusal_page

MOST = 40
"""Letters of what is typed that are looked at."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@require_role(Role.CORE)
def erase(request: HttpRequest, *, session: Session, role: Role, of: str) -> HttpResponseBase:
    """Ask who it is; on POST, erase them. Nothing is told of the person: who wrote a card stays unknown."""
    here = reverse("studio-session", kwargs={"of": session.programme.slug, "code": session.code})
    typed, error = request.POST.get("who", "").strip()[:MOST], ""
    if request.method == "POST":
        person = find_person(session, named=typed) if typed else None
        if person is None:
            error = _("Nobody of this session has this tag, or several have, and no card has this id.")
        elif request.POST.get("sure") != "1":
            error = _("Say that you checked it: this cannot be undone.")
        else:
            try:
                erase_one(session_id=session.pk, person_id=person.pk)
            except Refused as refused:
                return refusal_page(request, refused)
            note_act(Act.ERASED, by=member_of(request), programme=session.programme, session=session)
            return HttpResponseRedirect(f"{here}?done=erased")
    context = {
        "programme": programme_context(session.programme),
        "role": role,
        "title": in_language(session, "title"),
        "code": session.code,
        "typed": typed,
        "error": error,
        "back": here,
    }
    return render(request, "workshop/studio_erase.html", context, status=400 if error else 200)


urlpatterns = [path("programmes/<slug:of>/sessions/<str:code>/erase/", erase, name="studio-erase")]
