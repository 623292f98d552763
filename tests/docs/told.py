"""Frames as a document shows them: shortened, and wrapped into its width."""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any
from urllib.parse import urlsplit

import httpx

Frame = dict[str, Any]


WIDTH = 120


_INDENT = " " * 7


_CUT = "…"


_SHORT: dict[str, tuple[str, ...]] = {
    "programme": ("slug", "threshold"),
    "step": ("id", "kind", "state", "round", "settings", "revealed", "deadline"),
    "steps": ("id", "kind", "state"),
    "session": ("id", "code", "locked", "now"),
    "sectors": ("id", "key"),
    "pillars": ("id", "number"),
    "items": ("id", "card", "text"),
}
"""What is shown of a document that stands under this name; the rest is cut, and of a list all but the first."""


_LISTS = ("sectors", "pillars", "steps", "items", "participants")


class Story:
    """What was said and sent, in order, as the document shows it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.from_client: list[Frame] = []
        self.from_server: list[Frame] = []

    def say(self, text: str) -> None:
        self.lines += ["", *textwrap.wrap(text, WIDTH, break_on_hyphens=False), ""]

    def http(self, request: httpx.Request, response: httpx.Response, *, body: str | None = None) -> None:
        """Tell a request with what a client has to send, and its answer; `body` in place of a page."""
        address = urlsplit(str(request.url))
        path = re.sub(r"/link/[^/]{20,}/", f"/link/{_CUT}/", address.path)
        self._line("→", f"{request.method} {path}{'?' if address.query else ''}{_hide(address.query)}")
        for name in ("Content-Type", "Cookie", "X-CSRFToken"):
            if name in request.headers:
                self.lines.append(f"      {name}: {_hide(request.headers[name])}")
        if request.content:
            self.lines += _wrap("      " + _hide(request.content.decode()))
        self._line("←", f"{response.status_code} {response.reason_phrase}")
        for cookie in response.headers.get_list("Set-Cookie"):
            if not cookie.startswith(("seed=", "language=", "known_")):
                self.lines.append(f"      Set-Cookie: {_hide(cookie.split(';')[0])}; …")
        if body is None and response.content:
            body = render(response.json())
        if body:
            self.lines += _wrap("      " + body)

    def sent(self, frame: Frame, *, console: bool = False) -> None:
        self._line("⇒" if console else "→", render(frame))

    def got(self, frame: Frame, *, console: bool = False) -> None:
        self._line("⇐" if console else "←", render(frame))

    def _line(self, arrow: str, text: str) -> None:
        self.lines += _wrap(f"    {arrow} {text}")

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip("\n") + "\n"


def render(frame: Any) -> str:
    """Return a frame as JSON, with what says little cut."""
    text = json.dumps(_shorten(frame), ensure_ascii=False, separators=(",", ":"))
    return text.replace(f'"{_CUT}":0', _CUT).replace(f'"{_CUT}"', _CUT)


def _shorten(value: Any, name: str = "") -> Any:
    if isinstance(value, list):
        shown = [_shorten(item, name) for item in value]
        return [shown[0], _CUT] if name in _LISTS and len(shown) > 1 else shown
    if not isinstance(value, dict):
        return value
    keep = _SHORT.get(name) if "id" in value or "slug" in value else None
    short = {key: _shorten(inner, key) for key, inner in value.items() if keep is None or key in keep}
    return short if len(short) == len(value) else short | {_CUT: 0}


def _hide(text: str) -> str:
    """Cut secrets: tokens and what stands in cookies."""
    return re.sub(r"(?<=[=])[\w-]{20,}|^[\w-]{20,}$", _CUT, text)


def _wrap(line: str) -> list[str]:
    """Break a line behind commas between fields."""
    lines = []
    while len(line) > WIDTH:
        at = max(line.rfind(mark, len(_INDENT), WIDTH) for mark in (',"', ",{", ",…"))
        if at < 0:
            break
        lines.append(line[: at + 1])
        line = _INDENT + line[at + 1 :]
    return [*lines, line]
