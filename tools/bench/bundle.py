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


def weigh_ballots() -> dict[str, Any]:
    """Return kB, gzip, of what a phone that shows a vote fetches for its ballot, in the language that has more.

    `ballots_shared_kb`: what it fetches whichever the ballot is, once. `ballots_all_kb`: all ballots, each file once.
    Of each ballot, `own_kb`: the file of its own; `besides_kb`: all that it fetches besides what every ballot has, so
    also what it shares with some others; `fetched_kb`: with what every ballot has.
    """
    return max((_weigh_ballots(language) for language in LANGUAGES), key=lambda found: float(found["ballots_all_kb"]))


def _weigh_ballots(language: str) -> dict[str, Any]:
    manifest = _read_manifest()
    every = _take(manifest, f"src/phone/main.ts:{language}", set())
    every = _take(manifest, f"src/kinds/vote/phone-screens.ts:{language}", every)
    names = {ballot.key: f"src/ballots/{ballot.key}/phone.ts:{language}" for ballot in all_ballots()}
    fetched = {key: _take(manifest, name, set(every)) - every for key, name in names.items()}
    shared = set.intersection(*fetched.values())
    own = {key: {manifest[name]["file"], *manifest[name].get("css", [])} for key, name in names.items()}
    ballots = {
        key: {"own_kb": _packed(own[key]), "besides_kb": _packed(files - shared), "fetched_kb": _packed(files)}
        for key, files in fetched.items()
    }
    return {
        "ballots_shared_kb": _packed(shared),
        "ballots_all_kb": _packed(set.union(*fetched.values())),
        "ballots": ballots,
    }


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
