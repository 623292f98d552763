"""Which pillars and O's a session has, and how those of a programme change.

Sessions keep what they began with. People who chose an O, and cards under a pillar, point to rows of these; after
somebody took part in a session, a change leaves its rows as they are and makes new ones, in the programme's next
edition. A session in which nobody took part yet has the rows of now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from ..models import Contribution, JoinRequest, Participant, Pillar, Programme, Sector, Session, Step
from ..models.ids import new_id

Row = TypeVar("Row", Pillar, Sector)


def pick_held(rows: Iterable[Row], session: Session) -> list[Row]:
    """Return those that the session has, of all rows of its programme."""
    edition = session.edition
    if edition is None:
        return [row for row in rows if row.until is None]
    return [row for row in rows if row.since <= edition and (row.until is None or edition < row.until)]


def sectors_of(session: Session) -> list[Sector]:
    """Return the session's O's in order."""
    return pick_held(Sector.objects.filter(programme=session.programme_id), session)


def pillars_of(session: Session) -> list[Pillar]:
    """Return the session's pillars in order."""
    return pick_held(Pillar.objects.filter(programme=session.programme_id), session)


def find_current(pillar: Pillar | None) -> Pillar | None:
    """Return what became of a pillar: itself, the row that goes on from it, or None where it was taken out."""
    if pillar is None or pillar.until is None:
        return pillar
    current = Pillar.objects.filter(programme=pillar.programme_id, until=None)
    return next((found for found in current if found.key == pillar.key), None)


def has_people(session: Session) -> bool:
    """Whether somebody took part in a session, or asks to."""
    given = (Participant, Contribution, JoinRequest)
    return any(model._default_manager.filter(session=session).exists() for model in given)


class EditionChange:
    """One change of a programme's pillars and O's. While it lasts, its rows and the rows of its sessions are taken."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.is_kept = Session.every.filter(programme=programme, edition=programme.edition).exists()
        """Whether a session keeps the rows of now."""
        self.is_made = False

    def put(self, row: Row, **values: Any) -> Row:
        """Let a row say this from now on; return the row that says it."""
        if all(getattr(row, name) == value for name, value in values.items()):
            return row
        self._begin()
        if not self._must_stay(row):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
            return row
        self._end(row)
        return self._go_on(row, values)

    def swap(self, one: Row, other: Row, *, field: str) -> None:
        """Exchange the places of two rows."""
        self._begin()
        places = getattr(one, field), getattr(other, field)
        if self._must_stay(one) or self._must_stay(other):
            for row, place in zip((one, other), reversed(places), strict=True):
                self._end(row)
                setattr(row, field, place)
            for row in (one, other):
                self._go_on(row, {})
            return
        for row, place in ((one, 0), (other, places[0]), (one, places[1])):
            setattr(row, field, place)
            row.save(update_fields=[field])

    def add(self, row: Row) -> Row:
        self._begin()
        row.programme, row.since = self.programme, self.programme.edition
        row.save(force_insert=True)
        return row

    def drop(self, row: Row) -> None:
        """Take a row out. Agendas in which nobody took part no longer name it."""
        self._begin()
        if isinstance(row, Pillar):
            self._unbegun_steps(row).update(pillar=None)
        if self._must_stay(row):
            self._end(row)
        else:
            row.delete()

    def _begin(self) -> None:
        self.is_made = True
        if self.is_kept:
            self.programme.edition += 1
            self.programme.save(update_fields=["edition"])
            self.is_kept = False

    def _must_stay(self, row: Pillar | Sector) -> bool:
        return row.since < self.programme.edition

    def _end(self, row: Pillar | Sector) -> None:
        type(row)._default_manager.filter(pk=row.pk).update(until=self.programme.edition)

    def _go_on(self, row: Row, values: dict[str, Any]) -> Row:
        """Store what goes on from a row that ended."""
        was = row.pk
        if isinstance(row, Pillar):
            row.first_id = row.key
        row.pk, row.public_id, row.since, row.until = None, new_id(), self.programme.edition, None
        for name, value in values.items():
            setattr(row, name, value)
        row.save(force_insert=True)
        if isinstance(row, Pillar):
            self._unbegun_steps(was).update(pillar=row)
        return row

    def _unbegun_steps(self, pillar: Any) -> Any:
        return Step.objects.filter(pillar=pillar, session__edition=None)


@contextmanager
def change_programme(programme_id: int) -> Iterator[EditionChange]:
    """Take a programme for a change of what is fixed in it, and let its sessions know.

    It writes first, so that on SQLite it waits its turn. The sessions' rows come next: batches of commands that are
    under way commit before it, and those that come later read what holds then.
    """
    with transaction.atomic():
        Programme.objects.filter(pk=programme_id).update(slug=F("slug"))
        programme = Programme.objects.get(pk=programme_id)
        unbegun = Session.every.filter(programme=programme, edition=None)
        unbegun.update(structure=F("structure") + 1)
        for model in (Participant, Contribution, JoinRequest):
            given = Exists(model._default_manager.filter(session=OuterRef("pk")))
            unbegun.filter(given).update(edition=programme.edition)
        change = EditionChange(programme)
        yield change
        if change.is_made:
            # What screens know of the pillars and O's is void.
            for pk in unbegun.values_list("pk", flat=True):
                Session.every.filter(pk=pk).update(epoch=new_id())
