"""Coming in: from the O somebody chose to a person of the session, or to one who waits to be let in."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from ..domain.actor import Actor
from ..domain.commands import Join
from ..enums import Consent
from ..errors import Code, Refused
from ..live.writer import submit_and_wait
from ..models import Sector, Session
from ..models.ids import new_token, receipt_code, token_hash
from .access import find_participant, forget_person, note_place, participant_cookie, set_secret_cookie


class Admission(NamedTuple):
    """`token`: the secret for the cookie. Not `is_in`: they wait to be let in."""

    token: str
    is_in: bool


def admit(session: Session, sector: Sector, *, token: str | None = None, shown: Consent = Consent.FULL) -> Admission:
    """Make a participant through the writer, or a request where the facilitator lets people in. Raises Refused.

    `shown`: the consent profile that they were told of.

    With the same token twice, as from two taps on the button, it is one person.
    """
    if token is not None:
        already = find_participant(session, token)
        if already is not None and already.retired_at is None:
            return Admission(token, is_in=True)
        if already is not None:
            token = None
    token = token or new_token()
    key = UUID(bytes=sha256(b"join" + token.encode()).digest()[:16], version=4)
    try:
        made = submit_and_wait(
            session_id=session.pk,
            actor=Actor.system(),
            command=Join(
                sector=sector.public_id,
                token_hash=token_hash(token),
                receipt_hash=token_hash(receipt_code(token)),
                consent=shown,
            ),
            key=key,
        )
    except Refused as refused:
        if refused.code is not Code.KEY_REUSED:
            raise
        # The other tap chose another O and was first.
        return Admission(token, is_in=True)
    return Admission(token, is_in=made.id is not None)


def token_of_form(request: HttpRequest, session: Session, form: str = "join") -> str | None:
    """Return the secret that this showing of a form leads to, so that sending it twice makes one person.

    Django's form token differs at each showing and is known to this browser only; nobody can compute the result.
    """
    shown = request.POST.get("csrfmiddlewaretoken", "")
    if len(shown) < 64:
        return None
    made = hmac.new(settings.SECRET_KEY.encode(), f"{form}:{session.public_id}:{shown}".encode(), sha256)
    return made.hexdigest()[:32]


# -- cookies -----------------------------------------------------------------------------------------------------


def waiting_cookie(session: Session) -> str:
    """Return the name of the cookie of somebody who waits; it gives no right in the session."""
    return f"w_{session.public_id}"


def keep_place(request: HttpRequest, response: HttpResponseBase, *, session: Session, found: Admission) -> None:
    """Let the browser be the person who came in, or the one who waits."""
    if not found.is_in:
        set_secret_cookie(request, response, name=waiting_cookie(session), token=found.token)
        return
    note_place(request, session)
    set_secret_cookie(request, response, name=participant_cookie(session), token=found.token)
    forget_person(response, session=session)
    if waiting_cookie(session) in request.COOKIES:
        forget_waiting(response, session=session)


def forget_waiting(response: HttpResponseBase, *, session: Session) -> None:
    response.delete_cookie(waiting_cookie(session))
