"""`make dev`: what is saved is on the screen by itself, within three seconds, screens and server alike.

It works on a copy of the sources, which it changes. Run with `-s`, it prints what was measured.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.async_api import expect

from scripts.programs import node_environment

from ..server import ROOT, die_with_parent
from ..services import free_port
from .acts import join
from .browser import PHONE, chromium, open_screen
from .stories import tell

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

SOURCES = ("sessions", "cocreation", "locale", "scripts", "docs/guide", "frontend", "manage.py")
MADE = shutil.ignore_patterns("node_modules", "dist", ".vite")
SOON_S = 3.0
TIMES = 3
START_S = 120
BUSY_MS = 60_000
"""A restart on a machine where everybody else is at work too."""


@contextmanager
def developing(tree: Path) -> Iterator[str]:
    """Start what `make dev` starts, in a tree; the address of it."""
    port = free_port()
    with (tree / "dev.log").open("wb") as log:
        process = subprocess.Popen(
            ["node", "dev.js"],
            cwd=tree / "frontend",
            env=node_environment()
            | {
                "PORT": str(port),
                "DEV_SERVER_PORT": str(free_port()),
                "DATA_DIR": str(tree / "data"),
                "PYTHON": sys.executable,
                "PUBLIC_URL": f"http://localhost:{port}",
            },
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent if sys.platform == "linux" else None,
        )
    base = f"http://localhost:{port}"
    try:
        deadline = time.monotonic() + START_S
        while b"Open http" not in (tree / "dev.log").read_bytes():
            assert process.poll() is None and time.monotonic() < deadline, (tree / "dev.log").read_text()
            time.sleep(0.05)
        yield base
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in SOURCES:
        there = tmp_path / name
        there.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, there, ignore=MADE)
        else:
            shutil.copy(ROOT / name, there)
    (tmp_path / "frontend" / "node_modules").symlink_to(ROOT / "frontend" / "node_modules")
    return tmp_path


def test_a_change_is_on_the_screen_within_three_seconds(tree: Path) -> None:
    with developing(tree) as base:
        measured = tell(change_everything(tree, base))
    for name, seconds in measured.items():
        print(f"{name}: {', '.join(f'{one:.2f}' for one in seconds)} s")
    # The quickest, and on a machine with a free core: others may be at work here.
    soon = SOON_S * max(1, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert {name: min(seconds) for name, seconds in measured.items() if min(seconds) > soon} == {}


async def change_everything(tree: Path, base: str) -> dict[str, list[float]]:
    """Change a component, a style sheet and a page of the server, some times each; return how long each took."""
    measured: dict[str, list[float]] = {"component": [], "style": [], "server": []}
    component = Source(tree / "frontend/src/phone/App.svelte")
    style = Source(tree / "frontend/src/style/base.css")
    module, template = (
        Source(tree / "sessions/wording/words.py"),
        Source(tree / "sessions/templates/workshop/home.html"),
    )
    async with chromium() as browser:
        phone = await open_screen(browser, base, size=PHONE)
        await join(phone, json.loads((tree / "data" / "run.json").read_text())["code"], "onderwijs")
        await expect(phone.page.locator("#app > *").first).to_be_visible()
        await phone.page.evaluate("window.isTheSamePage = true")
        for number in range(TIMES):
            planted = phone.page.locator(f"#planted-{number}")
            component.save(component.text.replace("</script>", f'</script><b id="planted-{number}">planted</b>', 1))
            measured["component"].append(await until(expect(planted).to_be_visible()))
            style.save(f"{style.text}#planted-{number} {{ outline: {number + 1}px solid }}")
            measured["style"].append(await until(expect(planted).to_have_css("outline-width", f"{number + 1}px")))
        assert await phone.page.evaluate("window.isTheSamePage"), "exchanged in the page, which was not loaded anew"
        home = await open_screen(browser, base, size=PHONE)
        await home.page.goto("/")
        for number in range(TIMES):
            module.save(f"{module.text}PLANTED = {number}")
            template.save(template.text.replace("</form>", f"</form><p>planted {number}</p>"))
            measured["server"].append(
                await until(expect(home.page.get_by_text(f"planted {number}")).to_be_visible(timeout=BUSY_MS))
            )
        assert [line for line in phone.trouble + home.trouble if "Content Security Policy" in line] == []
    return measured


class Source:
    """A file as it was, and as it is saved anew."""

    def __init__(self, path: Path) -> None:
        self.path, self.text = path, path.read_text()

    def save(self, text: str) -> None:
        assert text != self.text
        self.path.write_text(text)


async def until(shown: Awaitable[None]) -> float:
    """Return how many seconds it took."""
    began = time.monotonic()
    await shown
    return time.monotonic() - began
