"""What the phone's page loads: its scripts and styles, packed as over the wire, in the language that has more."""

from __future__ import annotations

import gzip
import json
from typing import Any

from .processes import ROOT

DIST = ROOT / "frontend" / "dist"
LANGUAGES = ("nl", "en")


def weigh_phone() -> dict[str, float]:
    """Return kB (1,000 bytes) of JavaScript and CSS of the phone, gzip and plain. Fonts apart.

    `gzip_kb`, `plain_kb`, `files`: what the page names and what that imports, so all that comes before the first look.
    `all_gzip_kb`, `all_files`: with what is fetched when the page has loaded.
    """
    return max((_weigh(f"src/phone/main.ts:{language}") for language in LANGUAGES), key=lambda found: found["gzip_kb"])


def _weigh(entry: str) -> dict[str, float]:
    manifest: dict[str, Any] = json.loads((DIST / ".vite" / "manifest.json").read_text())

    def take(name: str, files: set[str], *, later: bool) -> set[str]:
        chunk = manifest[name]
        if chunk["file"] not in files:
            files.update([chunk["file"], *chunk.get("css", [])])
            for imported in (*chunk.get("imports", []), *(chunk.get("dynamicImports", []) if later else [])):
                take(imported, files, later=later)
        return files

    beside = manifest["src/unstarted.js"]["file"]
    first, whole = take(entry, {beside}, later=False), take(entry, {beside}, later=True)
    fonts = sum(found.stat().st_size for found in DIST.glob("assets/*.woff2"))
    return {
        "gzip_kb": _packed(first),
        "plain_kb": round(sum(len((DIST / file).read_bytes()) for file in first) / 1000, 1),
        "files": len(first),
        "all_gzip_kb": _packed(whole),
        "all_files": len(whole),
        "fonts_kb": round(fonts / 1000, 1),
    }


def _packed(files: set[str]) -> float:
    return round(sum(len(gzip.compress((DIST / file).read_bytes(), 9)) for file in files) / 1000, 1)
