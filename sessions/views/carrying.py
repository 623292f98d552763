"""For the console: rounds of the programme's other sessions whose items can be carried into a vote, and those items."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ..domain import rules
from ..domain.authorisation import RUNS_SESSIONS
from ..domain.carrying import find_published, published_rounds, read_offered
from ..domain.moment import to_ms
from ..domain.publication import read_shown
from ..enums import Role
from ..errors import Refused
from ..models import Round, Session
from ..wording.words import pair
from .access import require_role
from .error_pages import refusal_json


@never_cache
@require_GET
@require_role(*RUNS_SESSIONS)
def earlier(request: HttpRequest, *, session: Session, role: Role) -> HttpResponse:
    """Return the rounds, the newest result first; with `round` in the address: the items of that one."""
    name = request.GET.get("round")
    if name is None:
        return JsonResponse({"rounds": [_tell_round(round_) for round_ in _newest_first(session)]})
    try:
        round_ = rules.require_published(find_published(session=session, name=name[:12]))
    except Refused as refused:
        return refusal_json(refused)
    return JsonResponse({"items": _tell_items(round_)})


def _newest_first(session: Session) -> list[Round]:
    return sorted(published_rounds(session), key=lambda round_: to_ms(round_.revealed_at) or 0, reverse=True)


def _tell_round(round_: Round) -> dict[str, Any]:
    return {
        "id": round_.public_id,
        "session": pair(round_.session, "title"),
        "step": pair(round_.step, "title"),
        "number": round_.number,
        "revealed": to_ms(round_.revealed_at),
    }


def _tell_items(round_: Round) -> list[dict[str, Any]]:
    """Return what can be carried, with its place as it was published; null: nothing was told of it."""
    result = read_shown([round_]).get(round_.pk)
    places = {told.item: told.place for told in result.items} if result is not None and result.n is not None else {}
    return [
        {
            "item": offered.item,
            "text": {"nl": offered.text_nl, "en": offered.text_en},
            "place": places.get(offered.item),
            "whose": offered.whose,
            "document": offered.document,
            "price": offered.price,
        }
        for offered in read_offered(round_)
    ]
