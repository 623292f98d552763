"""`/s/<code>/read/`: what was shown on the projector, as text and tables, for whoever joined. Asks for no script."""

from __future__ import annotations

import time
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..ballots.words import Label
from ..domain.documents import CardDoc, ItemDoc
from ..domain.reading_along import Shown, ShownRound, ShownRow, ShownStep, read_along
from ..enums import Reason
from ..errors import Code, Refused
from ..exchange.consistent_read import read_consistently
from ..models import Session
from .access import note_place, participant_of, with_session
from .error_pages import refusal_page
from .figures import say_balanced, say_everyone, say_groups
from .items import tell_about
from .kept_pages import KeptPages, read_number
from .words import in_language, name_aspect, name_reason, programme_context, say, say_heading

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
    count = sum(found.hidden.values())
    named = [reason for reason in map(Reason, found.hidden) if reason is not Reason.UNKNOWN]
    why = ", ".join(name_reason(reason) for reason in named)
    hidden = ngettext("%(n)s card hidden", "%(n)s cards hidden", count) % {"n": count} if count else ""
    pillars = {card.pillar for card in found.cards}
    return {
        "title": in_language(step, "title"),
        "prompt": in_language(step, "prompt"),
        # One of all cards is said once: on a phone a column of it would push the others out of sight.
        "pillar": in_language(shown.pillars[pillars.pop()], "short") if len(pillars) == 1 else "",
        "cards": [_tell_card(card, shown) for card in found.cards],
        "hidden": f"{hidden}: {why}" if why else hidden,
        "rounds": [_tell_round(round_, shown) for round_ in found.rounds],
        "words": found.words,
        "questions": [{"text": item.text, "n": n, "answered": item.answered} for item, n in found.questions],
        "running": found.running,
    }


def _tell_card(card: CardDoc, shown: Shown) -> dict[str, str]:
    return {
        "text": card.text,
        "pillar": in_language(shown.pillars[card.pillar], "short"),
        "about": name_aspect(card.aspect),
        "sector": in_language(shown.sectors[card.sector], "name") if card.sector else "",
    }


def _tell_round(found: ShownRound, shown: Shown) -> dict[str, Any]:
    result, voting = found.result, found.voting

    def name(sectors: list[str]) -> str:
        return " + ".join(in_language(shown.sectors[sector], "name") for sector in sectors)

    return {
        "number": found.number,
        "meaning": _(found.voting.kind.meaning),
        "n": result.n,
        "late": ngettext(
            "%(n)s ballot came after the result and is not in it.",
            "%(n)s ballots came after the result and are not in it.",
            result.late,
        )
        % {"n": result.late}
        if result.late
        else "",
        "absent": name(result.absent),
        "tested": result.chance is not None,
        "groups": [{"name": name(group.sectors), "n": group.n} for group in result.groups],
        "pooled": any(len(group.sectors) > 1 for group in result.groups),
        "told": [say_heading(column) for column in voting.kind.columns(voting.rules)],
        "ranked": voting.kind.is_ranked,
        "rows": [_tell_row(row, found) for row in found.rows],
    }


def _tell_row(row: ShownRow, found: ShownRound) -> dict[str, Any]:
    figures, voting = row.figures, found.voting
    # Too few of a group answered this one.
    parts = say_groups(voting, figures) or ["–"] * len(found.result.groups)
    return {
        "place": figures.place,
        "text": _tell_words(row.item),
        "about": tell_about(
            source=row.item.source,
            whose=row.item.whose,
            document=row.item.document,
            price=row.item.price,
        ),
        "told": [figures.told.get(column.key, "–") for column in voting.kind.columns(voting.rules)],
        "all": say_everyone(voting, figures),
        "balanced": say_balanced(voting, figures),
        "parts": parts,
        "differs": figures.differs,
    }


def _tell_words(item: ItemDoc) -> str:
    """Return what an item says, in the language of the page where it has words in both."""
    if item.words is None:
        return item.text
    return say(Label(item.words.nl or item.text, item.words.en or item.text))
