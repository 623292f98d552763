"""Draws the app's icons from the sign in sessions/views/icon.py, with the browser of the tests.

    CHROMIUM="$(python3 scripts/house.py chromium)" .venv/bin/python -m scripts.icons

The pictures are kept in the repository, so that nobody needs a browser to build.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from playwright.async_api import async_playwright

from sessions.views.icon import PICTURE

FOLDER = Path(__file__).resolve().parent.parent / "frontend" / "src" / "icons"
PAPER = "#f4f4f0"
# The share of the width that the sign takes. A maskable icon may be cut to a circle of 80 %.
ICONS = {"icon-192.png": (192, 0.76), "icon-512.png": (512, 0.76), "icon-maskable-512.png": (512, 0.52)}


async def draw() -> None:
    """Write every icon."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for name, (size, share) in ICONS.items():
            page = await browser.new_page(viewport={"width": size, "height": size})
            style = f"margin:0;background:{PAPER};height:100vh;display:grid;place-items:center"
            sign = PICTURE.replace("<svg ", f'<svg width="{round(size * share)}" ')
            await page.set_content(f'<body style="{style}">{sign}')
            await page.screenshot(path=FOLDER / name)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(draw())
