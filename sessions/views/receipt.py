"""`/receipt/`: with the code from the phone, one's own cards and votes and what came of them. Needs no account.

The code comes in the body of a form, so no proxy and no history keeps it. Wrong codes are counted like wrong join
codes, apart from them. A right one costs nothing and is never asked to wait: a receipt is too long to be guessed at any
speed, so each is looked at, and who typed too many wrong ones is told so in place of "unknown".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from ..domain.kind import kind_of
from ..domain.receipt import GivenCard, GivenStep, Receipt, ReceiptOutcome, read_receipt, tidy_receipt
from ..domain.redaction import reason_of
from ..errors import Code, Refused
from ..live.guess_limiter import CODES, GuessLimiter
from ..wording.figures import say_number
from ..wording.items import tell_about
from ..wording.words import in_language, name_aspect, programme_context, say, why_hidden
from .access import guesser_of
from .error_pages import advice_on, status_of

Found = TypeVar("Found")

receipt_brake = GuessLimiter(CODES)


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Ask for the code; show what it leads to."""
    if request.method != "POST":
        return _answer(request, {}, status=200)
    found = look_up(request, find=read_receipt)
    return found if isinstance(found, HttpResponse) else _answer(request, _tell(request, found), status=200)


def look_up(request: HttpRequest, *, find: Callable[[str], Found | None]) -> Found | HttpResponse:
    """Return what the code that was sent leads to, or the page that says that it leads to nothing."""
    code = tidy_receipt(request.POST.get("code", ""))
    guess = receipt_brake.reserve(guesser_of(request), code)
    waits = guess is None or guess.waits
    with guess or receipt_brake.free() as looked_at:
        found = find(code)
        if found is None:
            looked_at.spend()
            return _ask_to_wait(request) if waits else _tell_unknown(request)
    return found


def _ask_to_wait(request: HttpRequest) -> HttpResponse:
    refused = Refused(Code.SLOW_DOWN)
    response = _answer(request, {"error": advice_on(refused)[1]}, status=status_of(refused))
    response.headers["Retry-After"] = "60"
    return response


def _tell_unknown(request: HttpRequest) -> HttpResponse:
    error = _("There is no receipt with this code. Compare it with your phone.")
    # What was typed stays, to be compared.
    return _answer(request, {"error": error, "typed": request.POST.get("code", "")[:40]}, status=404)


def _answer(request: HttpRequest, context: dict[str, object], *, status: int) -> HttpResponse:
    response = render(request, "workshop/receipt.html", {"steps": None} | context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _tell(request: HttpRequest, found: Receipt) -> dict[str, object]:
    return {
        "code": request.POST.get("code", "")[:40],
        "programme": programme_context(found.session.programme),
        "title": in_language(found.session, "title"),
        "sector": in_language(found.sector, "name"),
        "tag": found.tag,
        "retired": found.retired_at is not None,
        "steps": [_tell_step(given) for given in found.steps],
    }


def _tell_step(given: GivenStep) -> dict[str, object]:
    step = given.step
    several = any(vote.round_number > 1 for vote in given.votes)
    return {
        "title": in_language(step, "title"),
        "input": kind_of(step).input_of(step).value,
        "sealed_at": step.sealed_at,
        "closed_at": step.closed_at,
        "cards": [_tell_card(card) for card in given.cards],
        "votes": [
            {
                "text": say(vote.text),
                "about": tell_about(source=vote.source, whose=vote.whose, document=vote.document, price=vote.price),
                "value": say(vote.words),
                "round": _("Round %(number)s") % {"number": vote.round_number} if several else "",
                "fate": _tell_outcome(vote.outcome) if vote.outcome is not None else "",
            }
            for vote in given.votes
        ],
        "late": [_tell_late(late) for late in given.late],
    }


def _tell_late(late: int) -> str:
    return ngettext(
        "%(n)s ballot came after the result and is not in it, perhaps yours.",
        "%(n)s ballots came after the result and are not in it, perhaps yours among them.",
        late,
    ) % {"n": late}


def _tell_card(given: GivenCard) -> dict[str, object]:
    card = given.card
    fates = []
    if card.withdrawn_at is not None:
        fates.append(_("You withdrew it; its text was erased."))
    else:
        fates.append(_("Stored, and changed by you later.") if card.edited_at else _("Stored."))
        if reason := reason_of(card):
            fates.append(why_hidden(reason))
    if given.outcomes:
        fates.append(_("It went to the vote."))
        fates += [_tell_outcome(outcome) for outcome in given.outcomes]
    return {
        "text": card.text if card.withdrawn_at is None and card.hidden_at is None else "",
        "hidden": card.hidden_at is not None and card.withdrawn_at is None,
        "about": f"{in_language(given.pillar, 'short')} · {name_aspect(card.aspect)}",
        "fates": fates,
    }


def _tell_outcome(outcome: ReceiptOutcome) -> str:
    if not outcome.revealed:
        return _("The result was not shown yet.")
    if outcome.n is None:
        return _("Too few people voted to show a result.")
    words = outcome.words
    values = {"heads": outcome.heads, "n": outcome.n, "place": outcome.place, "of": outcome.of}
    means = {f"mean{number}": say_number(mean) for number, mean in enumerate(outcome.means, start=1)}
    return ngettext(words.one, words.many, outcome.n) % (values | means)
