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


def weigh_ballots() -> dict[str, dict[str, float]]:
    """Return of each ballot kB, gzip, in the language that has more.

    `own_kb`: its own chunk. `fetched_kb`: all that a phone which shows the screens of a vote fetches for it, so also
    the chunks that it shares with other ballots, with some or with all of them.
    """
    return {
        ballot.key: max(
            (_weigh_ballot(ballot.key, language) for language in LANGUAGES), key=lambda found: found["own_kb"]
        )
        for ballot in all_ballots()
    }


def _weigh_ballot(key: str, language: str) -> dict[str, float]:
    manifest = _read_manifest()
    name = f"src/ballots/{key}/phone.ts:{language}"
    every = _take(manifest, f"src/phone/main.ts:{language}", set())
    every = _take(manifest, f"src/kinds/vote/phone-screens.ts:{language}", every)
    own = {manifest[name]["file"], *manifest[name].get("css", [])}
    return {"own_kb": _packed(own), "fetched_kb": _packed(_take(manifest, name, set(every)) - every)}


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
