"""The pictures of results, to look at in the studio and to pass on: of what was published, so for every member."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..enums import Role
from ..exchange.consistent_read import read_consistently
from ..exchange.report.outlets import LANGUAGES
from ..exchange.round_pictures import MEDIA, PictureFile, read_name, read_picture, write_picture
from ..models import Session
from .access import require_role
from .error_pages import message_page


def lead_to_pictures(*, session: Session, round_id: str) -> dict[str, str]:
    """Return form → the address of a round's picture, in the language of the page."""
    language = get_language() or LANGUAGES[0]
    return {
        form: reverse("picture", kwargs={"code": session.code, "file": PictureFile(round_id, language, form).name})
        for form in MEDIA
    }


@never_cache
@require_safe
@require_role(*Role)
def picture(request: HttpRequest, *, session: Session, role: Role, file: str) -> HttpResponseBase:
    """Send it to be looked at; a link may say that it is to be kept."""
    asked, drawn = read_name(file), None
    if asked is not None:
        with read_consistently():
            drawn = read_picture(session=session, file=asked)
    if asked is None or drawn is None:
        return message_page(request, status=404, title=_("This page does not exist"), text=_("Check the address."))
    response = HttpResponse(write_picture(drawn, form=asked.form), content_type=MEDIA[asked.form])
    response.headers["Content-Disposition"] = f'inline; filename="{session.code}-{asked.name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


urlpatterns = [path("s/<str:code>/pictures/<str:file>", picture, name="picture")]
