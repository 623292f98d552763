"""For the page of an agenda: whether it fits its time and its people, in words, each warning with what mends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ..domain.agenda_check import Warned, Warns, check_agenda
from ..domain.authorisation import RUNS_SESSIONS
from ..domain.editions import sectors_of
from ..domain.planned import read_plan
from ..enums import Role
from ..exchange.consistent_read import read_consistently
from ..models import Session
from ..wording.words import in_language
from .access import require_role

Text = str | Promise


class _Says(NamedTuple):
    title: Text
    why: Text
    act: Text


_WORDS: Mapping[Warns, _Says] = {
    Warns.TOO_LONG: _Says(
        _("%(over)s min too long"),
        _("The steps take %(total)s of %(minutes)s min. Keep a tenth of the time, %(wanted)s min, free."),
        _("Take %(need)s min from the longest steps"),
    ),
    Warns.NO_BUFFER: _Says(
        _("No buffer"),
        _("The steps take %(total)s of %(minutes)s min: %(left)s is left, and a tenth is %(wanted)s."),
        _("Take %(need)s min from the longest steps"),
    ),
    Warns.BREAK_DUE: _Says(
        _("%(total)s min without a break"),
        _("After %(due)s min one is needed, after %(overdue)s it is too late."),
        _("A break of %(minutes)s min, after %(at)s min"),
    ),
    Warns.BREAK_OVERDUE: _Says(
        _("%(total)s min without a break: too long"),
        _("After %(due)s min one is needed, after %(overdue)s it is too late."),
        _("A break of %(minutes)s min, after %(at)s min"),
    ),
    Warns.LONG_STEP: _Says(
        _("A step of %(minutes)s min"),
        _("Nobody sits through more than %(due)s min without a break."),
        _("Make it %(due)s min"),
    ),
    Warns.WALL: _Says(
        _("Too many cards for the wall: %(total)s"),
        _("%(people)s invited × %(each)s each. A room can still read %(fits)s together; all are kept."),
        _("At most %(fewer)s per person and step: %(left)s"),
    ),
    Warns.MANY_ITEMS: _Says(
        _("A vote on %(items)s items"),
        _("Nobody reads more than %(most)s before choosing. Asked one at a time they can be judged."),
        _("Ask agree or disagree, one by one"),
    ),
    Warns.MANY_DOTS: _Says(
        _("Too many dots: %(budget)s on %(items)s items"),
        _("With more than a quarter of the items nobody has to choose."),
        _("Per person: %(quarter)s"),
    ),
    Warns.NOBODY_INVITED: _Says(
        _("Nobody invited of %(sector)s"),
        _("None invited; from %(threshold)s on an O has figures of its own."),
        _("Count on %(threshold)s"),
    ),
    Warns.POOLED: _Says(
        _("%(sector)s will be counted with another O"),
        _("%(people)s invited; from %(threshold)s on an O has figures of its own."),
        _("Count on %(more)s more"),
    ),
    Warns.FEW_PEOPLE: _Says(
        _("Too few people for figures per O"),
        _("%(people)s invited; figures per O need at least two times %(threshold)s."),
        _("Make it an expert session, without figures per O"),
    ),
}
_WITHOUT_ACT: Text = _("Let tables choose which of their cards they hand in.")
_LONGER: Text = _("Plan %(minutes)s min")


@never_cache
@require_GET
@require_role(*RUNS_SESSIONS)
def check(request: HttpRequest, *, session: Session, role: Role) -> HttpResponse:
    """Return the warnings, and what was counted with that the socket does not tell."""
    with read_consistently():
        plan, sectors = read_plan(session), sectors_of(session)
    names = {sector.public_id: in_language(sector, "name") for sector in sectors}
    warnings = [_tell(warned, names.get) for warned in check_agenda(plan)]
    return JsonResponse({"minutes": plan.minutes, "invited": plan.invited or {}, "warnings": warnings})


def _tell(warned: Warned, name: Callable[[str], str | None]) -> dict[str, Any]:
    figures: dict[str, Any] = {**warned.figures, "sector": name(warned.sector or "") or ""}
    says = _WORDS[warned.what]
    why = str(says.why) % figures
    if not warned.acts:
        why = f"{why} {_WITHOUT_ACT}"
    first = warned.acts[0] if warned.acts else None
    label = says.act
    if first is not None and first.content.keys() == {"minutes"}:
        label, figures = _LONGER, {**figures, **first.content}
    return {
        "what": warned.what.value,
        "step": warned.step,
        "title": str(says.title) % figures,
        "why": why,
        "act": str(label) % figures if first is not None else "",
        "commands": [{"do": act.do, "content": act.content} for act in warned.acts],
    }
