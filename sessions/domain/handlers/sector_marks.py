"""Sector marks on cards: which O's have one, and the log lines when that changes."""

from __future__ import annotations

from typing import Any

from ..log import LogKind
from ..sector_anonymity import choose_sector_marks, find_anonymity_sets
from ..world import World


def marked_sectors(world: World) -> set[str]:
    """Return the ids of the O's whose mark may stand on cards now."""
    return choose_sector_marks(**_tell(world), consent=world.session.consent)


def note_sector_marks(*, world: World, before: set[str]) -> None:
    """Say in the log whose mark came or went since `before`, and keep in whose company those are that have none."""
    told = _tell(world)
    after = choose_sector_marks(**told, consent=world.session.consent)
    for name in sorted(after - before):
        world.note(LogKind.SECTOR_SHOWN, sector=name)
    for name in sorted(before - after):
        world.note(LogKind.SECTOR_CONCEALED, sector=name)
    company = find_anonymity_sets(**told, marked=after)
    if company != told["company"]:
        world.session.company = company
        world.change_session()


def _tell(world: World) -> dict[str, Any]:
    sectors = world.structure.sectors_in_order()
    counts, written = world.sector_counts(), world.written_sectors()
    return {
        "people": {sector.public_id: counts[sector.pk] for sector in sectors},
        "written": {sector.public_id for sector in sectors if sector.pk in written},
        "sectors": [sector.public_id for sector in sectors],
        "threshold": world.session.programme.threshold,
        "company": world.session.company or {},
    }
