"""What every answer tells the browser beside its content: pages, API, files of the build, downloads, errors, lines.

Pages have the rest from Django (nosniff, Referrer-Policy, framing, HSTS and COOP under HTTPS) and from django-csp, each
by a middleware. A long poll is answered without any of them, so here the same settings are read once more.
"""

from __future__ import annotations

from functools import cache

from django.conf import settings

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
NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The policy of an answer that no browser shows as a page."""


@cache
def headers_of_poll() -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers of an answer to a long poll, but for its length."""
    headers = HEADERS | {
        "Content-Type": "application/json",
        "Cache-Control": "no-store",
        "Content-Security-Policy": NO_PAGE,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    }
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
    if settings.SECURE_CROSS_ORIGIN_OPENER_POLICY:
        headers["Cross-Origin-Opener-Policy"] = settings.SECURE_CROSS_ORIGIN_OPENER_POLICY
    return tuple((name.encode(), value.encode()) for name, value in headers.items())
