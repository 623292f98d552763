"""Where somebody waits to be let in. The page asks by itself how it stands, and goes on into the session."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..domain.waiting_room import count_waiting, find_request
from ..errors import Code, Refused
from ..models import JoinRequest, Session
from ..wording.words import in_language, programme_context
from .access import find_participant, with_session
from .admission import Admission, admit, forget_waiting, keep_place, waiting_cookie
from .error_pages import STATUS, refusal_page

LOOK_S = 1.4
"""Polling interval of a waiting page."""
LOOKS_PER_S = 60
"""Where many wait, they ask less often: no more often than this all together."""
JITTER = 0.25
WAITS, CLOSED, DONE = "waiting", "closed", "done"


def waiting_page(request: HttpRequest, session: Session) -> HttpResponseBase | None:
    """Return what somebody who asked to come in is shown: into the session once they are let in. None for others."""
    token = request.COOKIES.get(waiting_cookie(session), "")
    if not token:
        return None
    asked = find_request(session, token)
    if asked is None:
        if not _came_in(session, token):
            return _turn_away(request, session)
        found = Admission(token, is_in=True)
    elif waits(session, asked):
        return _wait(request, session, asked, closed=session.locked)
    else:
        try:
            # Whether they may come in is the writer's word; what was read here may be a second old.
            found = admit(session, asked.sector, token=token)
        except Refused as refused:
            if refused.code is Code.SESSION_LOCKED:
                return _wait(request, session, asked, closed=True)
            return refusal_page(request, refused)
        if not found.is_in:
            return _wait(request, session, asked, closed=False)
    response = HttpResponseRedirect(reverse("phone", kwargs={"code": session.code}))
    keep_place(request, response, session=session, found=found)
    return response


@never_cache
@require_safe
@with_session
def look_again(request: HttpRequest, *, session: Session) -> HttpResponseBase:
    """Tell a waiting page how it stands, and in how many milliseconds to ask again. It changes nothing."""
    asked = find_request(session, request.COOKIES.get(waiting_cookie(session), ""))
    state = CLOSED if session.locked else WAITS
    if asked is None or not waits(session, asked):
        state = DONE
    return JsonResponse({"state": state, "after": pause_ms(session)})


def waits(session: Session, asked: JoinRequest) -> bool:
    """Whether somebody who asked still has to wait. A closed door comes first."""
    return session.locked or (session.approval and asked.admitted_at is None)


def _came_in(session: Session, token: str) -> bool:
    """Whether they were let in and came in, and only the answer was lost on its way."""
    person = find_participant(session, token)
    return person is not None and person.retired_at is None


def _turn_away(request: HttpRequest, session: Session) -> HttpResponse | None:
    """Say once that they were refused; after that they are a stranger, who may ask again."""
    if session.locked or not session.approval:
        return None
    response = refusal_page(request, Refused(Code.JOIN_REFUSED), again=True)
    forget_waiting(response, session=session)
    return response


def _wait(request: HttpRequest, session: Session, asked: JoinRequest, *, closed: bool) -> HttpResponse:
    pause = pause_ms(session)
    context = {
        "programme": programme_context(session.programme),
        "title": in_language(session, "title"),
        "sector": in_language(asked.sector, "name"),
        "tag": asked.tag,
        "state": CLOSED if closed else WAITS,
        "closed": closed,
        "here": reverse("here", kwargs={"code": session.code}),
        "look_url": reverse("join-waiting", kwargs={"code": session.code}),
        "after": pause,
    }
    status = STATUS[Code.SESSION_LOCKED] if closed else 200
    return render(request, "workshop/waiting.html", context, status=status)


def pause_ms(session: Session) -> int:
    """Return how long to wait before asking again, by chance a little more or less."""
    mean = max(LOOK_S, count_waiting(session.pk) / LOOKS_PER_S)
    return round(1000 * mean * (1 - JITTER + 2 * JITTER * secrets.randbelow(1000) / 1000))
