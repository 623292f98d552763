"""Joining, signing in and downloading, as a browser does it. Plain functions for a thread."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlencode, urlsplit

SECONDS = 30


class HttpRefused(Exception):
    """The server answered, and it was no."""


class Browser:
    """Cookies, and the addresses of one server."""

    def __init__(self, base: str) -> None:
        self.base = base
        # Behind a proxy that ends TLS the server's own address is plain HTTP, and its cookies are for HTTPS.
        self._jar = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))

    def cookies(self) -> dict[str, str]:
        return {cookie.name: cookie.value or "" for cookie in self._jar}

    def get(self, path: str) -> bytes:
        return self._open(urllib.request.Request(self.base + path))  # noqa: S310 - http or https, see normalise_url

    def post(self, path: str, body: bytes, media: str) -> bytes:
        headers = {"Content-Type": media, "Origin": self.base, "Referer": self.base + path}
        return self._open(urllib.request.Request(self.base + path, body, headers))  # noqa: S310

    def _open(self, request: urllib.request.Request) -> bytes:
        """Return the body. Raises HttpRefused for an answer of 400 and up, OSError when there was none."""
        try:
            with self._opener.open(request, timeout=SECONDS) as answer:
                body: bytes = answer.read()
                return body
        except urllib.error.HTTPError as error:
            if error.code >= 500:
                raise ConnectionError(f"{error.code} from {request.full_url}") from error
            told = error.read(2000).decode(errors="replace")
            raise HttpRefused(f"{error.code} from {request.full_url}: {told[:300]}") from error


def normalise_url(text: str) -> str:
    """Return scheme and host of an address. Raises ValueError."""
    parts = urlsplit(text.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(f"{text!r} is no address like http://192.168.1.20:8000")
    return f"{parts.scheme}://{parts.netloc}"


def join(base: str, code: str, sector: str) -> dict[str, str]:
    """Become a new participant; return the cookies."""
    browser = Browser(base)
    browser.post(f"/api/v1/sessions/{code}/participants", json.dumps({"sector": sector}).encode(), "application/json")
    return browser.cookies()


def sign_in(base: str, path: str) -> Browser:
    """Press the button of a one-time link."""
    browser = Browser(base)
    page = browser.get(path).decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if token is None:
        raise HttpRefused(f"there is no button at {path}")
    browser.post(path, urlencode({"csrfmiddlewaretoken": token[1]}).encode(), "application/x-www-form-urlencoded")
    return browser
