"""What becomes of a session: copied, tried out in a rehearsal, wiped, archived, deleted. By forms without a script."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..domain.acts import Act, note_act
from ..domain.rules import check_rehearsal
from ..domain.sessions import duplicate, make_rehearsal
from ..enums import Role
from ..errors import Refused
from ..live.deletion_job import archive_session, delete_session, wipe_session
from ..models import Ballot, Session
from ..wording.words import in_language, programme_context
from .access import deny, member_of, require_role
from .error_pages import refusal_page
from .studio_data import list_sessions

ROOM = (Role.CORE, Role.FACILITATOR)
WAIT_S = 3.0
"""A small session is gone within a moment, and the next page says so. A large one goes on behind it, and a rehearsal's
page may then still show what is to go."""
_ALIKE = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


@require_POST
@require_role(*ROOM)
def copy(request: HttpRequest, *, session: Session, role: Role, of: str) -> HttpResponseBase:
    """Make a session with the same agenda, and open its console."""
    if session.programme.archived_at is not None:
        return deny(request)
    return HttpResponseRedirect(reverse("console", kwargs={"code": duplicate(session=session).code}))


@require_POST
@require_role(*ROOM)
def rehearse(request: HttpRequest, *, session: Session, role: Role, of: str) -> HttpResponseBase:
    """Make a rehearsal with the same agenda, and open its console."""
    if session.programme.archived_at is not None:
        return deny(request)
    return HttpResponseRedirect(reverse("console", kwargs={"code": make_rehearsal(session=session).code}))


@require_POST
@require_role(Role.CORE)
def archive(request: HttpRequest, *, session: Session, role: Role, of: str) -> HttpResponseBase:
    """Archive the session, or take it back out."""
    on = request.POST.get("on") == "1"
    archive_session(session.pk, on=on)
    note_act(Act.ARCHIVED if on else Act.REOPENED, by=member_of(request), programme=session.programme, session=session)
    return _to_session(session, "archived" if on else "reopened")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*ROOM)
def wipe(request: HttpRequest, *, session: Session, role: Role, of: str) -> HttpResponseBase:
    """Say what goes; on POST, delete all that people gave in a rehearsal. Its agenda stays."""
    try:
        check_rehearsal(session)
    except Refused as refused:
        return refusal_page(request, refused)
    if request.method != "POST":
        return _ask(request, "studio_wipe", session, role)
    done = wipe_session(session.pk, wait_s=WAIT_S)
    note_act(Act.WIPED, by=member_of(request), programme=session.programme, session=session)
    return _to_session(session, "wiped" if done else "wiping")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@require_role(*ROOM)
def delete(request: HttpRequest, *, session: Session, role: Role, of: str) -> HttpResponseBase:
    """Say what goes and ask for the title; on POST with the title, delete the session."""
    if not may_delete(session, role):
        return deny(request)
    if request.method != "POST":
        return _ask(request, "studio_delete", session, role)
    typed = request.POST.get("title", "")
    if not is_title(typed, session):
        error = _("This is not the title of the session. Nothing was deleted.")
        return _ask(request, "studio_delete", session, role, status=400, typed=typed[:200], error=error)
    delete_session(session.pk, wait_s=WAIT_S)
    note_act(Act.DELETED, by=member_of(request), programme=session.programme)
    return HttpResponseRedirect(f"{reverse('programme', kwargs={'slug': session.programme.slug})}?done=deleted")


def may_delete(session: Session, role: Role) -> bool:
    """The core team deletes any session, a facilitator rehearsals only."""
    return role is Role.CORE or (role is Role.FACILITATOR and session.rehearsal)


def is_title(typed: str, session: Session) -> bool:
    """Whether this is the session's title in either language, however it was typed: case, spaces, quotes, dashes."""
    wanted = {_tidy(session.title_nl), _tidy(session.title_en)}
    return _tidy(typed) in wanted


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text[:400].translate(_ALIKE)).casefold().split())


def _to_session(session: Session, done: str) -> HttpResponseBase:
    here = reverse("studio-session", kwargs={"of": session.programme.slug, "code": session.code})
    return HttpResponseRedirect(f"{here}?done={done}")


def _ask(
    request: HttpRequest, name: str, session: Session, role: Role, *, status: int = 200, **more: Any
) -> HttpResponseBase:
    """Show what goes. Numbers of fewer people than the programme's threshold are not told here either."""
    programme = session.programme
    (line,) = list_sessions(programme, role=role, only=session)
    context = {
        "programme": programme_context(programme),
        "role": role,
        "title": in_language(session, "title"),
        "code": session.code,
        "is_rehearsal": session.rehearsal,
        "threshold": programme.threshold,
        "people": line.people,
        "cards": line.cards,
        "votes": line.votes,
        "has_votes": line.votes is not None or Ballot.objects.filter(round__session=session).exists(),
        "links": session.stage_links.filter(revoked_at=None).count(),
        "back": reverse("studio-session", kwargs={"of": programme.slug, "code": session.code}),
        "wipe": reverse("studio-wipe", kwargs={"of": programme.slug, "code": session.code}),
        "delete": reverse("studio-delete", kwargs={"of": programme.slug, "code": session.code}),
    }
    return render(request, f"workshop/{name}.html", context | more, status=status)


def tell_done(done: str) -> str:
    """Return the sentence about what was just done, as the next page says it."""
    sentences = {
        "deleted": _("The session was deleted."),
        "wiped": _("The rehearsal was wiped. Its agenda stands as it was planned."),
        "wiping": _("The rehearsal is being wiped. What still stands here is on its way out: look again in a moment."),
        "archived": _("The session was archived."),
        "erased": _("One person was erased. What was shown before still counts them."),
        "kept": _("The retention date was stored."),
        "no-day": _("Choose a day from today on, up to 2099. Nothing was changed."),
        "reopened": _("The session was taken out of the archive."),
    }
    return sentences.get(done, "")


_AT = "programmes/<slug:of>/sessions/<str:code>/"
urlpatterns = [
    path(f"{_AT}duplicate/", copy, name="studio-duplicate"),
    path(f"{_AT}rehearse/", rehearse, name="studio-rehearse"),
    path(f"{_AT}archive/", archive, name="studio-archive"),
    path(f"{_AT}wipe/", wipe, name="studio-wipe"),
    path(f"{_AT}delete/", delete, name="studio-delete"),
]
