"""One's own data by the receipt code: as a file, and erased. The code comes in the body of a form, as for receipts."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from ..domain.own_data import find_holder, read_own_data
from ..errors import Refused
from ..exchange.consistent_read import read_consistently
from ..live.deletion_job import erase_one
from ..wording.words import in_language, programme_context
from .error_pages import message_page, refusal_page
from .receipt import look_up


@never_cache
@csrf_protect
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """Send all that is kept of the person, as JSON."""
    with read_consistently():
        person = look_up(request, find=find_holder)
        if isinstance(person, HttpResponse):
            return person
        told = read_own_data(person)
    response = HttpResponse(json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{person.session.code}-own-data.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@never_cache
@csrf_protect
@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; once they are sure, erase the person."""
    person = look_up(request, find=find_holder)
    if isinstance(person, HttpResponse):
        return person
    session = person.session
    if request.POST.get("sure") != "1":
        context = {
            "programme": programme_context(session.programme),
            "title": in_language(session, "title"),
            "code": request.POST.get("code", "")[:40],
        }
        return render(request, "workshop/erase.html", context)
    try:
        erase_one(session_id=session.pk, person_id=person.pk)
    except Refused as refused:
        return refusal_page(request, refused)
    return message_page(
        request,
        status=200,
        title=_("You were erased"),
        text=_(
            "Nothing in this session leads to you any more. Figures that were shown before stay as they are. Copies in"
            " backups go when those are deleted."
        ),
    )
