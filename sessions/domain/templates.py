"""Agendas to begin with, one file each in agendas/; every one complete in Dutch and English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..limits import TITLE_LENGTH
from ..models import Pillar, Session, Step
from .editions import pillars_of
from .sessions import add_step

_FOLDER = Path(__file__).with_name("agendas")
DEFAULT = "usual"
_ORDER = (DEFAULT, "workshop", "event", "expert", "half_day", "interview", "reaction", "open", "paper")
_OF_THE_FILE = ("names", "subject", "pillar")
"""What a file says of a step in its own way."""
_PILLAR = re.compile(r"\{pillar (\d+)\}: ")
"""In front of a title: the pillar that the step is about."""


class Template(NamedTuple):
    """An agenda to begin with."""

    kind: str
    """Of the session that it is for."""
    title_nl: str
    title_en: str
    steps: tuple[dict[str, Any], ...]
    minutes: int | None = None
    """How long the session is to take; more than its steps do. None: as long as it takes."""
    adds_nl: str = ""
    adds_en: str = ""
    """What step kinds that do not exist yet would add."""

    @property
    def steps_minutes(self) -> int:
        return sum(step["minutes"] for step in self.steps)


def _read(key: str) -> Template:
    told = tomllib.loads((_FOLDER / f"{key}.toml").read_text(encoding="utf-8"))
    return Template(**{**told, "steps": tuple(told["steps"])})


TEMPLATES: dict[str, Template] = {key: _read(key) for key in _ORDER}
"""In the order in which they are offered."""


def lay_out(template: Template, *, session: Session, area_nl: str, area_en: str) -> list[Step]:
    """Store an agenda in a session that has none yet."""
    pillars = {pillar.number: pillar for pillar in pillars_of(session)}
    named: dict[str, Step] = {}
    steps = []
    for position, wanted in enumerate(template.steps, start=1):
        fields = step_fields(wanted, area_nl=area_nl, area_en=area_en, pillars=pillars)
        step = Step(position=position, **fields)
        step.pillar = pillars.get(wanted.get("pillar", 0))
        step.subject = named.get(wanted.get("subject", ""))
        steps.append(add_step(session=session, step=step))
        if "names" in wanted:
            named[wanted["names"]] = step
    return steps


def step_fields(
    wanted: dict[str, Any], *, area_nl: str, area_en: str, pillars: Mapping[int, Pillar] | None = None
) -> dict[str, Any]:
    """Return kind, words, minutes and settings of a template's step, about this area and these pillars, by number."""
    fields = {name: value for name, value in wanted.items() if name not in _OF_THE_FILE}
    for language, area in (("nl", area_nl), ("en", area_en)):
        fields[f"prompt_{language}"] = fields[f"prompt_{language}"].replace("{area}", area)
        fields[f"title_{language}"] = step_title(wanted, language=language, pillars=pillars or {})
    return fields


def step_title(wanted: dict[str, Any], *, language: str, pillars: Mapping[int, Pillar]) -> str:
    """Return the title with the names of the programme's own pillars; one that it does not have is left out."""

    def name(found: re.Match[str]) -> str:
        pillar = pillars.get(int(found[1]))
        if pillar is None:
            return ""
        short = pillar.short_en if language == "en" else pillar.short_nl
        return f"{short or pillar.short_nl or pillar.short_en}: "

    title = _PILLAR.sub(name, wanted[f"title_{language}"])
    return f"{title[:1].upper()}{title[1:]}"[:TITLE_LENGTH]
