"""Which language a page is in: chosen with `?lang=`, remembered in a cookie, else what the browser asks for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.decorators import sync_and_async_middleware
from django.utils.translation.trans_real import parse_accept_lang_header

YEAR = 365 * 24 * 3600
LANGUAGES = [code for code, _ in settings.LANGUAGES]

Answer = Callable[[HttpRequest], HttpResponseBase]
AsyncAnswer = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


def language_of(request: HttpRequest) -> str:
    """Return `nl` or `en`."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in LANGUAGES:
        return chosen
    for wanted, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500].lower()):
        if wanted.split("-")[0] in LANGUAGES:
            return wanted.split("-")[0]
    return settings.LANGUAGE_CODE


def _remember(request: HttpRequest) -> HttpResponseBase | None:
    """Answer `?lang=`: set the cookie and go to the same address without it, so that nobody shares a language."""
    chosen = request.GET.get("lang")
    if request.method != "GET" or chosen not in LANGUAGES:
        return None
    rest = request.GET.copy()
    del rest["lang"]
    # One slash: "//elsewhere/" would be another site.
    address = "/" + request.path.lstrip("/")
    response = HttpResponseRedirect(f"{address}?{rest.urlencode()}" if rest else address)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _activate(request: HttpRequest) -> None:
    language = language_of(request)
    translation.activate(language)
    request.LANGUAGE_CODE = language


def _finish(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@sync_and_async_middleware
def LanguageMiddleware(get_response: Answer | AsyncAnswer) -> Answer | AsyncAnswer:
    """Activate the language for the rest of the request. Pure thinking, so it costs no thread in either mode."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            if (remembered := _remember(request)) is not None:
                return remembered
            _activate(request)
            return _finish(request, await get_response(request))

        return answer_async

    def answer(request: HttpRequest) -> HttpResponseBase:
        if (remembered := _remember(request)) is not None:
            return remembered
        _activate(request)
        return _finish(request, get_response(request))  # type: ignore[arg-type]

    return answer
