"""Agendas to begin with, from templates.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from ..models import Session, Step
from .editions import pillars_of
from .sessions import add_step

_FILE = Path(__file__).with_suffix(".toml")
DEFAULT_AGENDA: list[dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["steps"]


def default_minutes() -> int:
    return sum(step["minutes"] for step in DEFAULT_AGENDA)


def lay_out_default_agenda(*, session: Session, area_nl: str, area_en: str) -> list[Step]:
    """Store the default agenda in a session that has none yet."""
    pillars = {pillar.number: pillar for pillar in pillars_of(session)}
    areas = {"nl": area_nl, "en": area_en}
    named: dict[str, Step] = {}
    steps = []
    for position, wanted in enumerate(DEFAULT_AGENDA, start=1):
        fields = {name: value for name, value in wanted.items() if name not in ("names", "subject", "pillar")}
        for language, area in areas.items():
            fields[f"prompt_{language}"] = fields[f"prompt_{language}"].replace("{area}", area)
        step = Step(position=position, **fields)
        step.pillar = pillars.get(wanted.get("pillar", 0))
        step.subject = named.get(wanted.get("subject", ""))
        steps.append(add_step(session=session, step=step))
        if "names" in wanted:
            named[wanted["names"]] = step
    return steps
