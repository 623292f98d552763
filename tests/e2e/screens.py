"""`make screens`: a picture of every screen and state, at its real size, in both languages, light and dark.

    python -m tests.e2e.screens                every state, into build/screens
    python -m tests.e2e.screens stage console  those whose names begin so
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ..server import ROOT, RunningServer
from .browser import chromium
from .tour import View
from .visit import visit

FOLDER = ROOT / "build" / "screens"


async def draw(folder: Path, wanted: Sequence[str]) -> int:
    """Draw the states; return how many pictures were made."""
    drawn: list[Path] = []

    async def picture(view: View, theme: str) -> None:
        path = folder / f"{view.state.name}-{view.lang}-{theme}.png"
        await view.page.screenshot(path=path, animations="disabled")
        drawn.append(path)

    with tempfile.TemporaryDirectory() as data, RunningServer(data_dir=Path(data)) as server:
        async with chromium() as browser:
            for line in await visit(server, browser, picture, wanted=wanted):
                print(line, file=sys.stderr)
    return len(drawn)


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:]
    if not wanted:
        for old in FOLDER.glob("*.png"):
            old.unlink()
    print(f"{asyncio.run(draw(FOLDER, wanted))} pictures in {FOLDER.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
