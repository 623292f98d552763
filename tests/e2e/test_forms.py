"""What axe-core was asked once it is not asked again; what is new on a page, it is."""

from __future__ import annotations

import pytest

from .browser import chromium
from .forms import find_barriers
from .stories import tell

pytestmark = [pytest.mark.e2e]

PAGE = """<!doctype html><html lang="nl"><head><title>Kennispark</title><style>
  body {{ background: #fff; color: #000 }} .pale {{ color: #ccc }} .dark {{ background: #333 }}
  @media (prefers-color-scheme: dark) {{ body {{ background: #111; color: #222 }} }}
</style></head><body><main><h1>Kennispark</h1>{}</main></body></html>"""
SOUND = '<p>Een zin.</p><ul><li><button type="button">Verder</button></li></ul>'


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ('<ul><li><button type="button"></button></li></ul>', "button-name"),
        ('<ul><li><button type="button" aria-label="">Verder</button><img src="data:,"></li></ul>', "image-alt"),
        ('<p class="pale">Een zin.</p>', "color-contrast"),
        ('<div class="dark"><p>Een zin.</p></div>', "color-contrast"),
        ('<p lang="xx-nowhere">Een zin.</p>', "valid-lang"),
        ('<p role="checkbox" tabindex="0" aria-checked="maybe">Een zin.</p>', "aria-valid-attr-value"),
        ('<label>Naam</label><input type="text">', "label"),
        ("<ul><p>Een zin.</p></ul>", "list"),
    ],
)
def test_what_is_new_on_a_later_page_is_judged(more: str, rule: str) -> None:
    async def story() -> None:
        known: set[int] = set()
        async with chromium() as browser:
            page = await browser.new_page()
            await page.set_content(PAGE.format(SOUND))
            assert await find_barriers(page, known=known) == []
            judged = len(known)
            assert await find_barriers(page, known=known) == []
            assert len(known) == judged
            await page.set_content(PAGE.format(SOUND + more))
            (found,) = await find_barriers(page, known=known)
            assert found.startswith(f"{rule}: ")

    tell(story())


def test_a_page_in_other_colours_is_judged_by_them() -> None:
    async def story() -> None:
        known: set[int] = set()
        async with chromium() as browser:
            page = await browser.new_page()
            await page.set_content(PAGE.format(SOUND))
            assert await find_barriers(page, known=known) == []
            await page.emulate_media(color_scheme="dark")
            (found,) = await find_barriers(page, known=known, is_dark=True)
            assert found.startswith("color-contrast: ")

    tell(story())
