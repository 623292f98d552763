"""The files of a session, at any moment of it."""

from __future__ import annotations

from functools import partial

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..domain.acts import Act, note_act
from ..enums import Role
from ..exchange.files import FILES, files_for, may_get, read_file, read_programme, read_programme_workbook
from ..exchange.spool import Pieces, read_pieces, send_pieces
from ..models import Programme, Session
from .access import deny, member_of, require_role
from .error_pages import message_page


def label_file(name: str) -> str:
    """Return what a download is called on a button."""
    labels = {
        "session.zip": _("Everything, as one zip"),
        "session.xlsx": _("All tables, as an Excel file"),
        "contributions.csv": _("Cards"),
        "words.csv": _("Short answers"),
        "results.csv": _("Results"),
        "votes.csv": _("Votes, per person"),
        "participants.csv": _("Participants"),
        "events.jsonl": _("Log"),
        "session.json": _("Agenda"),
    }
    return labels[name]


def session_downloads(session: Session, role: Role) -> list[dict[str, str]]:
    """Return the files this role can download: name, label, href; and that of its form for a spreadsheet, or ""."""

    def lead_to(name: str) -> str:
        return reverse("download", kwargs={"code": session.code, "file": name}) if name else ""

    return [
        {
            "name": found.name,
            "label": label_file(found.name),
            "href": lead_to(found.name),
            "spreadsheet": lead_to(found.for_spreadsheet),
        }
        for found in files_for(role, consent=session.consent)
    ]


@require_safe
@require_role(*Role)
def download(request: HttpRequest, *, session: Session, role: Role, file: str) -> HttpResponseBase:
    """Send one file, or the zip of all."""
    found = FILES.get(file)
    if found is None:
        return message_page(request, status=404, title=_("This page does not exist"), text=_("Check the address."))
    if role not in found.roles:
        return deny(request)
    if not may_get(found, role=role, consent=session.consent):
        return message_page(
            request,
            status=403,
            title=_("This file is not made of this session"),
            text=_("People joined it under the agreement that nothing like this leaves the session."),
        )
    note_download(request, programme=session.programme, session=session, file=found.name)
    pieces = partial(read_file, found=found, session_id=session.pk, role=role)
    return send_file(request, pieces, name=f"{session.code}-{found.name}", media=found.media)


@require_safe
@require_role(*Role)
def download_programme(request: HttpRequest, *, programme: Programme, role: Role) -> HttpResponseBase:
    """Send the files of all sessions of a programme, as one zip."""
    note_download(request, programme=programme, file="programme.zip")
    pieces = partial(read_programme, programme_id=programme.pk, role=role)
    return send_file(request, pieces, name=f"{programme.slug}.zip", media=FILES["session.zip"].media)


@require_safe
@require_role(*Role)
def download_programme_workbook(request: HttpRequest, *, programme: Programme, role: Role) -> HttpResponseBase:
    """Send the tables of all sessions of a programme, as one workbook."""
    note_download(request, programme=programme, file="programme.xlsx")
    pieces = partial(read_programme_workbook, programme_id=programme.pk, role=role)
    return send_file(request, pieces, name=f"{programme.slug}.xlsx", media=FILES["session.xlsx"].media)


def note_download(request: HttpRequest, *, programme: Programme, session: Session | None = None, file: str) -> None:
    """Let the core team read who took what. Who only asks whether it is there takes nothing."""
    if request.method == "GET":
        note_act(Act.EXPORTED, by=member_of(request), programme=programme, session=session, file=file)


def send_file(request: HttpRequest, pieces: Pieces, *, name: str, media: str) -> HttpResponseBase:
    """Answer with a file that is sent while it is being made."""
    sent = send_pieces(pieces) if isinstance(request, ASGIRequest) else read_pieces(pieces)
    response = StreamingHttpResponse(sent, content_type=media)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


urlpatterns = [
    path("s/<str:code>/export/<str:file>", download, name="download"),
    path("programmes/<slug:slug>/export/programme.zip", download_programme, name="programme-download"),
    path("programmes/<slug:slug>/export/programme.xlsx", download_programme_workbook, name="programme-workbook"),
]
