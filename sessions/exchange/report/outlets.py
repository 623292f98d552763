"""The files in which a report is written, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.conf import settings

from ...enums import Role
from ...models import Session
from . import docx, pdf
from .compose import compose_report
from .document import Document


class Report(NamedTuple):
    """A report in one form and one language."""

    name: str
    media: str
    language: str
    write: Callable[[Document], Iterator[bytes]]


FORMS = {"pdf": (pdf.MEDIA, pdf.write_pdf), "docx": (docx.MEDIA, docx.write_docx)}
LANGUAGES = [code for code, _ in settings.LANGUAGES]
REPORTS = {
    name: Report(name, media, language, write)
    for form, (media, write) in FORMS.items()
    for language in LANGUAGES
    for name in [f"report-{language}.{form}"]
}
"""Every role gets all of them; what is in them differs."""


def read_report(*, report: Report, session_id: int, role: Role) -> Iterator[bytes]:
    """Yield the file; some pieces are empty, so that whoever sends it can let others go first."""
    document = compose_report(session=find_session(session_id), role=role, language=report.language)
    yield b""
    yield from report.write(document)


def find_session(session_id: int) -> Session:
    """Return the session with what its report asks of its programme."""
    sessions = Session.objects.select_related("programme")
    return sessions.prefetch_related("programme__sectors", "programme__pillars").get(pk=session_id)
