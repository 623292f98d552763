"""`make markup`: the HTML of every state, as it stands in the browser, before html-validate and pa11y's rules.

python -m tools.markup                every state
python -m tools.markup stage console  those whose names begin so

pa11y's rules (HTML_CodeSniffer, WCAG 2 AA) run in the page as Playwright has it: pa11y itself would bring a second
browser and see a page only as it is loaded. Its other rules are axe-core's, to which `make test` holds every state.
`make test` has both look at the states that are `UNLIKE` each other, in Dutch, while it is there for axe-core.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import Page

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")

import django

django.setup()

from tests.e2e.browser import chromium  # noqa: E402 - Django must be ready first
from tests.e2e.tour import View  # noqa: E402
from tests.e2e.visit import serve, visit  # noqa: E402
from tests.server import ROOT  # noqa: E402
from tests.vitest import find_node  # noqa: E402

FRONTEND = ROOT / "frontend"
SNIFFER = FRONTEND / "node_modules" / "@pa11y" / "html_codesniffer" / "build" / "HTMLCS.js"
FOLDER = ROOT / "build" / "markup"

RULES = {
    "root": True,
    "extends": ["html-validate:recommended", "html-validate:browser"],
    "rules": {
        # What a browser writes of the page is not what we wrote: these are about how it is written.
        "void-style": "off",
        "attr-quotes": "off",
        "doctype-style": "off",
        "attribute-boolean-style": "off",
        "attribute-empty-style": "off",
        "no-trailing-whitespace": "off",
        "no-raw-characters": "off",
        # Svelte sets positions and sizes in pictures by `style`, through the DOM, which the policy allows.
        "no-inline-style": "off",
        # A list, a group and a picture may have a name (WAI-ARIA 1.2); the rule would rather see it on landmarks only.
        "aria-label-misuse": ["error", {"allowAnyNamable": True}],
    },
}

SNIFF = """() => new Promise((resolve) => {
  HTMLCS.process("WCAG2AA", document, () => resolve(HTMLCS.getMessages()
    .filter(({ type }) => type === HTMLCS.ERROR)
    .map(({ code, msg, element }) => `${code}: ${msg} ${element.outerHTML?.slice(0, 160) ?? ""}`)));
})"""

UNLIKE = frozenset(
    {
        "setup-open",
        "members-open",
        "invitation",
        "join-chosen",
        "join-waiting",
        "join-locked",
        "guide",
        "phone-collect-own",
        "phone-vote-some",
        "phone-mine",
        "read",
        "receipt-shown",
        "stage-http",
        "stage-wall",
        "stage-result-2",
        "console-share-own",
        "console-collect",
        "console-scribe",
        "console-session-edit",
        "console-step-edit",
        "console-result",
        "studio-programme",
        "studio-results",
        "studio-cards",
        "studio-change",
        "studio-delete",
    }
)
"""States that have every form, table, dialog, list and kind of link between them. All 140 would take a minute."""


async def sniff(page: Page) -> list[str]:
    if not await page.evaluate("typeof HTMLCS !== 'undefined'"):
        await page.evaluate(SNIFFER.read_text())
    found: list[str] = await page.evaluate(SNIFF)
    return found


def validate(folder: Path) -> dict[str, list[str]]:
    """Return what html-validate finds, by the name of the file."""
    settings = folder / "html-validate.json"
    settings.write_text(json.dumps(RULES))
    program = FRONTEND / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    told = folder / "html-validate.said.json"
    command = [
        find_node(),
        str(program),
        "--config",
        str(settings),
        "--formatter",
        f"json={told}",
        str(folder / "*.html"),
    ]
    answer = subprocess.run(command, capture_output=True, text=True, cwd=FRONTEND)
    if not told.exists():
        raise RuntimeError(f"html-validate said nothing: {answer.stderr}")
    return {
        Path(file["filePath"]).stem: [
            f"{each['ruleId']}: {each['message']} ({each.get('selector')})" for each in file["messages"]
        ]
        for file in json.loads(told.read_text())
    }


async def judge(folder: Path, wanted: Sequence[str]) -> dict[str, list[str]]:
    """Return what is wrong, by state and language."""
    found: dict[str, list[str]] = defaultdict(list)

    async def see(view: View, theme: str) -> None:
        if theme != "light":
            return
        name = f"{view.state.name}-{view.lang}"
        (folder / f"{name}.html").write_text(await view.page.content())
        found[name] += await sniff(view.page)

    with tempfile.TemporaryDirectory() as data, serve(Path(data)) as server:
        async with chromium() as browser:
            for name, why in await visit(server, browser, see, wanted=wanted):
                found[name].append(why)
    for name, wrong in validate(folder).items():
        found[name] += wrong
    return found


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*"):
        old.unlink()
    found = asyncio.run(judge(FOLDER, sys.argv[1:]))
    left = {name: wrong for name, wrong in sorted(found.items()) if wrong}
    for name, lines in left.items():
        print(f"{name}\n  " + "\n  ".join(lines))
    print(f"{len(found)} pages, {sum(map(len, left.values()))} findings")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
