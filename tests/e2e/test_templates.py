"""Each template plays from lobby to close, in Dutch: a facilitator makes a session from it, opens what it has step by
step on the console, and simulated people write and vote; a phone and a projector show each step.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sessions.domain.templates import TEMPLATES

from ..server import RunningServer
from .browser import chromium
from .stories import tell
from .template_evening import TemplateEvening, make_session

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_template_plays_from_lobby_to_close(key: str, tmp_path: Path) -> None:
    async def story() -> None:
        with RunningServer(data_dir=tmp_path) as server:
            async with chromium() as browser:
                console, code = await make_session(server, browser, key)
                async with TemplateEvening(server, browser, console, code=code, key=key) as evening:
                    await evening.agenda_is_what_was_chosen()
                    await evening.lobby()
                    for step in range(len(evening.template.steps)):
                        await evening.play(step)
                    await evening.end()
                    assert await evening.room.differences() == []
                    for screen in evening.screens:
                        assert screen.trouble == []

    tell(story())
