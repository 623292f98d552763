"""Who somebody is and what they may see: a member by signing in, a participant by a cookie, a projector by a link."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ..domain.memberships import note_seen
from ..domain.rules import check_session_open
from ..enums import Role
from ..errors import Code, Refused
from ..live.join_code_guesses import count_guess, join_brake, places, was_admitted_before
from ..live.networks import address_of
from ..models import Member, Membership, Participant, Programme, Session, StageLink
from ..models.ids import token_hash
from .error_pages import message_page, refusal_page
from .join_cache import read_cached

YEAR = 365 * 24 * 3600
SEED_COOKIE = "seed"

View = Callable[Concatenate[HttpRequest, ...], HttpResponseBase]


# -- members -----------------------------------------------------------------------------------------------------


def membership_of(request: HttpRequest, programme: Programme) -> Role | None:
    """Return the signed-in member's role in the programme."""
    found = _find_membership(request, programme)
    return Role(found.role) if found is not None else None


def _find_membership(request: HttpRequest, programme: Programme) -> Membership | None:
    member = request.user
    if not member.is_authenticated or not member.is_active:
        return None
    return Membership.objects.filter(programme=programme, member_id=member.pk).first()


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page, which leads back here."""
    return HttpResponseRedirect(sign_in_address(request))


def sign_in_address(request: HttpRequest) -> str:
    """Return the address of the sign-in page, which leads back to this page."""
    return f"{settings.LOGIN_URL}?next={quote(request.get_full_path(), safe='/')}"


def deny(request: HttpRequest) -> HttpResponse:
    """Tell a signed-in member that this is not theirs."""
    return message_page(
        request,
        status=403,
        title=_("You may not see this page"),
        text=_("Your account has no role here that allows it. Ask the core team of the programme."),
    )


def require_role(*roles: Role) -> Callable[[View], View]:
    """Let a view with a `code` or a `slug` be used by members who have one of these roles in its programme.

    The view gets `session` or `programme`, and `role`, in place of the name in the address.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *, code: str | None = None, slug: str | None = None, **rest: Any) -> Any:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            found: dict[str, Any] = {}
            if code is not None:
                session = session_by_code(code)
                if session is not None:
                    found = {"session": session}
                programme = session.programme if session is not None else None
            else:
                programme = Programme.objects.filter(slug=slug or "").first()
                found = {"programme": programme}
            # A stranger learns nothing from the answer: what is not there and what is not theirs look the same.
            membership = _find_membership(request, programme) if programme is not None else None
            role = Role(membership.role) if membership is not None else None
            if membership is None or role not in roles:
                return deny(request)
            note_seen(membership)
            if "session" in found:
                note_place(request, found["session"])
            return view(request, **found, role=role, **rest)

        return guarded

    return decorate


def member_of(request: HttpRequest) -> Member:
    """Return who is signed in, behind `require_role`."""
    return cast(Member, request.user)


# -- sessions ----------------------------------------------------------------------------------------------------


def tidy_code(text: str) -> str:
    """Return a typed code as it is stored: capitals and figures, without what people put between them."""
    plain = unicodedata.normalize("NFKC", text[:64]).upper()
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())[:16]


def code_in(text: str) -> str:
    """Return the code that was typed, or that stands in a join address somebody pasted, tidied."""
    address = text.strip().partition("?")[0].partition("#")[0]
    return tidy_code(address.rstrip("/").rpartition("/")[2] if "/" in address else text)


def readings_of(text: str) -> list[str]:
    """Return the codes that somebody who typed this may mean, as they stand, first.

    New codes hold neither O nor 0, so whoever reads one of them may have seen a Q.
    """
    code = tidy_code(text)
    return list(
        dict.fromkeys([code, code.replace("0", "O"), code.replace("O", "0"), code.translate({48: "Q", 79: "Q"})])
    )


def session_by_code(text: str) -> Session | None:
    """Return the session."""
    readings = readings_of(text)
    found = {session.code: session for session in Session.objects.select_related("programme").filter(code__in=readings)}
    return next((found[reading] for reading in readings if reading in found), None)


def guesser_of(request: HttpRequest) -> str:
    """Return whom a wrong guess is counted on."""
    return address_of(request.META.get("REMOTE_ADDR") or "")


