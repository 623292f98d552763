"""The pages of the live screens: a template that loads the bundle and carries what it needs to start."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..domain.authorisation import RUNS_SESSIONS
from ..domain.receipt import issue_receipt, space_receipt
from ..enums import Role
from ..errors import Refused
from ..models import Member, Round, Session
from ..wording.words import in_language, programme_context
from .access import (
    ask_to_sign_in,
    check_open,
    deny,
    membership_of,
    note_place,
    participant_cookie,
    participant_of,
    require_role,
    set_secret_cookie,
    sign_in_address,
    stage_cookie,
    stage_link_of,
    tell_person,
    valid_stage_link,
    with_session,
)
from .downloads import session_downloads
from .error_pages import message_page, refusal_page
from .qr import draw


def join_address(session: Session) -> str:
    """Return where people join, in full, as the QR code says it."""
    return f"{settings.PUBLIC_URL}{reverse('join', kwargs={'code': session.code})}"


@never_cache
@require_safe
@with_session
def phone(request: HttpRequest, *, session: Session) -> HttpResponseBase:
    """Show the participant's screen to whoever joined. A phone that was signed off gets it too: it says what to do."""
    person = participant_of(request, session)
    if person is None:
        return HttpResponseRedirect(reverse("join", kwargs={"code": session.code}))
    note_place(request, session)
    receipt = issue_receipt(person=person, token=request.COOKIES[participant_cookie(session)])
    start = _start(session) | {
        "join": reverse("join", kwargs={"code": session.code}),
        "receipt": space_receipt(receipt),
        # Whose page it is: opened without network, it shows nobody what another person of this browser knew.
        "person": person.order_seed,
    }
    ballots = set(Round.objects.filter(session=session).values_list("ballot", flat=True))
    response = _screen(request, "phone", session, start, ballots=ballots)
    tell_person(request, response, session=session, person=person)
    return response


@never_cache
@require_safe
@require_role(*RUNS_SESSIONS)
def console(request: HttpRequest, *, session: Session, role: Role) -> HttpResponseBase:
    """Show the facilitator's screen."""
    return _desk(request, session, role, page="console")


@never_cache
@require_safe
@require_role(*RUNS_SESSIONS)
def watched(request: HttpRequest, *, session: Session, role: Role) -> HttpResponseBase:
    """Show what a phone shows to whoever runs the session: they join nothing, and can give nothing."""
    try:
        check_open(session)
    except Refused as refused:
        return refusal_page(request, refused)
    start = _start(session) | {"watch": reverse("watched-now", kwargs={"code": session.code})}
    ballots = set(Round.objects.filter(session=session).values_list("ballot", flat=True))
    return _screen(request, "phone", session, start, ballots=ballots)


@never_cache
@require_safe
@require_role(*RUNS_SESSIONS)
def agenda(request: HttpRequest, *, session: Session, role: Role) -> HttpResponseBase:
    """Show the agenda by itself, to prepare it: the console's bundle and socket, and what the console may do."""
    return _desk(request, session, role, page="agenda")


@never_cache
@require_safe
@require_role(*RUNS_SESSIONS)
def on_paper(request: HttpRequest, *, session: Session, role: Role) -> HttpResponseBase:
    """Show the session as it is printed: how to come in, and forms for whoever has no phone."""
    return _desk(request, session, role, page="print")


def _desk(request: HttpRequest, session: Session, role: Role, *, page: str) -> HttpResponseBase:
    try:
        check_open(session)
    except Refused as refused:
        return refusal_page(request, refused)
    member = request.user
    assert isinstance(member, Member)  # or there were no role
    start = _start(session) | _joining(session)
    start |= {
        "page": page,
        "console_url": reverse("console", kwargs={"code": session.code}),
        "agenda_url": reverse("agenda", kwargs={"code": session.code}),
        "print_url": reverse("print", kwargs={"code": session.code}),
        "check_url": reverse("agenda-check", kwargs={"code": session.code}),
        "templates_url": reverse("agenda-templates", kwargs={"code": session.code}),
        "stage_url": reverse("stage-link", kwargs={"code": session.code}),
        "own_url": reverse("own-link", kwargs={"code": session.code}),
        "watch_url": reverse("watched", kwargs={"code": session.code}),
        "earlier_url": reverse("console-earlier", kwargs={"code": session.code}),
        "crowd_url": reverse("crowd", kwargs={"code": session.code}),
        "downloads": session_downloads(session, role),
        "studio": reverse("programme", kwargs={"slug": session.programme.slug}),
        "guide": reverse("guide"),
        "csrf": get_token(request),
        "signin": sign_in_address(request),
        "member": {"name": member.get_full_name() or member.get_username(), "role": role.value},
    }
    return _screen(request, "console", session, start)


@never_cache
@require_safe
@with_session
def stage(request: HttpRequest, *, session: Session) -> HttpResponseBase:
    """Show the projector's screen, by a link from the console or to a member who runs sessions."""
    token = request.GET.get("link")
    if token is not None:
        return _enter_stage(request, session, token)
    role = membership_of(request, session.programme)
    if stage_link_of(request, session) is None and role not in RUNS_SESSIONS:
        if stage_cookie(session) in request.COOKIES:
            return _revoked(request)
        return deny(request) if request.user.is_authenticated else ask_to_sign_in(request)
    note_place(request, session)
    start = _start(session) | _joining(session) | {"signin": sign_in_address(request)}
    return _screen(request, "stage", session, start)


def _enter_stage(request: HttpRequest, session: Session, token: str) -> HttpResponseBase:
    """Put the link's secret in a cookie and out of the address bar, which a whole room can read."""
    if valid_stage_link(session, token) is None:
        return _revoked(request)
    note_place(request, session)
    response = HttpResponseRedirect(reverse("stage", kwargs={"code": session.code}))
    set_secret_cookie(request, response, name=stage_cookie(session), token=token)
    return response


def _revoked(request: HttpRequest) -> HttpResponseBase:
    return message_page(
        request,
        status=403,
        title=_("This projector link no longer works"),
        text=_("Ask the facilitator for a new one: the console makes it."),
    )


def _start(session: Session) -> dict[str, Any]:
    return {
        "code": session.code,
        "session": session.public_id,
        "lang": get_language(),
        "programme": {"name": in_language(session.programme, "name"), "slug": session.programme.slug},
        "ws": f"/ws/s/{session.code}/",
    }


def _joining(session: Session) -> dict[str, Any]:
    address = join_address(session)
    shown = settings.PUBLIC_URL.partition("://")[2]
    return {"join_url": address, "host": shown, "qr": draw(address)}


def _screen(
    request: HttpRequest, name: str, session: Session, start: dict[str, Any], **more: Collection[str]
) -> HttpResponseBase:
    context = {
        "programme": programme_context(session.programme),
        "title": in_language(session, "title"),
        "start": start,
        **more,
    }
    return render(request, f"workshop/{name}.html", context)
