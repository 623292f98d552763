"""Agendas to begin with."""

from __future__ import annotations

from typing import Any

from ..enums import StepKind
from ..models import Session, Step
from .sessions import add_step

# A workshop of 150 minutes. Each step: its kind, minutes, titles, prompts, and what else it has. `names` lets a reveal
# name its subject; `{area}` is what the strategy is for.
DEFAULT_AGENDA: list[dict[str, Any]] = [
    {
        "kind": StepKind.WELCOME,
        "minutes": 15,
        "title_nl": "Welkom",
        "title_en": "Welcome",
        "prompt_nl": "Welkom bij {area}",
        "prompt_en": "Welcome to {area}",
        "body_nl": (
            "Vandaag werken we samen aan de strategie voor het gebied. Het kernteam schrijft die op basis van wat "
            "jullie inbrengen. We weten van welke O een kaartje komt, niet van wie."
        ),
        "body_en": (
            "Today we work together on the strategy for the area. The core team writes it from what you bring in. "
            "We know which O a card comes from, not which person."
        ),
    },
    {
        "kind": StepKind.COLLECT,
        "minutes": 15,
        "names": "profile",
        "pillar": 1,
        "title_nl": "Profiel en merk: schrijven",
        "title_en": "Profile and brand: write",
        "prompt_nl": "Waar moet de wereld {area} over tien jaar van kennen?",
        "prompt_en": "What should the world know {area} for in ten years?",
    },
    {
        "kind": StepKind.REVEAL,
        "minutes": 17,
        "subject": "profile",
        "title_nl": "Profiel en merk: bekijken",
        "title_en": "Profile and brand: look",
        "prompt_nl": "Wat valt op, en wat ontbreekt nog?",
        "prompt_en": "What stands out, and what is missing?",
    },
    {
        "kind": StepKind.COLLECT,
        "minutes": 15,
        "names": "location",
        "pillar": 2,
        "title_nl": "Toplocatie: schrijven",
        "title_en": "Top location: write",
        "prompt_nl": "Wat maakt {area} een plek waar je ’s avonds wilt blijven?",
        "prompt_en": "What would make {area} a place where you want to stay in the evening?",
    },
    {
        "kind": StepKind.REVEAL,
        "minutes": 17,
        "subject": "location",
        "title_nl": "Toplocatie: bekijken",
        "title_en": "Top location: look",
        "prompt_nl": "Wat valt op, en wat ontbreekt nog?",
        "prompt_en": "What stands out, and what is missing?",
    },
    {
        "kind": StepKind.BREAK,
        "minutes": 15,
        "title_nl": "Pauze",
        "title_en": "Break",
        "prompt_nl": "Pauze. Daarna kiezen we.",
        "prompt_en": "Break. After that we choose.",
    },
    {
        "kind": StepKind.VOTE,
        "minutes": 15,
        "names": "choice",
        "title_nl": "Kiezen",
        "title_en": "Choose",
        "prompt_nl": "Wat moet er als eerste gebeuren?",
        "prompt_en": "What should happen first?",
    },
    {
        "kind": StepKind.REVEAL,
        "minutes": 26,
        "subject": "choice",
        "title_nl": "Uitkomst",
        "title_en": "Result",
        "prompt_nl": "Waar zijn de O’s het over eens, en waar verschillen ze?",
        "prompt_en": "Where do the O’s agree, and where do they differ?",
    },
    {
        "kind": StepKind.WELCOME,
        "minutes": 15,
        "title_nl": "Afsluiting",
        "title_en": "Closing",
        "prompt_nl": "Dank jullie wel",
        "prompt_en": "Thank you",
        "body_nl": (
            "Alles wat je schreef en koos is bewaard. Het kernteam laat binnen twee dagen weten wat er vandaag is "
            "gezegd, en later wat ermee is gedaan."
        ),
        "body_en": (
            "Everything you wrote and chose has been kept. Within two days the core team tells you what was said "
            "today, and later what came of it."
        ),
    },
]


def default_minutes() -> int:
    return sum(step["minutes"] for step in DEFAULT_AGENDA)


def lay_out_default_agenda(*, session: Session, area_nl: str, area_en: str) -> list[Step]:
    """Store the default agenda in a session that has none yet."""
    pillars = {pillar.number: pillar for pillar in session.programme.pillars.all()}
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
