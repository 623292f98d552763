"""Where the O's agree and where they differ: what follows from the results as they were published, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from ....domain.publication import derive_figures
from ....domain.reading_along import ShownRound, ShownRow, ShownStep
from ....wording.figures import say_percent
from ....wording.shown import name_sectors, say_item
from ...pictures.of_round import name_round
from ..document import Block, Bullets, Heading, Paragraph
from ..facts import Facts

_MOST = 5
"""Items in a list: those of which it holds most."""


def tell_differences(facts: Facts) -> list[Block]:
    rounds = [
        (step, found)
        for step in facts.shown.steps
        for found in step.rounds
        if found.result.groups and found.voting.kind.is_ranked
    ]
    if not rounds:
        return [Paragraph(_("In no round two groups could be told apart, so nothing can be said about it."))]
    blocks: list[Block] = [
        Paragraph(
            _(
                "All agree: more than half of every group is for it. They differ: the distance between two groups is"
                " larger than chance gives; the method says how that is tested."
            )
        )
    ]
    for step, found in rounds:
        blocks += _tell_round(facts, step, found)
    return blocks


def _tell_round(facts: Facts, step: ShownStep, found: ShownRound) -> Iterator[Block]:
    yield Heading(2, name_round(step, found))
    rows = [row for row in found.rows if row.figures.shares]
    if found.voting.kind.is_yes_or_no:
        agreed = _find_agreed(found, rows)
        yield Heading(3, _("All agree"))
        if agreed:
            yield Bullets([_say_shares(facts, found, row) for row in agreed[:_MOST]])
        else:
            yield Paragraph(_("There is no item that more than half of every group is for."))
    yield Heading(3, _("They differ"))
    if found.result.chance is None:
        yield Paragraph(_("It was not tested whether differences are more than chance."))
        return
    differ = sorted((row for row in rows if row.figures.differs), key=lambda row: -(row.figures.spread or 0))
    if differ:
        yield Bullets([_say_shares(facts, found, row) for row in differ[:_MOST]])
    else:
        yield Paragraph(_("No difference between the groups is more than chance gives."))
    alone = _say_alone(facts, found, rows)
    if alone:
        yield Heading(3, _("Alone"))
        yield Bullets(alone)


def _find_agreed(found: ShownRound, rows: list[ShownRow]) -> list[ShownRow]:
    """Return what more than half of every group is for, by consensus over the groups."""
    told = _derive(found)
    agreed = [row for row in rows if min(row.figures.shares) > 0.5]
    return sorted(agreed, key=lambda row: -(told[row.item.id]["consensus"] or 0))


def _derive(found: ShownRound) -> dict[str, dict[str, Any]]:
    keys = {sector: sector for group in found.result.groups for sector in group.sectors}
    keys |= {sector: sector for sector in found.result.absent}
    derived = derive_figures(result=found.result, ballot=found.voting.kind, keys=keys)
    return {told["item"]: told for told in derived["items"]}


def _say_shares(facts: Facts, found: ShownRound, row: ShownRow) -> str:
    parts = [
        f"{name_sectors(group.sectors, facts.shown)} {say_percent(share)}"
        for group, share in zip(found.result.groups, row.figures.shares, strict=True)
    ]
    return f"{say_item(row.item)}: {', '.join(parts)}"


def _say_alone(facts: Facts, found: ShownRound, rows: list[ShownRow]) -> list[str]:
    """Say what passes while one group is against it, and what one group is for while the others are not."""
    told, said = _derive(found), []
    for row in rows:
        figures = told[row.item.id]
        for sectors in figures["vetoes"]:
            said.append(
                _("%(item)s: more than half of everyone is for it, less than half of %(name)s.")
                % {"item": say_item(row.item), "name": name_sectors(sectors, facts.shown)}
            )
        if figures["minority"] is not None:
            said.append(
                _("%(item)s: of the groups only %(name)s is for it.")
                % {"item": say_item(row.item), "name": name_sectors(figures["minority"], facts.shown)}
            )
    return said
