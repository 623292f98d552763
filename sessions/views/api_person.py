"""`/api/v1/`: what the person of a participant's cookie asks for beside the socket."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from ..domain import rules
from ..domain.moment import to_ms
from ..domain.transfer import issue_move_code
from ..errors import Code, Refused
from ..live.origin import is_own_origin
from ..live.write_limiter import earlier_pages, move_codes
from ..models import Participant, Session
from .access import cached_session_for, check_open, note_place, participant_of
from .api_answers import answers, tell_json
from .earlier import read_earlier
from .error_pages import refusal_json
from .transfer import is_of_who_left


class MoveCodeGiven(msgspec.Struct, frozen=True):
    """A short code for another browser."""

    code: str
    until: int
    """Until when it is good; it works once."""


@answers("GET")
def earlier(request: HttpRequest, *, code: str) -> HttpResponseBase:
    """All that the person of this cookie may see of steps, rounds and results: one page of it."""
    session, person = _person_for(request, code)
    if not earlier_pages.take(person.pk):
        raise Refused(Code.SLOW_DOWN)
    try:
        found = read_earlier(session.pk)
    except Session.DoesNotExist as gone:  # deleted in this very second
        raise Refused(Code.SESSION_UNKNOWN) from gone
    asked = request.GET.get("page", "0")
    if not asked.isascii() or not asked.isdigit() or len(asked) > 4:
        raise Refused(Code.BAD_MESSAGE)
    mark = f'"{found.epoch}-{found.number}"'
    if request.headers.get("If-None-Match") == mark:
        response = HttpResponse(status=304)
    else:
        # A page that is no more: the last, which says how many there are.
        page = found.pages[min(int(asked), len(found.pages) - 1)]
        response = HttpResponse(page, content_type="application/json")
    response.headers["ETag"] = mark
    return response


@answers("POST")
def move_code(request: HttpRequest, *, code: str) -> HttpResponseBase:
    """Give the person of this cookie a short code, by which they go on in another browser: 201."""
    session, person = _person_for(request, code)
    if not move_codes.take(person.pk):
        refused = Refused(Code.SLOW_DOWN)
        return refusal_json(refused, message=_("That was too often. Wait a few minutes, then try again."))
    person.session = session
    made, until = issue_move_code(person=person, at=timezone.now())
    return tell_json(MoveCodeGiven(code=made, until=to_ms(until) or 0), status=201)


def _person_for(request: HttpRequest, code: str) -> tuple[Session, Participant]:
    """Return the session and the person of the cookie. Raises Refused for whoever is nobody of it (any more)."""
    if not is_own_origin(request.headers.get("Origin"), scheme=request.scheme or "", host=request.get_host()):
        raise Refused(Code.NOT_ALLOWED)
    session = cached_session_for(request, code)
    check_open(session)
    person = rules.require_person(participant_of(request, session), went_on=lambda: is_of_who_left(request, session))
    rules.check_not_retired(person)
    note_place(request, session)
    return session, person
