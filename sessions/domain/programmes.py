"""Programmes: made with pillars and the four O's, changed, put away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from ..enums import Role
from ..models import Member, Membership, Organisation, Pillar, Programme, Sector, Session
from .editions import change_programme
from .four_os import SECTORS

FEWEST_SECTORS, MOST_SECTORS = 2, 8
MOST_PILLARS = 12
SHORT_LENGTH = 40
LOWEST_THRESHOLD, HIGHEST_THRESHOLD = 3, 50


def may_make(member: Any) -> bool:
    """Whether somebody may make programmes."""
    return isinstance(member, Member) and member.is_active and (member.makes_programmes or member.is_superuser)


def make_programme(*, by: Member, pillars: Sequence[tuple[str, str]], **values: Any) -> Programme | None:
    """Return a new programme with these pillars (Dutch, English), the four O's, and its maker in the core team.

    None when somebody has its slug already.
    """
    try:
        with transaction.atomic():
            programme = Programme.objects.create(**values)
            for number, (nl, en) in enumerate(pillars, start=1):
                Pillar.objects.create(programme=programme, number=number, **pillar_names(nl, en))
            for position, sector in enumerate(SECTORS, start=1):
                Sector.objects.create(programme=programme, position=position, **sector)
            Membership.objects.create(programme=programme, member=by, role=Role.CORE)
    except IntegrityError:
        return None
    return programme


def pillar_names(nl: str, en: str) -> dict[str, str]:
    """Return names and, until somebody chooses others, short names."""
    return {"name_nl": nl, "name_en": en, "short_nl": shorten(nl), "short_en": shorten(en)}


def shorten(name: str) -> str:
    """Return what of a name fits where there is little room."""
    if len(name) <= SHORT_LENGTH:
        return name
    whole = name[: SHORT_LENGTH - 1].rpartition(" ")[0] or name[: SHORT_LENGTH - 1]
    return f"{whole}…"


def has_begun(programme: Programme) -> bool:
    """Whether somebody took part in a session of it: what was promised then stays."""
    sessions = Session.every.filter(programme=programme)
    given = ("participants", "contributions", "join_requests")
    return any(sessions.filter(**{f"{name}__isnull": False}).exists() for name in given)


def edit_programme(programme_id: int, **values: Any) -> bool:
    """Change what a programme is called and how it works. False when somebody has its slug already."""
    try:
        with change_programme(programme_id) as change:
            if "threshold" in values and has_begun(change.programme):
                del values["threshold"]
            for name, value in values.items():
                setattr(change.programme, name, value)
            change.programme.save(update_fields=list(values))
            change.is_made = True
    except IntegrityError:
        return False
    return True


def set_partners(programme_id: int, *, added: Sequence[str], gone: Sequence[str]) -> None:
    """Change the list of partners by what was added and what was taken out; what others did meanwhile stays."""
    with take_programme(programme_id) as programme:
        programme.organisations.filter(name__in=gone).delete()
        there = set(programme.organisations.values_list("name", flat=True))
        last = max(programme.organisations.values_list("position", flat=True), default=0)
        new = [name for name in dict.fromkeys(added) if name not in there]
        for position, name in enumerate(new, start=last + 1):
            Organisation.objects.create(programme=programme, name=name, position=position)


def put_away(programme_id: int, *, on: bool) -> list[int]:
    """Archive a programme, or take it back out. Returns the sessions that are to be archived with it."""
    with take_programme(programme_id) as programme:
        programme.archived_at = timezone.now() if on else None
        programme.save(update_fields=["archived_at"])
        return list(programme.sessions.filter(archived_at=None).values_list("pk", flat=True)) if on else []


@contextmanager
def take_programme(programme_id: int) -> Iterator[Programme]:
    """Let nobody else change the programme until the commit. It writes first, so that SQLite waits its turn."""
    with transaction.atomic():
        Programme.objects.filter(pk=programme_id).update(slug=F("slug"))
        yield Programme.objects.get(pk=programme_id)
