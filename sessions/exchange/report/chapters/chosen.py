"""What people chose: the result of each round that was revealed, as it was published, with its picture."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....ballots.matrix import MatrixRules
from ....domain.reading_along import ShownRound, ShownStep
from ....wording.shown import ToldRound, name_sectors, say_conditions, say_item, tell_round
from ....wording.words import in_language, say
from ..document import Block, Grid, Heading, Paragraph, Picture
from ..facts import Facts
from ..pictures.lanes import Lane, LaneGroup, draw_lanes
from ..pictures.plane import Axis, Spot, draw_plane
from .taking_part import shapes_of


def tell_chosen(facts: Facts) -> list[Block]:
    blocks = [
        block for step in facts.shown.steps for round_ in step.rounds for block in _tell_round(facts, step, round_)
    ]
    return blocks or [Paragraph(_("No result was shown."))]


def name_round(step: ShownStep, found: ShownRound) -> str:
    """Return the step's title; of several rounds with their number."""
    title = in_language(step.step, "title")
    if len(step.rounds) == 1:
        return title
    return f"{title}, {_('round %(n)s') % {'n': found.number}}"


def _tell_round(facts: Facts, step: ShownStep, found: ShownRound) -> list[Block]:
    title, told = name_round(step, found), tell_round(found, facts.shown)
    blocks: list[Block] = [Heading(2, title)]
    if prompt := in_language(step.step, "prompt"):
        blocks.append(Paragraph(prompt))
    if told.n is None:
        return [*blocks, Paragraph(_("Too few people voted to show a result."))]
    voted = ngettext("%(n)s person voted", "%(n)s people voted", told.n) % {"n": told.n}
    table = _tabulate(told, f"{title}: {voted}")
    drawn = _draw(facts, found, told, table) or table
    return [*blocks, drawn, Paragraph(" ".join(say_conditions(told)), is_note=True)]


def _tabulate(told: ToldRound, caption: str) -> Grid:
    """Make the table of reading along (templates/workshop/read.html): the same columns in the same order."""
    head = [_("Place")] * told.ranked + [_("Item")]
    head += [_("Every O the same weight")] * bool(told.groups) + [_("Everyone"), *told.told]
    head += [group.name for group in told.groups] + [_("Difference")] * told.tested
    rows = [
        [str(row.place)] * told.ranked
        + [f"{row.text} ({row.about})" if row.about else row.text]
        + [row.balanced] * bool(told.groups)
        + [row.all, *row.told, *row.parts]
        + [_say_difference(row.differs)] * told.tested
        for row in told.rows
    ]
    return Grid(caption, head, rows, names=int(told.ranked))


def in_numbers(table: Grid) -> Grid:
    """Return a table as the one that belongs to a picture of the same title."""
    return replace(table, caption=_("%(title)s, in numbers") % {"title": table.caption})


def _say_difference(differs: bool | None) -> str:
    if differs is None:
        return "–"
    return _("more than chance") if differs else _("within chance")


def _draw(facts: Facts, found: ShownRound, told: ToldRound, table: Grid) -> Picture | None:
    """Return the picture of a round; None where there is nothing to draw."""
    if not found.rows or told.n is None:
        return None
    title, table = table.caption, in_numbers(table)
    rules = found.voting.rules
    if isinstance(rules, MatrixRules):
        spots = [
            Spot(say_item(row.item), row.figures.means[0].mean, row.figures.means[1].mean)
            for row in found.rows
            if len(row.figures.means) == 2
        ]
        across, up = (
            Axis(say(name), say(asked.low), say(asked.high))
            for name, asked in zip(found.voting.name_criteria(), (rules.across, rules.up), strict=True)
        )
        return draw_plane(title=title, across=across, up=up, answers=rules.points, spots=spots, table=table)
    if not told.ranked:
        return None
    groups = [
        LaneGroup(name_sectors(group.sectors, facts.shown), shapes_of(group.sectors, facts), group.n)
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
    return draw_lanes(title=title, groups=groups, lanes=lanes, n=told.n, table=table)
