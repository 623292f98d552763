"""The way in: type the code, choose your O. Works without a script."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..domain.actor import Actor
from ..domain.verbs import Join
from ..errors import Code, Refused
from ..live.writer import ask
from ..models import Sector, Session
from ..models.ids import new_token, receipt_code, token_hash
from .access import (
    find_participant,
    forget_person,
    note_place,
    participant_cookie,
    participant_of,
    session_for,
    set_secret_cookie,
    tidy_code,
    with_session,
)
from .door import page_of
from .failures import advice_on, refusal_page, status_of
from .words import in_language, programme_context

_FORM_TOKEN = secrets.token_hex(32)
"""Stands in a page that is kept where each showing has a token of its own."""


@csrf_exempt  # it changes nothing, and a page left open since yesterday must still work
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code, and go to its session."""
    typed = request.POST.get("code", request.GET.get("code"))
    context = {"signin_url": reverse("account_login")}
    if typed is None:
        return render(request, "workshop/home.html", context)
    code = tidy_code(typed)
    try:
        if not code:
            raise Refused(Code.SESSION_UNKNOWN)
        session = session_for(request, code)
    except Refused as refused:
        title, text = advice_on(refused)
        context |= {"code": typed[:16], "error": f"{title}. {text}"}
        response = render(request, "workshop/home.html", context, status=status_of(refused))
        if refused.code is Code.SLOW_DOWN:
            response.headers["Retry-After"] = "60"
        return response
    return HttpResponseRedirect(reverse("join", kwargs={"code": session.code}))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_session
def join(request: HttpRequest, *, session: Session) -> HttpResponseBase:
    """Let somebody choose their O. Whoever joined before goes on as the same person."""
    phone = reverse("phone", kwargs={"code": session.code})
    known = participant_of(request, session)
    if known is not None and known.retired_at is None:
        note_place(request, session)
        return HttpResponseRedirect(phone)
    if session.locked:
        return refusal_page(request, Refused(Code.SESSION_LOCKED))
    if request.method != "POST":
        return _choices(request, session)
    sector = sector_of(session, request.POST.get("sector", ""))
    if sector is None:
        return _choices(request, session, refused=Refused(Code.SECTOR_UNKNOWN))
    try:
        token = admit(session, sector, token=_token_of_form(request, session))
    except Refused as refused:
        if refused.code in (Code.SESSION_LOCKED, Code.SESSION_UNKNOWN, Code.UNAVAILABLE):
            return refusal_page(request, refused)
        return _choices(request, session, refused=refused)
    note_place(request, session)
    response = HttpResponseRedirect(phone)
    set_secret_cookie(request, response, name=participant_cookie(session), token=token)
    forget_person(response, session=session)
    return response


def _choices(request: HttpRequest, session: Session, *, refused: Refused | None = None) -> HttpResponse:
    """Show the O's. All who come in at once are shown the same page, but for the form's token."""
    if refused is not None:
        return HttpResponse(_render_choices(request, session, refused=refused), status=status_of(refused))
    page = page_of(
        session,
        typed=request.resolver_match.kwargs["code"],  # type: ignore[union-attr]
        language=get_language() or "",
        make=lambda: _render_choices(request, session),
    )
    return HttpResponse(page.replace(_FORM_TOKEN, get_token(request)))


def _render_choices(request: HttpRequest, session: Session, *, refused: Refused | None = None) -> str:
    sectors = [
        {
            "id": sector.public_id,
            "key": sector.key,
            "label": in_language(sector, "name"),
            "hint_text": in_language(sector, "hint"),
            "letter_text": in_language(sector, "letter"),
        }
        for sector in session.programme.sectors.all()
    ]
    context = {
        "programme": programme_context(session.programme),
        "title": in_language(session, "title"),
        "rehearsal": session.rehearsal,
        "sectors": sectors,
        "error": refused.sentence() if refused else "",
        "csrf_token": get_token(request) if refused else _FORM_TOKEN,
    }
    return render_to_string("workshop/join.html", context, request)


def sector_of(session: Session, name: str) -> Sector | None:
    """Return the programme's sector of this id or key."""
    if not name or len(name) > 40 or not name.isascii() or not name.isprintable():
        return None
    sectors = list(session.programme.sectors.all())
    return next((sector for sector in sectors if name in (sector.public_id, sector.key)), None)


def admit(session: Session, sector: Sector, *, token: str | None = None) -> str:
    """Make a participant through the writer and return the secret for the cookie. Raises Refused.

    With the same token twice, as from two taps on the button, it is one person.
    """
    if token is not None:
        already = find_participant(session, token)
        if already is not None and already.retired_at is None:
            return token
        if already is not None:
            token = None
    token = token or new_token()
    key = UUID(bytes=sha256(b"join" + token.encode()).digest()[:16], version=4)
    try:
        ask(
            session_id=session.pk,
            actor=Actor.system(),
            verb=Join(
                sector=sector.public_id,
                token_hash=token_hash(token),
                receipt_hash=token_hash(receipt_code(token)),
            ),
            key=key,
        )
    except Refused as refused:
        if refused.code is not Code.KEY_REUSED:
            raise
        # The other tap chose another O and was first.
    return token


def _token_of_form(request: HttpRequest, session: Session) -> str | None:
    """Return the secret that this showing of the form leads to, so that sending it twice makes one person.

    Django's form token differs at each showing and is known to this browser only; nobody can compute the result.
    """
    shown = request.POST.get("csrfmiddlewaretoken", "")
    if len(shown) < 64:
        return None
    made = hmac.new(settings.SECRET_KEY.encode(), f"join:{session.public_id}:{shown}".encode(), sha256)
    return made.hexdigest()[:32]
