"""`{% bundle_css "phone" %}` and `{% bundle_js "phone" %}`: the built files of a screen, by Vite's manifest."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import sources

register = template.Library()

_OF_A_BALLOT = re.compile(r"src/ballots/(\w+)/")
_read: tuple[Path, int, dict[str, Any]] | None = None
_made: dict[str, SafeString] = {}
"""Cache: tag, its ballots and screen → HTML, for the current manifest."""


class BundleMissing(ImproperlyConfigured):
    """The screens have not been built, or not this one."""


def manifest() -> dict[str, Any]:
    """Return Vite's manifest; read again when a build has replaced it. Raises BundleMissing."""
    global _read
    path = Path(settings.FRONTEND_DIST) / ".vite" / "manifest.json"
    try:
        changed = path.stat().st_mtime_ns
        if _read is None or _read[:2] != (path, changed):
            _read = (path, changed, json.loads(path.read_text()))
            _made.clear()
    except (OSError, ValueError) as error:
        raise BundleMissing(
            _("The screens have not been built: run `make run`, or `npm ci && npm run build` in frontend/.")
        ) from error
    return _read[2]


def _entry(screen: str) -> str:
    # Some screens are built once per language.
    names = (
        f"src/{screen}/main.ts:{get_language() or settings.LANGUAGE_CODE}",
        f"src/{screen}/main.ts",
        f"src/{screen}/{screen}.css",
    )
    for name in names:
        if name in manifest():
            return name
    raise BundleMissing(_("The build has no screen “%(screen)s”: build the frontend again.") % {"screen": screen})


def _chunks(name: str, seen: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the entry and everything it imports, imports first."""
    if name not in seen:
        chunk = manifest()[name]
        seen[name] = chunk
        for imported in chunk.get("imports", []):
            _chunks(imported, seen)
        seen[name] = seen.pop(name)
    return seen


def _address(file: str) -> str:
    return f"{settings.STATIC_URL}{file}"


def style_files(screen: str) -> list[str]:
    """Return the addresses of a screen's style sheets, the shared ones first."""
    files: dict[str, None] = {}
    for chunk in _chunks(_entry(screen), {}).values():
        files.update(dict.fromkeys(chunk.get("css", [])))
        if chunk["file"].endswith(".css"):
            files[chunk["file"]] = None
    return [_address(file) for file in files]


def script_files(screen: str) -> list[str]:
    """Return the addresses of a screen's scripts, the entry last."""
    files = [chunk["file"] for chunk in _chunks(_entry(screen), {}).values()]
    return [_address(file) for file in files if file.endswith(".js")]


def later_files(screen: str, ballots: Collection[str] | None = None) -> list[str]:
    """Return the addresses of what a screen's scripts load by themselves, scripts and style sheets. `ballots`: the ways
    of voting whose files are among them, when not all.
    """
    entry = _entry(screen)
    first, files = _chunks(entry, {}), dict[str, None]()
    for chunk in first.values():
        for name in chunk.get("dynamicImports", []):
            if ballots is not None and (own := _OF_A_BALLOT.match(name)) and own[1] not in ballots:
                continue
            for later in (found for found in _chunks(name, {}).values() if found not in first.values()):
                files |= dict.fromkeys([later["file"], *later.get("css", [])])
    return [_address(file) for file in files]


def _once(tag: str, screen: str, make: Callable[[str], SafeString]) -> SafeString:
    if settings.FRONTEND_DEV:
        return make(screen)
    # Reading the manifest empties what was made when a build has replaced it. A screen has an entry per language.
    name = f"{tag} {_entry(screen)}"
    found = _made.get(name)
    if found is None:
        found = _made[name] = make(screen)
    return found


@register.simple_tag
def bundle_css(screen: str) -> SafeString:
    return _once("css", screen, _link_sources if settings.FRONTEND_DEV else _link_styles)


@register.simple_tag
def bundle_js(screen: str, ballots: Collection[str] | None = None) -> SafeString:
    """`ballots`: the ways of voting that the session has. Their files are loaded before they are needed."""
    if settings.FRONTEND_DEV:
        return _load_source(screen)
    chosen = None if ballots is None else sorted(ballots)
    tag = "js" if chosen is None else " ".join(["js of", *chosen])
    return _once(tag, screen, lambda screen: _load_scripts(screen, chosen))


@register.simple_tag
def unstarted_js() -> SafeString:
    """Return the script that says when a screen's own did not start (frontend/src/unstarted.js)."""
    if settings.FRONTEND_DEV:
        return format_html('<script defer src="{}"></script>', _address("src/unstarted.js"))
    try:
        file = manifest()["src/unstarted.js"]["file"]
    except KeyError as error:
        raise BundleMissing(_("The build is older than this program: build the frontend again.")) from error
    return format_html('<script defer src="{}"></script>', _address(file))


def _link_styles(screen: str) -> SafeString:
    return format_html_join("\n    ", '<link rel="stylesheet" href="{}">', ((file,) for file in style_files(screen)))


def _load_scripts(screen: str, ballots: Collection[str] | None) -> SafeString:
    *imported, entry = script_files(screen)
    later = " ".join(later_files(screen, ballots))
    return format_html(
        '{}<script type="module" src="{}"{}{}></script>',
        format_html_join("", '<link rel="modulepreload" href="{}">\n    ', ((file,) for file in imported)),
        entry,
        # The phone's worker keeps them too (frontend/src/worker).
        format_html(' data-later="{}"', later) if later else "",
        "" if ballots is None else format_html(' data-ballots="{}"', " ".join(ballots)),
    )


def _link_sources(screen: str) -> SafeString:
    return format_html(
        '<script type="module" src="{}"></script>{}',
        _address(sources.CLIENT),
        format_html_join(
            "", '<link rel="stylesheet" href="{}">', ((_address(f),) for f in sources.find_styles(screen))
        ),
    )


def _load_source(screen: str) -> SafeString:
    entry = sources.find_script(screen)
    if entry is None:
        raise BundleMissing(_("There is no screen “%(screen)s” in frontend/src.") % {"screen": screen})
    return format_html('<script type="module" src="{}"></script>', _address(entry))
