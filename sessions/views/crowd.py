"""Simulated people in a rehearsal: the console starts and stops them, and asks how far they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..domain.authorisation import RUNS_SESSIONS
from ..domain.rules import check_rehearsal
from ..enums import Pace, Role
from ..errors import Code, Refused
from ..limits import MOST_SIMULATED
from ..live.crowds import find_crowd, is_running, start_crowd, stop_crowd
from ..models import Session
from .access import check_open, require_role
from .error_pages import refusal_json


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*RUNS_SESSIONS)
def crowd(request: HttpRequest, *, session: Session, role: Role) -> HttpResponse:
    """Say how far the simulated people are; on POST with `people` and `pace`, start them."""
    if (refusal := _refuse_real(session)) is not None:
        return refusal
    try:
        check_open(session)
        if request.method == "POST":
            people, pace = _read(request)
            start_crowd(session, people=people, pace=pace)
    except Refused as refused:
        return _refuse(refused)
    return _tell(session)


@never_cache
@require_POST
@require_role(*RUNS_SESSIONS)
def stop(request: HttpRequest, *, session: Session, role: Role) -> HttpResponse:
    """Let them go."""
    if (refusal := _refuse_real(session)) is not None:
        return refusal
    stop_crowd(session.pk)
    return _tell(session)


def _read(request: HttpRequest) -> tuple[int, Pace]:
    typed = request.POST.get("people", "")
    people = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
    pace = request.POST.get("pace", "")
    if not 1 <= people <= MOST_SIMULATED or pace not in list(Pace):
        raise Refused(Code.BAD_MESSAGE)
    return people, Pace(pace)


def _refuse_real(session: Session) -> HttpResponse | None:
    """Return the refusal for what is no rehearsal."""
    try:
        check_rehearsal(session)
    except Refused as refused:
        message = _("Simulated people take part in a rehearsal only. Make one in the studio.")
        return refusal_json(refused, message=message)
    return None


def _refuse(refused: Refused) -> HttpResponse:
    sentences = {
        Code.BAD_MESSAGE: _("Choose a number of people from 1 to %(most)s, and how fast.") % {"most": MOST_SIMULATED},
        Code.UNAVAILABLE: _("This rehearsal is being wiped. Try again in a moment."),
    }
    return refusal_json(refused, message=sentences.get(refused.code))


def _tell(session: Session) -> HttpResponse:
    found = find_crowd(session.pk)
    if found is None:
        return JsonResponse({"running": False, "failed": False, "people": 0, "joined": 0, "wrote": 0, "voted": 0})
    return JsonResponse(
        {
            "running": is_running(found),
            "failed": found.failed,
            "people": found.people,
            "joined": found.joined,
            "wrote": found.wrote,
            "voted": found.voted,
        }
    )
