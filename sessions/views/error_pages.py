"""Answers that say no: a page with one sentence and a way on, or JSON under /api/."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..errors import Code, Refused
from ..live.origin import tell_other_address
from ..templatetags.bundle import BundleMissing
from .addresses import other_address, say_other_address

STATUS = {
    Code.BAD_MESSAGE: 400,
    Code.TOO_LARGE: 413,
    Code.NOT_ALLOWED: 403,
    Code.SIGNED_OUT: 403,
    Code.ACCOUNT_CLOSED: 403,
    Code.NO_ROLE: 403,
    Code.NOT_JOINED: 403,
    Code.RETIRED: 403,
    Code.WENT_ON: 403,
    Code.MOVE_UNKNOWN: 404,
    Code.SLOW_DOWN: 429,
    Code.UNAVAILABLE: 503,
    Code.INTERNAL: 500,
    Code.SESSION_UNKNOWN: 404,
    Code.SESSION_LOCKED: 403,
    Code.JOIN_REFUSED: 403,
    Code.JOIN_FULL: 503,
    Code.SESSION_ARCHIVED: 403,
    Code.SESSION_DELETED: 404,
    Code.SECTOR_UNKNOWN: 400,
    Code.KEY_REUSED: 409,
}
"""Of an answer over HTTP. Any other refusal is a conflict with how the session stands."""

RETRY_AFTER_S = {Code.SLOW_DOWN: 60, Code.UNAVAILABLE: 2, Code.JOIN_FULL: 10}

ADVICE: dict[Code, tuple[str | Promise, str | Promise]] = {
    Code.SESSION_UNKNOWN: (
        gettext_lazy("There is no session with this code"),
        gettext_lazy("Compare it with the code on the screen in the room, or ask the facilitator."),
    ),
    Code.SESSION_LOCKED: (
        gettext_lazy("This session lets nobody new in"),
        gettext_lazy("Ask the facilitator to open the door. Whoever joined before can go on as before."),
    ),
    Code.JOIN_REFUSED: (
        gettext_lazy("You were not let in"),
        gettext_lazy("Speak to the facilitator. You can ask again."),
    ),
    Code.SESSION_ARCHIVED: (
        gettext_lazy("This session is archived"),
        gettext_lazy("Nothing can be added to it any more. With your receipt you can still read what you gave."),
    ),
    Code.SLOW_DOWN: (
        gettext_lazy("Too many wrong codes"),
        gettext_lazy(
            "Many wrong codes came from this network. Wait a minute, then try again. Whoever joined can go on."
        ),
    ),
    Code.UNAVAILABLE: (
        gettext_lazy("The server is busy"),
        gettext_lazy("Wait a moment, then try again. Nothing was lost."),
    ),
}


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def status_of(refused: Refused) -> int:
    return STATUS.get(refused.code, 409)


def message_page(
    request: HttpRequest,
    *,
    status: int,
    title: str,
    text: str = "",
    action: tuple[str, str] | None = None,
    other: tuple[str, str] | None = None,
    is_gone: bool = False,
    is_left: bool = False,
) -> HttpResponse:
    """Return a page with one message. `action` is where to go on: its address and its words; `other` is another way.

    `is_gone`: whatever this browser keeps of the session in the address, it shows once and forgets (frontend/src/gone).
    `is_left`: it shows the same and keeps it, with how many votes were not stored.
    """
    context: dict[str, Any] = {"title": title, "text": text, "is_gone": is_gone, "is_left": is_left}
    if action is not None:
        context["action_url"], context["action_label"] = action
    if other is not None:
        context["other_url"], context["other_label"] = other
    try:
        response = render(request, "workshop/message.html", context, status=status)
    except BundleMissing as missing:
        response = HttpResponse(f"{title}\n{text}\n\n{missing}\n", status=status, content_type="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response


def advice_on(refused: Refused) -> tuple[str, str]:
    """Return the title and the sentence of a refusal on a page."""
    if refused.code in ADVICE:
        title, text = ADVICE[refused.code]
        return str(title), str(text)
    return _("That did not work"), refused.sentence()


def refusal_page(request: HttpRequest, refused: Refused, *, again: bool = False) -> HttpResponse:
    """Return the page of a refusal. `again`: the way on is to ask the same once more."""
    title, text = advice_on(refused)
    is_gone = refused.code in (Code.SESSION_UNKNOWN, Code.SESSION_DELETED)
    action = (request.path, _("Ask again")) if again else None
    response = message_page(request, status=status_of(refused), title=title, text=text, action=action, is_gone=is_gone)
    return _retry_after(response, refused)


def refusal_json(refused: Refused, *, status: int | None = None, message: str | None = None) -> HttpResponse:
    """Return the JSON of a refusal: the same error as on the socket."""
    if message is None:
        message = advice_on(refused)[1] if refused.code is Code.SLOW_DOWN else refused.sentence()
    error = {"code": refused.code.value, "message": message, "fields": refused.fields}
    response = JsonResponse({"error": error}, status=status or status_of(refused))
    response.headers["Cache-Control"] = "no-store"
    return _retry_after(response, refused)


def _retry_after(response: HttpResponse, refused: Refused) -> HttpResponse:
    if (seconds := RETRY_AFTER_S.get(refused.code)) is not None:
        response.headers["Retry-After"] = str(seconds)
    return response


# -- what Django calls -------------------------------------------------------------------------------------------


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return refusal_json(Refused(Code.BAD_MESSAGE))
    return message_page(request, status=400, title=_("This request could not be understood"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return refusal_json(Refused(Code.NOT_ALLOWED))
    return message_page(request, status=403, title=_("You may not see this page"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return refusal_json(Refused(Code.UNKNOWN_COMMAND), status=404, message=_("This address does not exist."))
    return message_page(request, status=404, title=_("This page does not exist"), text=_("Check the address."))


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Also what allauth shows when somebody tries too many passwords."""
    text = _("That was too often. Wait a few minutes, then try again.")
    response = message_page(request, status=429, title=_("Too many attempts"), text=text)
    response.headers["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    if is_api(request):
        return refusal_json(Refused(Code.INTERNAL))
    text = _("What you had sent before is kept. Try again in a moment.")
    action = (request.path, _("Try again")) if request.method == "GET" else None
    return message_page(request, status=500, title=_("Something went wrong on the server"), text=text, action=action)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was old, or came from elsewhere, without cookies, or from an address at which forms cannot work."""
    if (here := other_address(request)) is not None:
        tell_other_address(here)
        return message_page(
            request,
            status=403,
            title=_("This is not the address of this server"),
            text=say_other_address(here),
            action=(settings.PUBLIC_URL + request.path, _("Open it there")),
        )
    if settings.CSRF_COOKIE_NAME not in request.COOKIES:
        # Every page with a form sets it.
        title = _("This browser sent no cookies")
        text = _(
            "Without cookies nobody can join or sign in. Open the page again. If this comes back, allow cookies for"
            " this site in the browser’s settings, or use another browser."
        )
    else:
        title, text = _("This form has expired"), _("The page had been open too long. Open it again.")
    return message_page(request, status=403, title=title, text=text, action=(request.path, _("Open it again")))


def method_not_allowed(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    """For the API; pages have Django's own answer."""
    message = _("This address does not take %(method)s.") % {"method": (request.method or "")[:10]}
    response = refusal_json(Refused(Code.BAD_MESSAGE), status=405, message=message)
    response.headers["Allow"] = ", ".join(allowed)
    return response
