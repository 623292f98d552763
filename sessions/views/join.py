"""The way in: type the code, choose your O. Works without a script."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ..domain.editions import pick_held
from ..domain.lookup import require
from ..domain.rules import check_door_open
from ..enums import Consent
from ..errors import Code, Refused
from ..models import Participant, Sector, Session
from ..wording.words import explain_consent, in_language, programme_context
from .access import code_in, note_place, participant_of, session_for, with_session
from .admission import admit, keep_place, token_of_form
from .error_pages import advice_on, message_page, refusal_page, status_of
from .join_cache import page_of
from .transfer import is_of_who_left, tell_left
from .waiting_room import waiting_page

LONG_WORD = 13
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
    code = code_in(typed)
    try:
        if not code:
            raise Refused(Code.SESSION_UNKNOWN)
        session = session_for(request, code)
    except Refused as refused:
        title, text = advice_on(refused)
        context |= {"code": typed[:200], "error": f"{title}. {text}"}
        response = render(request, "workshop/home.html", context, status=status_of(refused))
        if refused.code is Code.SLOW_DOWN:
            response.headers["Retry-After"] = "60"
        return response
    return HttpResponseRedirect(reverse("join", kwargs={"code": session.code}))


@require_safe
def short(request: HttpRequest, *, code: str) -> HttpResponseBase:
    """Lead in whoever typed the code behind the host's name."""
    return HttpResponseRedirect(reverse("join", kwargs={"code": code}))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_session
def join(request: HttpRequest, *, session: Session) -> HttpResponseBase:
    """Let somebody choose their O. Whoever joined before goes on as the same person."""
    phone = reverse("phone", kwargs={"code": session.code})
    person = participant_of(request, session)
    if person is not None and person.retired_at is None:
        note_place(request, session)
        return HttpResponseRedirect(phone)
    if request.method != "POST" and (waiting := waiting_page(request, session)) is not None:
        return waiting
    if person is None and "new" not in request.GET and is_of_who_left(request, session):
        return tell_left(request, session)
    try:
        check_door_open(locked=session.locked)
        if request.method != "POST":
            return _choices(request, session)
        sector = require(sector_of(session, request.POST.get("sector", "")), Code.SECTOR_UNKNOWN)
        shown = _consent_shown(request)
        found = admit(session, sector, token=token_of_form(request, session), shown=shown)
    except Refused as refused:
        if refused.code is Code.SESSION_LOCKED:
            return _tell_locked(request, session, refused)
        if refused.code in (Code.SESSION_UNKNOWN, Code.UNAVAILABLE, Code.JOIN_FULL):
            return refusal_page(request, refused)
        return _choices(request, session, refused=refused)
    response = HttpResponseRedirect(phone if found.is_in else request.path)
    keep_place(request, response, session=session, found=found)
    return response


def _consent_shown(request: HttpRequest) -> Consent:
    """Return the consent profile that stood on the page; a page that names none said that everything is used."""
    shown = request.POST.get("shown", "")
    return Consent(shown) if shown in Consent.values else Consent.FULL


def _tell_locked(request: HttpRequest, session: Session, refused: Refused) -> HttpResponse:
    """Say that nobody new comes in, and show those who were in the way back."""
    title, text = advice_on(refused)
    way_back = (reverse("here", kwargs={"code": session.code}), _("I was here already"))
    again = (request.path, _("Try again"))
    return message_page(request, status=status_of(refused), title=title, text=text, action=again, other=way_back)


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


_AS_EVER = {
    "onderwijs": ("Onderwijs", "Education"),
    "onderzoek": ("Onderzoek", "Research"),
    "ondernemers": ("Ondernemers", "Entrepreneurs"),
    "overheden": ("Overheden", "Government"),
}
"""O's whose button has a sentence of its own, as long as they are called so."""


def _render_choices(request: HttpRequest, session: Session, *, refused: Refused | None = None) -> str:
    sectors = [
        {
            "id": sector.public_id,
            "key": sector.key,
            "shape": sector.shape,
            "phrase": sector.key if _AS_EVER.get(sector.key) == (sector.name_nl, sector.name_en) else "",
            "label": in_language(sector, "name"),
            "hint_text": in_language(sector, "hint"),
            "letter_text": in_language(sector, "letter"),
        }
        for sector in pick_held(session.programme.sectors.all(), session)
    ]
    # What was read with the page may be a second old, and be what was refused.
    fresh = Session.objects.filter(pk=session.pk).values_list("consent", flat=True).first() if refused else None
    consent = fresh or session.consent
    context = {
        "programme": programme_context(session.programme),
        "title": in_language(session, "title"),
        "here": reverse("here", kwargs={"code": session.code}),
        "consent": consent,
        "explained": explain_consent(consent),
        "privacy": reverse("privacy", kwargs={"code": session.code}),
        "rehearsal": session.rehearsal,
        "sectors": sectors,
        # A long word does not fit beside its mark in the type of a short one.
        "long": any(len(word) > LONG_WORD for sector in sectors for word in sector["label"].split()),
        "error": refused.sentence() if refused else "",
        "csrf_token": get_token(request) if refused else _FORM_TOKEN,
    }
    return render_to_string("workshop/join.html", context, request)


def sector_of_person(session: Session, person: Participant) -> Sector:
    """Return a person's sector, from those that were read with the session; one that is newer is read."""
    known = (sector for sector in pick_held(session.programme.sectors.all(), session) if sector.pk == person.sector_id)
    return next(known, None) or person.sector


def sector_of(session: Session, name: str) -> Sector | None:
    """Return the programme's sector of this id or key."""
    if not name or len(name) > 40 or not name.isascii() or not name.isprintable():
        return None
    sectors = pick_held(session.programme.sectors.all(), session)
    return next((sector for sector in sectors if name in (sector.public_id, sector.key)), None)
