"""What people chose: the result of each round that was revealed, as it was published, with its picture."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ....domain.reading_along import ShownRound, ShownStep
from ....wording.shown import say_conditions
from ....wording.words import in_language
from ...pictures.of_round import tell_figure
from ..document import Block, Heading, Paragraph
from ..facts import Facts


def tell_chosen(facts: Facts) -> list[Block]:
    blocks = [
        block for step in facts.shown.steps for round_ in step.rounds for block in _tell_round(facts, step, round_)
    ]
    return blocks or [Paragraph(_("No result was shown."))]


def _tell_round(facts: Facts, step: ShownStep, found: ShownRound) -> list[Block]:
    at = facts.published.get(found.result.round)
    figure = tell_figure(session=facts.session, shown=facts.shown, step=step, found=found, at=at)
    blocks: list[Block] = [Heading(2, figure.title)]
    if prompt := in_language(step.step, "prompt"):
        blocks.append(Paragraph(prompt))
    if figure.told.n is None:
        return [*blocks, Paragraph(_("Too few people voted to show a result."))]
    counts = [] if figure.counts is None else [figure.counts]
    if figure.picture is not None:
        # How it was made stands at its foot.
        return [*blocks, figure.picture, *counts]
    return [*blocks, figure.table, *counts, Paragraph(" ".join(say_conditions(figure.told)), is_note=True)]
