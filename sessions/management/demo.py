"""The Kennispark programme with one session that is ready to start."""

from __future__ import annotations

import os

from django.db import transaction
from django.db.models import F

from ..domain.four_os import SECTORS
from ..domain.sessions import create_session
from ..domain.templates import DEFAULT, TEMPLATES, lay_out
from ..enums import Role
from ..models import Member, Membership, Organisation, Pillar, Programme, Sector, Session

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

ORGANISATIONS = ["Universiteit Twente", "Novel-T", "gemeente Enschede", "provincie Overijssel"]

MEMBERS = {
    "facilitator": {"role": Role.FACILITATOR, "first_name": "Begeleider", "language": "nl"},
    "core": {"role": Role.CORE, "first_name": "Kernteam", "language": "nl"},
}
"""User names; a password comes from FACILITATOR_PASSWORD or CORE_PASSWORD, else from `manage.py changepassword`."""


@transaction.atomic
def make_demo() -> tuple[Session, dict[str, Member]]:
    """Make what is not there yet of programme, session and members; return session and members."""
    # Writing first, even to no row: on SQLite a transaction that reads first fails when somebody commits in between.
    Programme.objects.filter(slug=SLUG).update(slug=F("slug"))
    programme, made = Programme.objects.get_or_create(
        slug=SLUG, defaults={"name_nl": "Kennispark Twente", "name_en": "Kennispark Twente"}
    )
    # What was changed in it on the pages of the set-up stays.
    if made:
        for number, pillar in enumerate(PILLARS, start=1):
            Pillar.objects.create(programme=programme, number=number, **pillar)
        for position, sector in enumerate(SECTORS, start=1):
            Sector.objects.create(programme=programme, position=position, **sector)
        for position, name in enumerate(ORGANISATIONS, start=1):
            Organisation.objects.create(programme=programme, name=name, position=position)
    real = programme.sessions.filter(rehearsal=False).order_by("id")
    session = real.filter(archived_at=None).first() or (real.last() if programme.archived_at else None)
    session = session or _make_session(programme)
    return session, {name: _make_member(name, programme) for name in MEMBERS}


def _make_session(programme: Programme) -> Session:
    session = create_session(
        programme=programme, title_nl="Werksessie strategie Kennispark", title_en="Kennispark strategy workshop"
    )
    lay_out(TEMPLATES[DEFAULT], session=session, area_nl="Kennispark", area_en="Kennispark")
    return session


def _make_member(name: str, programme: Programme) -> Member:
    wanted = MEMBERS[name]
    member, made = Member.objects.get_or_create(
        username=name,
        defaults={
            "first_name": wanted["first_name"],
            "language": wanted["language"],
            "makes_programmes": wanted["role"] is Role.CORE,
        },
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
