"""The figure of a round, of what was published: how far the groups lie apart, or where items stand in a plane; and the
table that holds all of its numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...domain.reading_along import Shown, ShownRound, ShownStep
from ...models import Sector, Session
from ...wording.moments import say_day
from ...wording.shown import ToldRound, name_sectors, say_conditions, say_item, tell_round
from ...wording.words import in_language, say
from .lanes import Lane, LaneGroup, draw_lanes
from .picture import Grid, Picture
from .plane import Axis, Spot, draw_plane


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A round in words: its table, and its picture; None where there is nothing to draw. `counts`: what does not fit
    into the table.
    """

    title: str
    told: ToldRound
    table: Grid
    counts: Grid | None
    picture: Picture | None


_MOST_COLUMNS = 10
"""As many as are read on a page that stands upright."""


def name_round(step: ShownStep, found: ShownRound) -> str:
    """Return the step's title; of several rounds with their number."""
    title = in_language(step.step, "title")
    if len(step.rounds) == 1:
        return title
    return f"{title}, {_('round %(n)s') % {'n': found.number}}"


def tell_figure(
    *, session: Session, shown: Shown, step: ShownStep, found: ShownRound, at: dt.datetime | None
) -> ToldFigure:
    """`at`: when it was published."""
    title, told = name_round(step, found), tell_round(found, shown)
    n = told.n or 0
    voted = ngettext("%(n)s person voted", "%(n)s people voted", n) % {"n": n}
    table, counts = _tabulate(told, f"{title}: {voted}")
    foot = [f"{voted}. {' '.join(say_conditions(told))}", say_source(session, at)]
    return ToldFigure(title, told, table, counts, _draw(shown, found, told, table, foot))


def say_source(session: Session, at: dt.datetime | None) -> str:
    """Say whose figure it is and of when: it may be passed on alone."""
    names = [in_language(session.programme, "name"), in_language(session, "title")]
    return ", ".join([*names, say_day(at, session)] if at is not None else names)


def in_numbers(table: Grid) -> Grid:
    """Return a table as the one that belongs to a picture of the same title."""
    return replace(table, caption=_("%(title)s, in numbers") % {"title": table.caption})


def shapes_of(sectors: Sequence[str], known: Mapping[str, Sector]) -> list[str]:
    return [known[sector].shape for sector in sectors]


Column = tuple[str, Sequence[str]]
"""Its head and its cells."""


def _tabulate(told: ToldRound, caption: str) -> tuple[Grid, Grid | None]:
    """Make the table of reading along (templates/workshop/read.html): the same columns in the same order. Where it is
    too wide for a page, what is counted besides shares is a second table.
    """
    items: Column = _("Item"), [f"{row.text} ({row.about})" if row.about else row.text for row in told.rows]
    before: list[Column] = [(_("Place"), [str(row.place) for row in told.rows])] if told.ranked else []
    shares: list[Column] = [(_("Every O the same weight"), [row.balanced for row in told.rows])] if told.groups else []
    shares.append((_("Everyone"), [row.all for row in told.rows]))
    counts = [(name, [row.told[place] for row in told.rows]) for place, name in enumerate(told.told)]
    behind = [(group.name, [row.parts[place] for row in told.rows]) for place, group in enumerate(told.groups)]
    if told.tested:
        behind.append((_("Difference"), [_say_difference(row.differs) for row in told.rows]))
    whole, names = [*before, items, *shares, *counts, *behind], len(before)
    if len(whole) <= _MOST_COLUMNS or not counts:
        return _stand_together(caption, whole, names=names), None
    counted = _("%(title)s, what people answered") % {"title": caption}
    return (
        _stand_together(caption, [*before, items, *shares, *behind], names=names),
        _stand_together(counted, [items, *counts], names=0),
    )


def _stand_together(caption: str, columns: Sequence[Column], *, names: int) -> Grid:
    rows = list(zip(*(cells for _head, cells in columns), strict=True))
    return Grid(caption, [head for head, _cells in columns], rows, names=names)


def _say_difference(differs: bool | None) -> str:
    if differs is None:
        return "–"
    return _("more than chance") if differs else _("within chance")


def _draw(shown: Shown, found: ShownRound, told: ToldRound, table: Grid, foot: Sequence[str]) -> Picture | None:
    if not found.rows or told.n is None:
        return None
    title, table = table.caption, in_numbers(table)
    plane = found.voting.kind.plane(found.voting.rules)
    if plane is not None:
        spots = [
            Spot(say_item(row.item), row.figures.means[0].mean, row.figures.means[1].mean)
            for row in found.rows
            if len(row.figures.means) == 2
        ]
        across, up = (Axis(*(say(words) for words in side)) for side in (plane.across, plane.up))
        return draw_plane(title=title, across=across, up=up, answers=plane.highest, spots=spots, table=table, foot=foot)
    if not told.ranked:
        return None
    groups = [
        LaneGroup(name_sectors(group.sectors, shown), shapes_of(group.sectors, shown.sectors), group.n)
        for group in found.result.groups
    ]
    lanes = [
        Lane(
            say_item(row.item),
            row.figures.share,
            row.figures.shares,
            row.figures.spread if row.figures.shares else None,
            bool(row.figures.differs),
        )
        for row in found.rows
    ]
    return draw_lanes(title=title, groups=groups, lanes=lanes, n=told.n, table=table, foot=foot)
