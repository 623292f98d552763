"""A browser that cannot run a screen's script says so, in the page's language, instead of showing nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from ..server import RunningServer
from .browser import PHONE, chromium, open_screen
from .stories import tell
from .workshop import Workshop

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

WORDS = {"nl": "Deze pagina is niet gestart.", "en": "This page did not start."}


def test_a_page_whose_script_is_not_understood_says_so(tmp_path: Path) -> None:
    async def run() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            room = Workshop(server)
            cookies = await server.sign_in("facilitator") | await room.join_over_http("onderwijs")
            async with chromium() as browser:
                live = [f"/s/{server.code}/{each}" for each in ("", "stage/", "console/")]
                studio = f"/programmes/kennispark/sessions/{server.code}/"
                for lang, paths in {"nl": [*live, studio], "en": live[:1]}.items():
                    await look(browser, server, cookies | {"language": lang}, paths, WORDS[lang])

    tell(run())


async def look(browser: Browser, server: RunningServer, cookies: dict[str, str], paths: list[str], words: str) -> None:
    # A worker would hand out what it kept.
    screen = await open_screen(browser, server.base, size=PHONE)
    await screen.context.add_cookies([{"name": name, "value": it, "url": server.base} for name, it in cookies.items()])
    for path in paths:
        await screen.page.goto(path)
        note = screen.page.locator("#unstarted")
        await expect(screen.page.locator("#app > *").first).to_be_attached()
        await expect(note).to_be_hidden()
        await _break_scripts(screen.page)
        await screen.page.reload()
        await expect(note).to_be_visible()
        await expect(note).to_contain_text(words)
        await screen.page.unroute_all()
    await screen.close()


async def _break_scripts(page: Page) -> None:
    """As a browser reads words that are too new for it."""
    for name in ("phone", "stage", "console", "studio"):
        await page.route(
            f"**/assets/{name}-*.js",
            lambda route: route.fulfill(body="let in the = future", content_type="text/javascript"),
        )
