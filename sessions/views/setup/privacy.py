"""The privacy notice of a programme is written here, section by section."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST

from ...domain.privacy_notice import write_notice
from ...enums import Role
from ...models import Programme
from ..access import require_role
from .page import back, show
from .privacy_form import changes_of_notice, notice_form


@require_POST
@require_role(Role.CORE)
def privacy(request: HttpRequest, *, programme: Programme, role: Role) -> HttpResponseBase:
    """Store the sections that were changed."""
    form = notice_form(programme, typed=request.POST)
    texts = changes_of_notice(form)
    if form.is_wrong:
        return show(request, programme, typed=form, status=400)
    write_notice(programme.pk, texts=texts)
    return back(programme, "privacy")
