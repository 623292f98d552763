"""What every answer tells the browser beside its content: pages, API, files of the build, downloads and errors alike.

The rest comes from Django (nosniff, Referrer-Policy, HSTS and COOP under HTTPS, framing) and from django-csp.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

NEVER = (
    "accelerometer",
    "autoplay",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
"""What no screen of ours uses, so that nothing that gets into one can use it either.

Only names that Chromium knows on every system: it complains of others in the console (web-share, on Linux)."""
OWN = ("clipboard-write", "fullscreen", "screen-wake-lock")
HEADERS = {
    "Permissions-Policy": ", ".join([f"{name}=()" for name in NEVER] + [f"{name}=(self)" for name in OWN]),
    # No other site may load a page, a picture or a file of ours into its own process.
    "Cross-Origin-Resource-Policy": "same-origin",
}


def add_headers(response: HttpResponseBase) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


class HeadersMiddleware:
    """Outside of whatever answers by itself, as the files of the build do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        add_headers(response)
        return response
