"""The files of a screen under `make dev`: as they are written, served and exchanged by Vite (frontend/dev.js)."""

from __future__ import annotations

from django.conf import settings

CLIENT = "@vite/client"
"""The script that puts changed files into a page that is open."""


def find_script(screen: str) -> str | None:
    """Return the entry of a screen, or None for a page that has styles only."""
    return _if_there(f"src/{screen}/main.ts")


def find_styles(screen: str) -> list[str]:
    """Return the style sheets that a page links by itself; a screen's own script brings its styles."""
    found = None if find_script(screen) else _if_there(f"src/{screen}/{screen}.css")
    return [found] if found else []


def _if_there(name: str) -> str | None:
    return name if (settings.BASE_DIR / "frontend" / name).is_file() else None
