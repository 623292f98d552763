"""The studio: the programmes of a member, the sessions of a programme, and what one session brought."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..domain.actor import Actor
from ..domain.authorisation import RUNS_SESSIONS, Login
from ..domain.programmes import may_make
from ..enums import Role
from ..errors import Refused
from ..exchange.consistent_read import read_consistently
from ..live.writer import submit_and_wait
from ..models import Member, Membership, Programme, Session
from ..wording.words import in_language, pair, programme_context
from . import studio_end, studio_erase, studio_retention
from .access import ask_to_sign_in, deny, require_role
from .downloads import session_downloads
from .error_pages import status_of
from .report import session_reports
from .session_form import SessionForm
from .studio_data import SessionLine, list_sessions, tell_session

ROOM = RUNS_SESSIONS


@never_cache
@require_safe
def programmes(request: HttpRequest) -> HttpResponseBase:
    """List the member's programmes; a single one is opened at once."""
    member = request.user
    if not member.is_authenticated:
        return ask_to_sign_in(request)
    roles = dict(Membership.objects.filter(member_id=member.pk).values_list("programme_id", "role"))
    found = Programme.objects.order_by("slug")
    if not member.is_superuser:
        found = found.filter(pk__in=roles)
    names = Counter(in_language(programme, "name") for programme in found)
    lines = [
        {
            "name": in_language(programme, "name"),
            # Two of one name are told apart by what stands in their addresses.
            "slug": programme.slug if names[in_language(programme, "name")] > 1 else "",
            "href": reverse("programme", kwargs={"slug": programme.slug}),
            "role": Role(roles.get(programme.pk, Role.CORE)),
            "archived": programme.archived_at is not None,
        }
        for programme in found
    ]
    if len(lines) == 1:
        return HttpResponseRedirect(str(lines[0]["href"]))
    context = {"lines": lines, "makes": may_make(member)}
    return render(request, "workshop/studio_programmes.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*Role)
def programme(request: HttpRequest, *, programme: Programme, role: Role) -> HttpResponseBase:
    """Show a programme: what is fixed in it and its sessions. On POST, make a session and open its console."""
    if request.method != "POST":
        return _show_programme(request, programme, role, form=SessionForm.fresh(programme))
    if role not in ROOM or programme.archived_at is not None:
        return deny(request)
    form = SessionForm(programme=programme, typed=request.POST)
    made = form.make()
    if made is None:
        return _show_programme(request, programme, role, form=form, status=400)
    return HttpResponseRedirect(reverse("console", kwargs={"code": made.code}))


def _show_programme(
    request: HttpRequest, programme: Programme, role: Role, *, form: SessionForm, status: int = 200
) -> HttpResponseBase:
    """The number of queries does not grow with the sessions."""
    with read_consistently():
        context = {
            "programme": programme_context(programme),
            "time_zone": programme.time_zone,
            "threshold": programme.threshold,
            "role": role,
            "runs": role in ROOM,
            "place": "sessions",
            "makes": may_make(request.user),
            "archived_at": programme.archived_at,
            "pillars": [
                {"number": pillar.number, "name": in_language(pillar, "name")}
                for pillar in programme.pillars.filter(until=None)
            ],
            "sectors": [
                {"shape": sector.shape, "name": in_language(sector, "name"), "letter": in_language(sector, "letter")}
                for sector in programme.sectors.filter(until=None)
            ],
            "organisations": [found.name for found in programme.organisations.all()],
            "form": form,
            **_tell_lists(programme, role),
            "done": studio_end.tell_done(request.GET.get("done", "")),
        }
    return render(request, "workshop/studio_programme.html", context, status=status)


def _tell_lists(programme: Programme, role: Role) -> dict[str, Any]:
    """The sessions, the rehearsals apart from them, and what was archived of both; `models`: whose agenda to take."""
    lines = [_tell_line(programme, line) for line in list_sessions(programme, role=role)]
    return {
        "sessions": [line for line in lines if not line["rehearsal"] and not line["archived"]],
        "rehearsals": [line for line in lines if line["rehearsal"] and not line["archived"]],
        "archived": [line for line in lines if line["archived"]],
        "models": [line for line in lines if not line["rehearsal"]],
    }


def _tell_line(programme: Programme, line: SessionLine) -> dict[str, Any]:
    session = line.session
    return {
        "title": in_language(session, "title"),
        "code": session.code,
        "kind": session.kind,
        "planned_at": session.planned_at,
        "on": line.on,
        "rehearsal": session.rehearsal,
        "archived": session.archived_at is not None,
        "people": line.people,
        "cards": line.cards,
        "votes": line.votes,
        "href": reverse("studio-session", kwargs={"of": programme.slug, "code": session.code}),
        "console": reverse("console", kwargs={"code": session.code}),
        "agenda": reverse("agenda", kwargs={"code": session.code}),
        "stage": reverse("stage", kwargs={"code": session.code}),
        **{
            act: reverse(f"studio-{act}", kwargs={"of": programme.slug, "code": session.code})
            for act in ("duplicate", "rehearse", "archive", "wipe", "delete")
        },
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*Role)
def session(request: HttpRequest, *, session: Session, role: Role, of: str) -> HttpResponseBase:
    """Show what one session brought: results per round, cards, downloads. On POST, change its title, kind or date."""
    programme = session.programme
    here = HttpResponseRedirect(reverse("studio-session", kwargs={"of": programme.slug, "code": session.code}))
    if request.method == "POST":
        if role not in ROOM:
            return deny(request)
        form = SessionForm(programme=programme, typed=request.POST)
        status = _change(request, session, form)
        return here if status is None else _show_session(request, session, role, form=form, status=status)
    if (of, session.code) != (programme.slug, request.resolver_match.kwargs["code"]):  # type: ignore[union-attr]
        return here
    return _show_session(request, session, role, form=SessionForm.of(session))


def _change(request: HttpRequest, session: Session, form: SessionForm) -> int | None:
    """Let the writer do it, as for whoever has the console open. Returns None, or the status of what is wrong."""
    command = form.change()
    if command is None:
        return 400
    try:
        assert isinstance(request.user, Member)  # or there were no role
        login = Login(request.user.pk, request.session.session_key or "")
        submit_and_wait(
            session_id=session.pk, actor=Actor.member(login.member), command=command, key=uuid4(), login=login
        )
    except Refused as refused:
        form.errors["all"] = refused.sentence()
        return status_of(refused)
    return None


def _show_session(
    request: HttpRequest, session: Session, role: Role, *, form: SessionForm, status: int = 200
) -> HttpResponseBase:
    programme = session.programme
    with read_consistently():
        told = tell_session(session=session, role=role)
    start = {
        "code": session.code,
        "session": session.public_id,
        "lang": get_language(),
        "programme": {"name": in_language(programme, "name"), "slug": programme.slug, "threshold": programme.threshold},
        "title": pair(session, "title"),
        "role": role.value,
        **told,
    }
    context = {
        "programme": programme_context(programme),
        "time_zone": programme.time_zone,
        "role": role,
        "runs": role in ROOM,
        "title": in_language(session, "title"),
        "line": _tell_line(programme, list_sessions(programme, role=role, only=session)[0]),
        "threshold": programme.threshold,
        "downloads": session_downloads(session, role),
        "reports": session_reports(session),
        "stage_links": session.stage_links.filter(revoked_at=None).count() if role in ROOM else 0,
        "revoke": reverse("studio-revoke", kwargs={"of": programme.slug, "code": session.code}),
        "start": start,
        "form": form,
        "erase": reverse("studio-erase", kwargs={"of": programme.slug, "code": session.code}),
        "erased": session.erased,
        "keep": reverse("studio-keep", kwargs={"of": programme.slug, "code": session.code}),
        "keep_until": session.keep_until.isoformat() if session.keep_until else "",
        "may_archive": role is Role.CORE,
        "may_delete": studio_end.may_delete(session, role),
        "archived_at": session.archived_at,
        "done": studio_end.tell_done(request.GET.get("done", "")),
    }
    return render(request, "workshop/studio_session.html", context, status=status)


@require_POST
@require_role(*ROOM)
def revoke(request: HttpRequest, *, session: Session, role: Role, of: str) -> HttpResponseBase:
    """Take back every projector link of a session."""
    session.stage_links.filter(revoked_at=None).update(revoked_at=timezone.now())
    return HttpResponseRedirect(reverse("studio-session", kwargs={"of": of, "code": session.code}))


urlpatterns = [
    path("programmes/", programmes, name="programmes"),
    path("programmes/<slug:slug>/", programme, name="programme"),
    path("programmes/<slug:of>/sessions/<str:code>/", session, name="studio-session"),
    path("programmes/<slug:of>/sessions/<str:code>/revoke/", revoke, name="studio-revoke"),
    *studio_end.urlpatterns,
    *studio_erase.urlpatterns,
    *studio_retention.urlpatterns,
]
