"""What members did in a programme, for the core team."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ...domain.acts import MOST, Act, read_acts
from ...domain.programmes import may_make
from ...enums import Role
from ...models import Programme
from ...wording.words import in_language, programme_context
from ..access import require_role


def name_act(act: Act) -> str:
    return {
        Act.EXPORTED: _("downloaded a file"),
        Act.ERASED: _("erased one person"),
        Act.DELETED: _("deleted a session"),
        Act.WIPED: _("wiped a rehearsal"),
        Act.ARCHIVED: _("archived the session"),
        Act.REOPENED: _("took the session out of the archive"),
        Act.KEPT: _("set the retention date"),
        Act.REVEALED: _("showed cards or a result"),
        Act.REDACTED: _("hid a card or item"),
        Act.RESTORED: _("gave back a hidden card or item"),
        Act.EDITED: _("changed title, kind, date or agreement"),
        Act.DOOR: _("closed or opened the door"),
        Act.MESSAGE: _("put a message on the phones, or took it away"),
        Act.SIGNED_OFF: _("signed a phone off"),
        Act.MOVED: _("moved somebody to another O"),
    }[act]


@never_cache
@require_safe
@require_role(Role.CORE)
def acts(request: HttpRequest, *, programme: Programme, role: Role) -> HttpResponseBase:
    """List the newest."""
    lines = [
        {
            "at": done.at,
            "member": done.member,
            "act": name_act(done.act),
            "file": done.file,
            "session": in_language(done.session, "title") if done.session else "",
            "code": done.session.code if done.session else "",
        }
        for done in read_acts(programme)
    ]
    context = {
        "programme": programme_context(programme),
        "time_zone": programme.time_zone,
        "role": role,
        "place": "acts",
        "makes": may_make(request.user),
        "lines": lines,
        "most": MOST,
    }
    return render(request, "workshop/setup_acts.html", context)
