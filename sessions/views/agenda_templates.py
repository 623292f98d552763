"""For the page of an agenda: what it can begin with, from the program and what the programme keeps of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..domain.authorisation import RUNS_SESSIONS
from ..domain.editions import pillars_of
from ..domain.kept_agendas import as_template, find_kept, keep_agenda, keep_step, rename_kept
from ..domain.kind import kind_of
from ..domain.rules import check_length
from ..domain.sanitiser import clean_text
from ..domain.templates import TEMPLATES, Template, step_fields, step_title
from ..enums import Role
from ..errors import Refused
from ..limits import TITLE_LENGTH
from ..models import KeptAgenda, Pillar, Session
from ..wording.words import in_language
from .access import require_role


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*RUNS_SESSIONS)
def templates(request: HttpRequest, *, session: Session, role: Role) -> HttpResponse:
    """Return what there is. On POST, keep the session's agenda, or its `step`, under a `name`."""
    if request.method != "POST":
        return JsonResponse(_tell_all(session))
    if session.programme.archived_at is not None:
        return _refuse(_("This programme is archived."), status=403)
    try:
        name = _read_name(request)
        if step := request.POST.get("step", ""):
            keep_step(session, step=step, name=name)
        else:
            keep_agenda(session, name=name)
    except Refused as refused:
        return _refuse(refused.sentence())
    return JsonResponse(_tell_all(session), status=201)


@never_cache
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
@require_role(*RUNS_SESSIONS)
def template(request: HttpRequest, *, session: Session, role: Role, key: str) -> HttpResponse:
    """Return a template's steps as `agenda.add` takes them. On POST, give one of its own another `name`; on DELETE, let
    it go.
    """
    kept = find_kept(session.programme, key=key)
    if request.method not in ("POST", "DELETE"):
        found = as_template(kept) if kept is not None else TEMPLATES.get(key)
        return JsonResponse({"steps": _tell_steps(found, session)}) if found is not None else _gone()
    if kept is None:
        return _gone()
    if session.programme.archived_at is not None:
        return _refuse(_("This programme is archived."), status=403)
    if request.method == "DELETE":
        kept.delete()
        return JsonResponse(_tell_all(session))
    try:
        name = _read_name(request)
    except Refused as refused:
        return _refuse(refused.sentence())
    return JsonResponse(_tell_all(session)) if rename_kept(kept, name=name) else _gone()


def _read_name(request: HttpRequest) -> str:
    """Return the name that was typed. Raises Refused."""
    name = clean_text(request.POST.get("name", ""))
    check_length(text=name, most=TITLE_LENGTH)
    return name


def _refuse(message: str, *, status: int = 400) -> HttpResponse:
    return JsonResponse({"message": message}, status=status)


def _gone() -> HttpResponse:
    return _refuse(_("It is not there any more."), status=404)


def _tell_all(session: Session) -> dict[str, Any]:
    """Return the program's templates, then those of the programme, and the steps that it keeps."""
    kept = list(KeptAgenda.objects.filter(programme=session.programme))
    pillars = {pillar.number: pillar for pillar in pillars_of(session)}
    own = [_tell(row.public_id, as_template(row), pillars, is_own=True) for row in kept if not row.is_step]
    return {
        "minutes": session.minutes,
        "templates": [_tell(key, found, pillars, is_own=False) for key, found in TEMPLATES.items()] + own,
        "steps": [_tell(row.public_id, as_template(row), pillars, is_own=True) for row in kept if row.is_step],
    }


def _tell(key: str, template: Template, pillars: Mapping[int, Pillar], *, is_own: bool) -> dict[str, Any]:
    language = "en" if get_language() == "en" else "nl"
    return {
        "key": key,
        "own": is_own,
        "title": in_language(template, "title"),
        "kind": template.kind,
        "minutes": template.minutes,
        "adds": in_language(template, "adds"),
        "steps": [
            {
                "title": step_title(step, language=language, pillars=pillars),
                "kind": step["kind"],
                "minutes": step["minutes"],
                "rests": kind_of(step["kind"]).rests,
            }
            for step in template.steps
        ],
    }


def _tell_steps(template: Template, session: Session) -> list[dict[str, Any]]:
    """Return each step's `add`, and the number in the list of the one that it shows."""
    programme = session.programme
    pillars = {pillar.number: pillar for pillar in pillars_of(session)}
    named: dict[str, int] = {}
    told = []
    for number, wanted in enumerate(template.steps):
        fields = step_fields(wanted, area_nl=programme.name_nl, area_en=programme.name_en, pillars=pillars)
        pillar = pillars.get(wanted.get("pillar", 0))
        told.append(
            {
                "add": fields | {"pillar": pillar.public_id if pillar else None},
                "subject": named.get(wanted.get("subject", "")),
            }
        )
        if "names" in wanted:
            named[wanted["names"]] = number
    return told
