"""What the phone's page loads: its scripts and styles, packed as over the wire, in the language that has more."""

from __future__ import annotations

import gzip
import json
from typing import Any

from sessions.ballots import all_ballots

from .processes import ROOT

DIST = ROOT / "frontend" / "dist"
LANGUAGES = ("nl", "en")


def weigh_phone() -> dict[str, float]:
    """Return kB (1,000 bytes) of JavaScript and CSS of the phone, gzip and plain. Fonts apart.

    `gzip_kb`, `plain_kb`, `files`: what the page names and what that imports, so all that comes before the first look.
    `all_gzip_kb`, `all_files`: with what is fetched when the page has loaded.
    """
    return max((_weigh(f"src/phone/main.ts:{language}") for language in LANGUAGES), key=lambda found: found["gzip_kb"])


def weigh_ballots() -> dict[str, float]:
    """Return ballot → kB, gzip, of what a phone fetches for it besides what every vote needs: its own code, and what it
    shares with some other ballots.
    """
    manifest = _read_manifest()
    found: dict[str, float] = {}
    for language in LANGUAGES:
        shared = _take(manifest, f"src/phone/main.ts:{language}", set())
        shared = _take(manifest, f"src/kinds/vote/phone-screens.ts:{language}", shared)
        for ballot in all_ballots():
            own = _take(manifest, f"src/ballots/{ballot.key}/phone.ts:{language}", set(shared)) - shared
            found[ballot.key] = max(found.get(ballot.key, 0.0), _packed(own))
    return found


def _read_manifest() -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((DIST / ".vite" / "manifest.json").read_text())
    return manifest


def _take(manifest: dict[str, Any], name: str, files: set[str], *, later: bool = False) -> set[str]:
    """Return the files with those of a chunk and of all that it imports; `later`: and of what it fetches afterwards."""
    chunk = manifest[name]
    if chunk["file"] not in files:
        files.update([chunk["file"], *chunk.get("css", [])])
        for imported in (*chunk.get("imports", []), *(chunk.get("dynamicImports", []) if later else [])):
            _take(manifest, imported, files, later=later)
    return files


def _weigh(entry: str) -> dict[str, float]:
    manifest = _read_manifest()
    beside = manifest["src/unstarted.js"]["file"]
    first, whole = _take(manifest, entry, {beside}), _take(manifest, entry, {beside}, later=True)
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
