"""Who took part, as far as it may be told apart."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....wording.shown import name_sectors
from ...pictures.of_round import say_source, shapes_of
from ...pictures.people import PeopleGroup, draw_people
from ..document import Block, Grid, Paragraph, Picture
from ..facts import Facts


def draw_cover(facts: Facts) -> Picture | None:
    """Return the people of each O, drawn; None where no O may be told."""
    groups = facts.taken.groups
    if not groups:
        return None
    return draw_people(
        [
            PeopleGroup(
                name_sectors(group.sectors, facts.shown), shapes_of(group.sectors, facts.shown.sectors), group.n
            )
            for group in groups
        ],
        foot=[
            f"{say_people(facts)} {_('People chose their O themselves.')}",
            say_source(facts.session, _end_of(facts)),
        ],
    )


def _end_of(facts: Facts) -> dt.datetime | None:
    """Return when the session was over."""
    return max((step.closed_at for step in facts.steps if step.closed_at is not None), default=None)


def say_people(facts: Facts) -> str:
    """Return how many people took part, in a sentence."""
    n = facts.taken.n
    if n is None:
        fewest = facts.session.programme.threshold
        return ngettext("Fewer than %(n)s person took part.", "Fewer than %(n)s people took part.", fewest) % {
            "n": fewest
        }
    return ngettext("%(n)s person took part.", "%(n)s people took part.", n) % {"n": n}


def tell_people(facts: Facts) -> list[Block]:
    taken = facts.taken
    blocks: list[Block] = [Paragraph(say_people(facts))]
    if taken.groups:
        picture = draw_cover(facts)
        assert picture is not None  # there are groups
        blocks.append(_add_total(picture.table, taken.n))
    notes = []
    if taken.groups:
        notes.append(_("People chose their O themselves."))
    if any(len(group.sectors) > 1 for group in taken.groups):
        notes.append(_("O’s with few people are taken together."))
    if taken.n is not None and not taken.groups:
        notes.append(
            _("Too few people of each O took part to show them apart.")
            if facts.is_closed
            else _("How many people of each O took part is told when the session is over.")
        )
    if taken.absent:
        notes.append(_("Nobody took part of: %(names)s.") % {"names": name_sectors(list(taken.absent), facts.shown)})
    if n := facts.session.erased:
        said = ngettext(
            "%(n)s person was erased since then. Counts and results from before still include them.",
            "%(n)s people were erased since then. Counts and results from before still include them.",
            n,
        )
        notes.append(said % {"n": n})
    return [*blocks, Paragraph(" ".join(notes), is_note=True)] if notes else blocks


def _add_total(table: Grid, n: int | None) -> Grid:
    rows = [*table.rows, [_("Together"), str(n)]]
    return Grid(table.caption, table.head, rows, table.names, table.numbers)
