"""Every state of every screen: open to everybody (axe-core, WCAG 2.2 AA), sound HTML, nothing cut off, translated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools.markup import UNLIKE, sniff, validate

from ..depth import DEEP
from .browser import chromium
from .checks import find_cuts, find_no_colour, find_same_names, find_small_print
from .forms import Judge
from .squeeze import HELD, find_overlaps, find_squeezed
from .states import JUDGED
from .stories import tell
from .tour import LANGUAGES, State, View
from .visit import serve, visit

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

STAGE_FLOOR = 28 / 1920
"""Of a projector's width."""

ENGLISH = ("door", "lobby", "writing", "voting", "result")
"""Whole moments: what one state did as the English person, the next ones show."""

Findings = dict[str, list[str]]


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """What is wrong, by state: one walk through a whole session."""
    found: Findings = defaultdict(list)
    forms = Judge()
    pages = Path(tmp_path_factory.mktemp("markup"))

    async def judge(view: View, theme: str) -> None:
        where = f"{view.lang} {theme}"
        is_sample = (view.lang, theme) == ("nl", "light") and view.state.name in UNLIKE
        if is_sample:
            (pages / f"{view.state.name}.html").write_text(await view.page.content())
        barriers = await forms.find(view, theme)
        cuts = await find_cuts(view.page) if theme != "dark" else []
        if view.state.screen == "stage" and theme != "dark":
            cuts += await find_small_print(view.page, STAGE_FLOOR)
        if is_sample:
            cuts += await sniff(view.page)
        if (view.lang, theme) == ("nl", "light"):
            # Colours are judged once: what lies over a text on this page only is found here.
            cuts += await find_overlaps(view.page)
            cuts += await find_no_colour(view.page)
        # Dutch has the longer words.
        if (view.lang, theme) == ("nl", "light") and view.state.screen != "stage":
            cuts += await find_same_names(view.page)
            if view.state.screen in HELD or view.state.squeezed:
                cuts += await find_squeezed(view.page, screen=view.state.screen)
        found[view.state.name] += [f"{where}: {each}" for each in barriers + cuts + view.screen.trouble]

    async def walk(data: Path) -> None:
        with serve(data) as server:
            async with chromium() as browser:
                seen = visit(
                    server, browser, judge, states=JUDGED, translated=frozenset({"en"}), languages=languages_of
                )
                for name, wrong in await seen:
                    found[name].append(wrong)

    tell(walk(Path(tmp_path_factory.mktemp("screens"))))
    for name, wrong in validate(pages).items():
        found[name] += [f"nl light: {each}" for each in wrong]
    return found


def languages_of(state: State) -> Sequence[str]:
    """Dutch has the longer words; in the usual run English is looked at on phones, where words have least room, and at
    the moments at which everybody has one in hand.
    """
    is_usual = state.screen in HELD and not state.is_judged_in_dutch and state.moment in ENGLISH
    return LANGUAGES if DEEP or is_usual else ("nl",)


@pytest.mark.parametrize("name", [state.name for state in JUDGED])
def test_state_shuts_nobody_out_and_cuts_nothing_off(findings: Findings, name: str) -> None:
    if name not in findings:
        pytest.skip("no small disk can be mounted here")
    assert "\n".join(findings[name]) == ""
