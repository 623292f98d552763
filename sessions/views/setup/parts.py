"""Pillars and O's: one form per row, and buttons that move it or take it out. No script needed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ...domain.parts_of_programme import (
    add_pillar,
    add_sector,
    current_pillars,
    current_sectors,
    drop_pillar,
    drop_sector,
    edit_pillar,
    edit_sector,
    move_pillar,
    move_sector,
)
from ...enums import Role
from ...models import Programme
from ..access import require_role
from .forms import changes_of_pillar, changes_of_sector, pillar_form, read_pillar, read_sector, sector_form
from .page import back, show

MOVES = {"up": -1, "down": 1}


@require_POST
@require_role(Role.CORE)
def new_pillar(request: HttpRequest, *, programme: Programme, role: Role) -> HttpResponseBase:
    form = pillar_form(programme, typed=request.POST)
    words = read_pillar(form)
    if form.is_wrong:
        return show(request, programme, typed=form, status=400)
    if not add_pillar(programme.pk, **words):
        return show(request, programme, error=_("There are as many pillars as a programme can have."), status=409)
    return back(programme, "pillars")


@require_POST
@require_role(Role.CORE)
def pillar(request: HttpRequest, *, programme: Programme, role: Role, key: str) -> HttpResponseBase:
    """Change one, move it, or take it out."""
    act = request.POST.get("act", "")
    if act in MOVES:
        move_pillar(programme.pk, key=key, by=MOVES[act])
        return back(programme, "pillars")
    if act == "drop":
        if not drop_pillar(programme.pk, key=key):
            return show(request, programme, error=_("A programme has at least one pillar."), status=409)
        return back(programme, "pillars")
    row = next((found for found in current_pillars(programme) if found.key == key), None)
    form = pillar_form(programme, row, typed=request.POST)
    words = changes_of_pillar(form)
    if row is not None and form.is_wrong:
        return show(request, programme, typed=form, status=400)
    if row is None or not edit_pillar(programme.pk, key=key, **words):
        return _gone(request, programme)
    return back(programme, "pillars")


@require_POST
@require_role(Role.CORE)
def new_sector(request: HttpRequest, *, programme: Programme, role: Role) -> HttpResponseBase:
    form = sector_form(programme, typed=request.POST)
    values = read_sector(form)
    if not form.is_wrong and not add_sector(programme.pk, **values):
        form["shape"].error = _("Another O has this mark by now. Choose one that is free.")
    if form.is_wrong:
        return show(request, programme, typed=form, status=400)
    return back(programme, "sectors")


@require_POST
@require_role(Role.CORE)
def sector(request: HttpRequest, *, programme: Programme, role: Role, key: str) -> HttpResponseBase:
    """Change one, move it, or take it out."""
    act = request.POST.get("act", "")
    if act in MOVES:
        move_sector(programme.pk, key=key, by=MOVES[act])
        return back(programme, "sectors")
    if act == "drop":
        if not drop_sector(programme.pk, key=key):
            return show(request, programme, error=_("A programme has at least two O’s."), status=409)
        return back(programme, "sectors")
    row = next((found for found in current_sectors(programme) if found.key == key), None)
    if row is None:
        return _gone(request, programme)
    form = sector_form(programme, row, typed=request.POST)
    values = changes_of_sector(form)
    if not form.is_wrong and not edit_sector(programme.pk, key=key, **values):
        form["shape"].error = _("Another O has this mark by now. Choose one that is free.")
    if form.is_wrong:
        return show(request, programme, typed=form, status=400)
    return back(programme, "sectors")


def _gone(request: HttpRequest, programme: Programme) -> HttpResponseBase:
    return show(request, programme, error=_("Somebody else took it out meanwhile. Nothing was changed."), status=409)