def note_place(request: HttpRequest, session: Session) -> None:
    """Somebody of this session is here: its code needs no guess from this address."""
    places.note(guesser_of(request), session.code)


def session_for(request: HttpRequest, code: str) -> Session:
    """Return the session of a code. Raises Refused for an unknown one, and when too many were guessed before it."""
    return _guess_session(request, code, session_by_code)


def cached_session_for(request: HttpRequest, code: str) -> Session:
    """Return the session of a code as it was at most a second ago, with the O's. Raises Refused as `session_for`."""
    return _guess_session(request, code, lambda typed: read_cached(typed, session_by_code))


def _guess_session(request: HttpRequest, code: str, find: Callable[[str], Session | None]) -> Session:
    guess = join_brake.reserve(guesser_of(request), tidy_code(code))
    if guess is None:
        if not _needs_no_guess(request, code):
            raise Refused(Code.SLOW_DOWN)
        guess = join_brake.free()
    with guess:
        return count_guess(guess, find(code))


def _needs_no_guess(request: HttpRequest, code: str) -> bool:
    """Whether somebody of this session is at this address, or this very browser was let into it before."""
    visitor, readings = guesser_of(request), readings_of(code)
    return any(places.know(visitor, reading) for reading in readings) or was_admitted_before(request.COOKIES, readings)


def check_open(session: Session) -> None:
    """Raises Refused when nobody may be in the session; what only reads it does not ask."""
    check_session_open(archived_at=session.archived_at, wiping_at=session.wiping_at)


def with_session(view: View) -> View:
    """Give a page with a `code` its `session` as the way in knows it, or show why nobody comes in."""

    @wraps(view)
    def found(request: HttpRequest, *, code: str, **rest: Any) -> HttpResponseBase:
        try:
            session = cached_session_for(request, code)
            check_open(session)
        except Refused as refused:
            return refusal_page(request, refused)
        return view(request, session=session, **rest)

    return found


# -- participants and projectors ---------------------------------------------------------------------------------


def participant_cookie(session: Session) -> str:
    """Return the name of the cookie: one per session, so that a session's cookie is nothing in another."""
    return f"p_{session.public_id}"


def tell_person(request: HttpRequest, response: HttpResponseBase, *, session: Session, person: Participant) -> None:
    """Let the session's own pages know whom this browser is now: a page that was kept shows nothing of anybody else.

    The seed is no secret and gives no rights.
    """
    response.set_cookie(
        SEED_COOKIE,
        str(person.order_seed),
        max_age=YEAR,
        path=reverse("phone", kwargs={"code": session.code}),
        samesite="Lax",
        secure=request.is_secure() or settings.HTTPS,
    )


def forget_person(response: HttpResponseBase, *, session: Session) -> None:
    """Somebody joins: who that is, the first page tells."""
    response.delete_cookie(SEED_COOKIE, path=reverse("phone", kwargs={"code": session.code}))


def stage_cookie(session: Session) -> str:
    return f"stage_{session.public_id}"


def participant_of(request: HttpRequest, session: Session) -> Participant | None:
    """Return the person of this browser's cookie, retired or not."""
    token = request.COOKIES.get(participant_cookie(session))
    return find_participant(session, token) if token else None


def find_participant(session: Session, token: str) -> Participant | None:
    """Return the person with this secret. As SQL: building this query anew for each page costs thrice the query."""
    query = f"SELECT * FROM {Participant._meta.db_table} WHERE session_id = %s AND token_hash = %s"  # noqa: S608
    return next(iter(Participant.objects.raw(query, [session.pk, token_hash(token)])), None)


def stage_link_of(request: HttpRequest, session: Session) -> StageLink | None:
    """Return the link by which this browser shows the stage, unless it was revoked."""
    token = request.COOKIES.get(stage_cookie(session))
    return valid_stage_link(session, token) if token else None


def valid_stage_link(session: Session, token: str) -> StageLink | None:
    return session.stage_links.filter(token_hash=token_hash(token), revoked_at=None).first()


def set_secret_cookie(
    request: HttpRequest, response: HttpResponseBase, *, name: str, token: str, path: str = "/"
) -> None:
    """Keep a secret in the browser for a year, out of reach of scripts."""
    secure = request.is_secure() or settings.HTTPS
    response.set_cookie(name, token, max_age=YEAR, path=path, httponly=True, samesite="Lax", secure=secure)
