"""`/s/<code>/read/`: what was shown on the projector, as text and tables, for whoever joined. Asks for no script."""

from __future__ import annotations

import time
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..domain.reading_along import Shown, ShownStep, read_along
from ..errors import Code, Refused
from ..exchange.consistent_read import read_consistently
from ..models import Session
from ..wording.shown import say_conditions, say_hidden, tell_card, tell_round
from ..wording.words import in_language, programme_context
from .access import note_place, participant_of, with_session
from .error_pages import refusal_page
from .kept_pages import KeptPages, read_number

_pages: KeptPages[str, str] = KeptPages()
"""The newest of each session and language: everybody who joined reads the same."""
_making = Lock()
"""Held while one is made: a room that opens it at the reveal must not make it a dozen times at once."""


@never_cache
@require_safe
@with_session
def read(request: HttpRequest, *, session: Session) -> HttpResponseBase:
    """Show it to people of the session."""
    person = participant_of(request, session)
    if person is None or person.retired_at is not None:
        return HttpResponseRedirect(reverse("join", kwargs={"code": session.code}))
    note_place(request, session)
    try:
        response = HttpResponse(_page(request, session))
    except Session.DoesNotExist:  # deleted in this very second
        return refusal_page(request, Refused(Code.SESSION_UNKNOWN))
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, session: Session) -> str:
    """Return the page as the session stands now: a card that was redacted since is not on it."""
    language = get_language() or ""
    asked_at = time.monotonic()
    if (kept := _find_kept(session, language, asked_at=asked_at)) is not None:
        return kept
    with _making:
        # Somebody may have made it meanwhile. What was read after this request came is as new as what is read now.
        if (kept := _find_kept(session, language, asked_at=asked_at)) is not None:
            return kept
        began = time.monotonic()
        with read_consistently():
            epoch, seq = read_number(session.pk)
            shown = read_along(session.pk)
        text = render_to_string("workshop/read.html", _tell(session, shown), request)
        _pages.keep(session.pk, language, epoch=epoch, seq=seq, at=began, pages=text)
    return text


def _find_kept(session: Session, language: str, *, asked_at: float) -> str | None:
    kept = _pages.find(session.pk, language, asked_at=asked_at)
    return kept.pages if kept is not None else None


def _tell(session: Session, shown: Shown) -> dict[str, Any]:
    return {
        "programme": programme_context(session.programme),
        "title": in_language(session, "title"),
        "phone": reverse("phone", kwargs={"code": session.code}),
        "steps": [_tell_step(step, shown) for step in shown.steps],
    }


def _tell_step(found: ShownStep, shown: Shown) -> dict[str, Any]:
    step = found.step
    pillars = {card.pillar for card in found.cards}
    return {
        "title": in_language(step, "title"),
        "prompt": in_language(step, "prompt"),
        # One of all cards is said once: on a phone a column of it would push the others out of sight.
        "pillar": in_language(shown.pillars[pillars.pop()], "short") if len(pillars) == 1 else "",
        "cards": [tell_card(card, shown) for card in found.cards],
        "hidden": say_hidden(found),
        "rounds": [
            {"told": (told := tell_round(round_, shown)), "conditions": say_conditions(told)} for round_ in found.rounds
        ],
        "words": found.words,
        "questions": [{"text": item.text, "n": n, "answered": item.answered} for item, n in found.questions],
        "running": found.running,
    }
