"""`/s/<code>/here/`: "I was here already". With a code of the first phone, or the receipt, one goes on as who one was.

Wrong codes are counted by the brake that join codes and receipts have, apart from them: a right one costs nothing.
When an address has nothing left, a receipt is looked at all the same, which is too long to be guessed at any speed; and
so is a short code where people of the session are, as its join code is. So a guesser in the room keeps nobody out.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from ..domain.actor import Actor
from ..domain.commands import GoOn
from ..domain.lookup import require
from ..domain.transfer import find_by_code, has_left, tidy_move_code
from ..errors import Code, Refused
from ..live.guess_limiter import CODES, GuessLimiter
from ..live.join_code_guesses import places
from ..live.writer import submit_and_wait
from ..models import Participant, Session
from ..models.ids import RECEIPT_LENGTH, new_token, receipt_code, token_hash
from ..wording.words import in_language, programme_context
from .access import (
    find_participant,
    guesser_of,
    participant_cookie,
    participant_of,
    with_session,
)
from .admission import Admission, keep_place, token_of_form, waiting_cookie
from .error_pages import advice_on, message_page, status_of

move_brake = GuessLimiter(CODES)


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@with_session
def transfer(request: HttpRequest, *, session: Session) -> HttpResponseBase:
    """Ask for the code; let its person go on in this browser."""
    known = participant_of(request, session)
    if request.method != "POST":
        return _ask_for_code(request, session, known)
    token = token_of_form(request, session, "here")
    if token is None or has_left(session=session, token=token):
        token = new_token()  # a page of before, sent once more: its secret is of a browser that was left
    if find_participant(session, token) is None:
        try:
            _move(request, session, known, token)
        except Refused as refused:
            return _ask_for_code(request, session, known, refused=refused)
    response = HttpResponseRedirect(reverse("phone", kwargs={"code": session.code}))
    keep_place(request, response, session=session, found=Admission(token, is_in=True))
    return response


def _move(request: HttpRequest, session: Session, known: Participant | None, token: str) -> None:
    """Let the person of the typed code have this token. Raises Refused."""
    code = require(tidy_move_code(request.POST.get("code", "")) or None, Code.MOVE_UNKNOWN)
    waiting = request.COOKIES.get(waiting_cookie(session))
    address = guesser_of(request)
    guess = move_brake.reserve(address, f"{session.public_id} {code}")
    waits = guess is None or guess.waits
    if guess is None:
        if len(code) != RECEIPT_LENGTH and not places.know(address, session.code):
            raise Refused(Code.SLOW_DOWN)
        guess = move_brake.free()
    with guess:
        try:
            # Looked up first: a wrong guess takes no turn of the writer.
            require(find_by_code(session=session, code=code, at=timezone.now()), Code.MOVE_UNKNOWN)
            submit_and_wait(
                session_id=session.pk,
                actor=Actor.system(),
                command=GoOn(
                    code=code,
                    token_hash=token_hash(token),
                    receipt_hash=token_hash(receipt_code(token)),
                    instead_of=known.token_hash if known is not None else None,
                    waiting=token_hash(waiting) if waiting else None,
                ),
            )
        except Refused as refused:
            if refused.code is Code.MOVE_UNKNOWN:
                guess.spend()
                if waits:
                    raise Refused(Code.SLOW_DOWN) from refused
            raise


def _ask_for_code(
    request: HttpRequest, session: Session, known: Participant | None, *, refused: Refused | None = None
) -> HttpResponse:
    context = {
        "programme": programme_context(session.programme),
        "title": in_language(session, "title"),
        "join": reverse("join", kwargs={"code": session.code}),
        "locked": session.locked,
        "known": known if known is not None and known.retired_at is None else None,
    }
    if refused is not None:
        context["error"] = advice_on(refused)[1]
        # What was typed stays, to be compared.
        context["typed"] = request.POST.get("code", "")[:40]
    response = render(request, "workshop/here.html", context, status=status_of(refused) if refused else 200)
    response.headers["Cache-Control"] = "no-store"
    if refused is not None and refused.code is Code.SLOW_DOWN:
        response.headers["Retry-After"] = "60"
    return response


def is_of_who_left(request: HttpRequest, session: Session) -> bool:
    """Whether this browser's person went on in another one: here they would count a second time."""
    token = request.COOKIES.get(participant_cookie(session))
    return token is not None and has_left(session=session, token=token)


def tell_left(request: HttpRequest, session: Session) -> HttpResponse:
    """Say that the person of this browser is in another one now, and how to come back."""
    return message_page(
        request,
        status=200,
        title=_("You went on in another browser"),
        text=_("Take part there. To come back to this one, let the other show a code."),
        action=(reverse("here", kwargs={"code": session.code}), _("Go on here again")),
        other=(f"{reverse('join', kwargs={'code': session.code})}?new=1", _("Join as somebody else")),
        is_left=True,
    )
