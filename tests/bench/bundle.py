"""What the phone's page loads: its scripts and styles, packed as over the wire, in the language that has more."""

from __future__ import annotations

import gzip
import json
from typing import Any

from .processes import ROOT

DIST = ROOT / "frontend" / "dist"
LANGUAGES = ("nl", "en")


def weigh_phone() -> dict[str, float]:
    """Return kB (1,000 bytes) of JavaScript and CSS of the phone, gzip and plain. Fonts apart."""
    return max((_weigh(f"src/phone/main.ts:{language}") for language in LANGUAGES), key=lambda found: found["gzip_kb"])


def _weigh(entry: str) -> dict[str, float]:
    manifest: dict[str, Any] = json.loads((DIST / ".vite" / "manifest.json").read_text())
    files: set[str] = set()
    seen: set[str] = set()

    def take(name: str) -> None:
        if name in seen:
            return
        seen.add(name)
        chunk = manifest[name]
        files.update([chunk["file"], *chunk.get("css", [])])
        for imported in (*chunk.get("imports", []), *chunk.get("dynamicImports", [])):
            take(imported)

    take(entry)
    plain = [(DIST / file).read_bytes() for file in files if file.endswith((".js", ".css"))]
    fonts = sum(found.stat().st_size for found in DIST.glob("assets/*.woff2"))
    return {
        "gzip_kb": round(sum(len(gzip.compress(found, 9)) for found in plain) / 1000, 1),
        "plain_kb": round(sum(map(len, plain)) / 1000, 1),
        "files": len(plain),
        "fonts_kb": round(fonts / 1000, 1),
    }
