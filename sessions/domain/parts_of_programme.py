"""Pillars and O's of a programme: added, changed, moved, taken out. Each is known by its key, which never changes."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

from django.utils.text import slugify

from ..enums import Shape
from ..models import Pillar, Programme, Sector
from .editions import EditionChange, change_programme
from .programmes import FEWEST_SECTORS, MOST_PILLARS, MOST_SECTORS

Row = TypeVar("Row", Pillar, Sector)
Place = Literal["number", "position"]


def current_pillars(programme: Programme) -> list[Pillar]:
    return list(Pillar.objects.filter(programme=programme, until=None))


def current_sectors(programme: Programme) -> list[Sector]:
    return list(Sector.objects.filter(programme=programme, until=None))


def free_shapes(sectors: list[Sector]) -> list[Shape]:
    """Return the shapes that no O of the programme has."""
    taken = {sector.shape for sector in sectors}
    return [shape for shape in Shape if shape not in taken]


def add_pillar(programme_id: int, **words: str) -> bool:
    """Add one behind the others. False when there are as many as a programme can have."""
    with change_programme(programme_id) as change:
        rows = current_pillars(change.programme)
        if len(rows) >= MOST_PILLARS:
            return False
        change.add(Pillar(number=len(rows) + 1, **words))
    return True


def add_sector(programme_id: int, *, shape: str, **words: str) -> bool:
    """Add one behind the others. False when there are eight, or another one has the shape."""
    with change_programme(programme_id) as change:
        rows = current_sectors(change.programme)
        if len(rows) >= MOST_SECTORS or shape not in free_shapes(rows):
            return False
        key = _new_key(words["name_nl"], taken={row.key for row in rows})
        change.add(Sector(position=len(rows) + 1, key=key, chosen_shape=shape, **words))
    return True


def edit_pillar(programme_id: int, *, key: str, **words: str) -> bool:
    """Change its words. False when it is gone."""
    with change_programme(programme_id) as change:
        row = _find(current_pillars(change.programme), key)
        if row is not None:
            change.put(row, **words)
    return row is not None


def edit_sector(programme_id: int, *, key: str, **values: str) -> bool:
    """Change its words and its shape. False when it is gone, or another one has the shape."""
    with change_programme(programme_id) as change:
        rows = current_sectors(change.programme)
        row = _find(rows, key)
        if row is None:
            return False
        if (shape := values.pop("shape", row.shape)) != row.shape:
            if shape not in free_shapes(rows):
                return False
            values["chosen_shape"] = shape
        change.put(row, **values)
    return True


def move_pillar(programme_id: int, *, key: str, by: int) -> None:
    """Move it up (-1) or down (1); at the end of the list it stays."""
    with change_programme(programme_id) as change:
        _move(change, current_pillars(change.programme), key=key, by=by, field="number")


def move_sector(programme_id: int, *, key: str, by: int) -> None:
    with change_programme(programme_id) as change:
        _move(change, current_sectors(change.programme), key=key, by=by, field="position")


def drop_pillar(programme_id: int, *, key: str) -> bool:
    """Take it out. False for the last one. Sessions that had it keep it."""
    with change_programme(programme_id) as change:
        return _drop(change, current_pillars(change.programme), key=key, fewest=1, field="number")


def drop_sector(programme_id: int, *, key: str) -> bool:
    """Take it out. False when fewer than two would be left. Sessions that had it keep it."""
    with change_programme(programme_id) as change:
        return _drop(change, current_sectors(change.programme), key=key, fewest=FEWEST_SECTORS, field="position")


def _find(rows: list[Row], key: str) -> Row | None:
    return next((row for row in rows if row.key == key), None)


def _move(change: EditionChange, rows: list[Row], *, key: str, by: int, field: Place) -> None:
    row = _find(rows, key)
    if row is None or not 0 <= (place := rows.index(row) + by) < len(rows):
        return
    change.swap(row, rows[place], field=field)


def _drop(change: EditionChange, rows: list[Row], *, key: str, fewest: int, field: Place) -> bool:
    row = _find(rows, key)
    if row is None:
        return True
    if len(rows) <= fewest:
        return False
    rows.remove(row)
    change.drop(row)
    for place, other in enumerate(rows, start=1):
        values: dict[str, Any] = {field: place}
        change.put(other, **values)
    return True


def _new_key(name: str, *, taken: set[str]) -> str:
    """Return a key that stands in files: of the name, with a number when another one has it."""
    plain = slugify(name)[:34] or "o"
    numbered = (plain if number == 1 else f"{plain}-{number}" for number in range(1, MOST_SECTORS + 2))
    return next(key for key in numbered if key not in taken)
