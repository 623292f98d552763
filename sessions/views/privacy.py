"""The privacy notice, for whoever has the code of a session: before joining, and at any time after."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..domain.privacy_notice import read_notice
from ..models import Session
from ..wording.words import explain_consent, in_language, name_consent, programme_context
from .access import with_session


def name_section(section: str) -> str:
    """Return the heading of a section."""
    return {
        "controllers": _("Who is responsible"),
        "purpose": _("What for"),
        "basis": _("On what legal basis"),
        "data": _("What is kept of you"),
        "recipients": _("Who gets it"),
        "retention": _("For how long"),
        "rights": _("What you can ask"),
        "officer": _("Data-protection officer"),
        "complaint": _("To complain to the authority"),
    }[section]


@never_cache
@require_safe
@with_session
def privacy(request: HttpRequest, *, session: Session) -> HttpResponseBase:
    """Show the notice of the session's programme in the language of the page."""
    notice = read_notice(session.programme, language="en" if get_language() == "en" else "nl")
    context = {
        "programme": programme_context(session.programme),
        "title": in_language(session, "title"),
        "agreement": name_consent(session.consent),
        "explained": explain_consent(session.consent),
        "keep_until": session.keep_until,
        "sections": [{"heading": name_section(name), "text": text} for name, text in notice.items()],
        "back": reverse("join", kwargs={"code": session.code}),
    }
    return render(request, "workshop/privacy.html", context)
