"""The report of a session that is over: a page to read and print, and the same as PDF and DOCX."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..enums import Role
from ..exchange.consistent_read import read_consistently
from ..exchange.pictures.svg import draw_mark
from ..exchange.report.compose import compose_report
from ..exchange.report.document import Block, Bullets, Cell, Grid, Heading, Paragraph, Picture
from ..exchange.report.facts import is_closed
from ..exchange.report.outlets import LANGUAGES, REPORTS, find_session, read_report
from ..models import Session
from ..wording.words import programme_context
from .access import require_role
from .downloads import note_download, send_file
from .error_pages import message_page


def session_reports(session: Session) -> dict[str, Any] | None:
    """Return where the report is read, and its files, those in the language of the page first; None while the session
    goes on.
    """
    if not is_closed(session):
        return None
    here = get_language() or LANGUAGES[0]
    files = sorted(REPORTS.values(), key=lambda report: report.language != here)
    return {
        "page": reverse("report", kwargs={"code": session.code}),
        "files": [
            {
                "href": reverse("report-file", kwargs={"code": session.code, "file": report.name}),
                "language": report.language,
                "label": _label(report.name),
            }
            for report in files
        ],
    }


def _label(name: str) -> str:
    return {
        "report-nl.pdf": _("PDF, in Dutch"),
        "report-en.pdf": _("PDF, in English"),
        "report-nl.docx": _("Word, in Dutch"),
        "report-en.docx": _("Word, in English"),
    }[name]


@never_cache
@require_safe
@require_role(*Role)
def report(request: HttpRequest, *, session: Session, role: Role) -> HttpResponseBase:
    """Show it, in the language of the page."""
    if not is_closed(session):
        return _say_not_yet(request)
    with read_consistently():
        document = compose_report(session=find_session(session.pk), role=role, language=get_language() or LANGUAGES[0])
    context = {
        "programme": programme_context(session.programme),
        "role": role,
        "document": document,
        "people": None if document.people is None else _tell_block(document.people, 0),
        "blocks": _tell_blocks(document.blocks),
        "reports": session_reports(session),
        "back": reverse("studio-session", kwargs={"of": session.programme.slug, "code": session.code}),
    }
    response = HttpResponse(render_to_string("workshop/report.html", context, request))
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@require_role(*Role)
def report_file(request: HttpRequest, *, session: Session, role: Role, file: str) -> HttpResponseBase:
    """Send it as a file; it is made in a thread of its own, as every export is."""
    found = REPORTS.get(file)
    if found is None:
        return message_page(request, status=404, title=_("This page does not exist"), text=_("Check the address."))
    if not is_closed(session):
        return _say_not_yet(request)
    note_download(request, programme=session.programme, session=session, file=found.name)
    pieces = partial(read_report, report=found, session_id=session.pk, role=role)
    return send_file(request, pieces, name=f"{session.code}-{found.name}", media=found.media)


def _say_not_yet(request: HttpRequest) -> HttpResponseBase:
    return message_page(
        request,
        status=409,
        title=_("There is no report yet"),
        text=_("It is there as soon as the session is over: when its steps are closed."),
    )


def _tell_blocks(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """A table that says the same as the heading above it says it to screen readers only."""
    told: list[dict[str, Any]] = []
    heading = ""
    for number, block in enumerate(blocks, start=1):
        if isinstance(block, Heading):
            heading = block.text
        is_headed = isinstance(block, Grid) and heading.endswith(block.caption)
        told.append({**_tell_block(block, number), "is_headed": is_headed})
    return told


def _tell_block(block: Block, number: int) -> dict[str, Any]:
    """Return a block as the template shows it. `number`: for its id."""
    match block:
        case Heading(level, text):
            return {"is": f"h{level}", "text": text, "id": f"part-{number}"}
        case Paragraph(text, is_note):
            return {"is": "note" if is_note else "text", "text": text}
        case Bullets(lines):
            return {"is": "list", "lines": lines}
        case Grid():
            return _tell_grid(block, number)
        case Picture():
            return {
                "is": "picture",
                "id": f"picture-{number}",
                "title": block.title,
                "description": block.description,
                "svg": _inline(block.svg),
                "table": _tell_grid(block.table, number),
            }


def _tell_grid(grid: Grid, number: int) -> dict[str, Any]:
    return {
        "is": "table",
        "id": f"table-{number}",
        "caption": grid.caption,
        "head": [{"text": name, "right": place in grid.numbers} for place, name in enumerate(grid.head)],
        "rows": [
            [
                {"right": place in grid.numbers, "names": place == grid.names, **_tell_cell(cell)}
                for place, cell in enumerate(row)
            ]
            for row in grid.rows
        ],
    }


def _tell_cell(cell: Cell) -> dict[str, Any]:
    if isinstance(cell, str):
        return {"text": cell, "svg": ""}
    return {"text": cell.name, "svg": _inline(draw_mark(cell.shape, cell.letter))}


def _inline(svg: str) -> str:
    """A picture of ours stands in the page as it is: every text in it was escaped where it was drawn."""
    return mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S308 # nosec B308, B703


urlpatterns = [
    path("s/<str:code>/report/", report, name="report"),
    path("s/<str:code>/report/<str:file>", report_file, name="report-file"),
]
