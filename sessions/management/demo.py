"""The Kennispark programme with one session that is ready to start."""

from __future__ import annotations

import os

from django.db import transaction

from ..domain.sessions import add_step, create_session
from ..enums import Role, StepKind
from ..models import Member, Membership, Organisation, Pillar, Programme, Sector, Session, Step

SLUG = "kennispark"

PILLARS = [
    {
        "name_nl": "Versterken van het internationaal profiel en merk",
        "name_en": "Strengthening the international profile and brand",
        "short_nl": "Profiel en merk",
        "short_en": "Profile and brand",
    },
    {
        "name_nl": "Bouwen aan een dynamische toplocatie",
        "name_en": "Building a dynamic top location",
        "short_nl": "Toplocatie",
        "short_en": "Top location",
    },
]

SECTORS = [
    {
        "key": "onderwijs",
        "name_nl": "Onderwijs",
        "name_en": "Education",
        "hint_nl": "mbo, hogeschool, universiteit, studenten",
        "hint_en": "college, university, students",
        "letter_nl": "W",
        "letter_en": "E",
    },
    {
        "key": "onderzoek",
        "name_nl": "Onderzoek",
        "name_en": "Research",
        "hint_nl": "onderzoeksgroep, lab, kennisinstelling",
        "hint_en": "research group, lab, institute",
        "letter_nl": "Z",
        "letter_en": "R",
    },
    {
        "key": "ondernemers",
        "name_nl": "Ondernemers",
        "name_en": "Entrepreneurs",
        "hint_nl": "starter, mkb, grootbedrijf",
        "hint_en": "start-up, small or large company",
        "letter_nl": "N",
        "letter_en": "N",
    },
    {
        "key": "overheden",
        "name_nl": "Overheden",
        "name_en": "Government",
        "hint_nl": "gemeente, provincie, waterschap, rijk",
        "hint_en": "municipality, province, water authority, state",
        "letter_nl": "H",
        "letter_en": "G",
    },
]

ORGANISATIONS = ["Universiteit Twente", "Novel-T", "gemeente Enschede", "provincie Overijssel"]

# Each step: its kind, minutes, titles, prompts, and what else it has. `names` lets a reveal name its subject.
AGENDA: list[dict[str, object]] = [
    {
        "kind": StepKind.WELCOME,
        "minutes": 15,
        "title_nl": "Welkom",
        "title_en": "Welcome",
        "prompt_nl": "Welkom bij Kennispark",
        "prompt_en": "Welcome to Kennispark",
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
        "prompt_nl": "Waar moet de wereld Kennispark over tien jaar van kennen?",
        "prompt_en": "What should the world know Kennispark for in ten years?",
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
        "prompt_nl": "Wat maakt Kennispark een plek waar je 's avonds wilt blijven?",
        "prompt_en": "What would make Kennispark a place where you want to stay in the evening?",
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
        "prompt_nl": "Waar zijn de O's het over eens, en waar verschillen ze?",
        "prompt_en": "Where do the O's agree, and where do they differ?",
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

MEMBERS = {
    "facilitator": {"role": Role.FACILITATOR, "first_name": "Begeleider", "language": "nl"},
    "core": {"role": Role.CORE, "first_name": "Kernteam", "language": "nl"},
}
"""User names; a password comes from FACILITATOR_PASSWORD or CORE_PASSWORD, else from `manage.py changepassword`."""


@transaction.atomic
def make_demo() -> tuple[Session, dict[str, Member]]:
    """Make what is not there yet of programme, session and members; return session and members."""
    programme, _ = Programme.objects.get_or_create(
        slug=SLUG, defaults={"name_nl": "Kennispark Twente", "name_en": "Kennispark Twente"}
    )
    for number, pillar in enumerate(PILLARS, start=1):
        Pillar.objects.get_or_create(programme=programme, number=number, defaults=pillar)
    if not programme.sectors.exists():
        for position, sector in enumerate(SECTORS, start=1):
            Sector.objects.create(programme=programme, position=position, **sector)
    for position, name in enumerate(ORGANISATIONS, start=1):
        Organisation.objects.get_or_create(programme=programme, name=name, defaults={"position": position})
    session = programme.sessions.order_by("id").first() or _make_session(programme)
    return session, {name: _make_member(name, programme) for name in MEMBERS}


def _make_session(programme: Programme) -> Session:
    session = create_session(
        programme=programme, title_nl="Werksessie strategie Kennispark", title_en="Kennispark strategy workshop"
    )
    pillars = {pillar.number: pillar for pillar in programme.pillars.all()}
    named: dict[object, Step] = {}
    for position, wanted in enumerate(AGENDA, start=1):
        fields = {name: value for name, value in wanted.items() if name not in ("names", "subject", "pillar")}
        step = Step(position=position, **fields)
        step.pillar = pillars.get(wanted.get("pillar", 0))  # type: ignore[call-overload]
        step.subject = named.get(wanted.get("subject"))
        add_step(session=session, step=step)
        if "names" in wanted:
            named[wanted["names"]] = step
    return session


def _make_member(name: str, programme: Programme) -> Member:
    wanted = MEMBERS[name]
    member, made = Member.objects.get_or_create(
        username=name, defaults={"first_name": wanted["first_name"], "language": wanted["language"]}
    )
    password = os.environ.get(f"{name.upper()}_PASSWORD")
    if password:
        member.set_password(password)
        member.save(update_fields=["password"])
    elif made:
        member.set_unusable_password()
        member.save(update_fields=["password"])
    Membership.objects.get_or_create(programme=programme, member=member, defaults={"role": wanted["role"]})
    return member
