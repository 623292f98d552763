"""The page on which a programme is set up, with one form of it as it was typed where something is wrong."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ...domain.parts_of_programme import current_pillars, current_sectors, free_shapes
from ...domain.programmes import FEWEST_SECTORS, MOST_PILLARS, MOST_SECTORS, has_begun, may_make
from ...enums import Role
from ...models import Programme
from ...wording.words import in_language, programme_context
from ..typed_form import TypedForm
from .forms import partners_form, pillar_form, programme_form, sector_form
from .privacy_form import notice_form


def back(programme: Programme, section: str = "") -> HttpResponseRedirect:
    """Lead back to the page, to what was changed."""
    address = reverse("setup", kwargs={"slug": programme.slug})
    return HttpResponseRedirect(f"{address}?done=saved{f'#{section}' if section else ''}")


def show(
    request: HttpRequest, programme: Programme, *, typed: TypedForm | None = None, error: str = "", status: int = 200
) -> HttpResponse:
    """Show the page. `typed`: the form that was sent, in place of a fresh one of its prefix."""
    forms = {typed.prefix: typed} if typed is not None else {}
    begun = has_begun(programme)
    pillars, sectors = current_pillars(programme), current_sectors(programme)

    def form(fresh: TypedForm) -> TypedForm:
        return forms.get(fresh.prefix, fresh)

    def line(row: Any, fresh: TypedForm, *, number: int, of: int, act: str) -> dict[str, Any]:
        return {
            "row": row,
            "name": in_language(row, "name"),
            "form": form(fresh),
            "href": reverse(act, kwargs={"slug": programme.slug, "key": row.key}),
            "first": number == 1,
            "last": number == of,
        }

    context: dict[str, Any] = {
        "programme": programme_context(programme),
        "time_zone": programme.time_zone,
        "role": Role.CORE,
        "place": "setup",
        "makes": may_make(request.user),
        "form": form(programme_form(programme, threshold=not begun)),
        "begun": begun,
        "threshold": programme.threshold,
        "archived_at": programme.archived_at,
        "pillars": [
            line(row, pillar_form(programme, row), number=n, of=len(pillars), act="setup-pillar")
            for n, row in enumerate(pillars, start=1)
        ],
        "sectors": [
            line(row, sector_form(programme, row), number=n, of=len(sectors), act="setup-sector")
            | {"letter": in_language(row, "letter"), "hint": in_language(row, "hint")}
            for n, row in enumerate(sectors, start=1)
        ],
        "new_pillar": form(pillar_form(programme)) if len(pillars) < MOST_PILLARS else None,
        "new_sector": form(sector_form(programme)) if free_shapes(sectors) else None,
        "fewest_sectors": FEWEST_SECTORS,
        "most_sectors": MOST_SECTORS,
        "partners": form(partners_form(programme)),
        "notice": form(notice_form(programme)),
        "error": error,
        "done": _("Saved.") if request.GET.get("done") == "saved" else "",
    }
    return render(request, "workshop/setup.html", context, status=status)
