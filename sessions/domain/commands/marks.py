"""Sector marks on cards: which O's have one, and the log lines when that changes."""

from __future__ import annotations

from typing import Any

from ..log import Kind
from ..results import choose_marked, find_company
from ..world import World


def marked_sectors(world: World) -> set[str]:
    """Return the ids of the O's whose mark may stand on cards now."""
    return choose_marked(**_tell(world))


def note_marks(*, world: World, before: set[str]) -> None:
    """Say in the log whose mark came or went since `before`, and keep in whose company those are that have none."""
    told = _tell(world)
    after = choose_marked(**told)
    for name in sorted(after - before):
        world.note(Kind.SECTOR_SHOWN, sector=name)
    for name in sorted(before - after):
        world.note(Kind.SECTOR_CONCEALED, sector=name)
    company = find_company(**told, marked=after)
    if company != told["company"]:
        world.session.company = company
        world.change_session()


def _tell(world: World) -> dict[str, Any]:
    sectors = sorted(world.structure.sectors.values(), key=lambda sector: sector.position)
    counts, written = world.sector_counts(), world.written_sectors()
    return {
        "people": {sector.public_id: counts[sector.pk] for sector in sectors},
        "written": {sector.public_id for sector in sectors if sector.pk in written},
        "sectors": [sector.public_id for sector in sectors],
        "threshold": world.session.programme.threshold,
        "company": world.session.company or {},
    }
