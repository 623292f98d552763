"""`make screens`: a picture of every screen and state, at its real size, in both languages, light and dark.

python -m tools.screens                every state, into build/screens
python -m tools.screens stage console  those whose names begin so
python -m tools.screens --readme       those of README, anew into docs/pictures
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")

import django

django.setup()

from tests.e2e.browser import chromium  # noqa: E402 - Django must be ready first
from tests.e2e.tour import View  # noqa: E402
from tests.e2e.visit import serve, visit  # noqa: E402
from tests.server import ROOT  # noqa: E402

FOLDER = ROOT / "build" / "screens"
README = {
    "join": "join",
    "phone-collect": "phone-collect-own",
    "phone-vote": "phone-vote-some",
    "stage-write": "stage-writing",
    "stage-wall": "stage-wall",
    "stage-reveal": "stage-result-2",
    "console": "console-collect",
    "studio": "studio-results",
}
"""A picture in docs/pictures → the state it shows, in Dutch and light."""


async def draw(folder: Path, wanted: Sequence[str]) -> tuple[int, list[str]]:
    """Draw the states; return how many pictures were made, and which could not be and why."""
    drawn: list[Path] = []
    missing: list[str] = []

    async def picture(view: View, theme: str) -> None:
        path = folder / f"{view.state.name}-{view.lang}-{theme}.png"
        await view.page.screenshot(path=path, animations="disabled")
        drawn.append(path)

    with tempfile.TemporaryDirectory() as data, serve(Path(data)) as server:
        async with chromium() as browser:
            for name, why in await visit(server, browser, picture, wanted=wanted):
                missing.append(f"{name}: {why}")
    return len(drawn), missing


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:]
    is_readme = wanted == ["--readme"]
    if is_readme:
        wanted = list(README.values())
    if not wanted:
        for old in FOLDER.glob("*.png"):
            old.unlink()
    drawn, missing = asyncio.run(draw(FOLDER, wanted))
    if is_readme:
        for name, state in README.items():
            shutil.copy(FOLDER / f"{state}-nl-light.png", ROOT / "docs" / "pictures" / f"{name}-nl.png")
    print(f"{drawn} pictures in {FOLDER.relative_to(ROOT)}")
    print("".join(f"\nno picture: {line}" for line in missing), file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
