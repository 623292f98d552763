"""How the figures were made: the rules of each round, small groups, chance, and of when the report is."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....wording.shown import tell_round
from ...pictures.of_round import name_round
from ..document import Block, Bullets, Grid, Heading, Paragraph
from ..facts import Facts


def tell_method(facts: Facts, *, made_at: str) -> list[Block]:
    threshold = facts.session.programme.threshold
    blocks: list[Block] = [
        Paragraph(_("Made on %(day)s, from what had been shown to the room by then.") % {"day": made_at}),
        *_tell_rounds(facts),
        Heading(2, _("Small groups")),
        Bullets(
            [
                ngettext(
                    "A group of fewer than %(n)s person is not shown by itself: it is taken together with the next"
                    " smallest. Groups come from who voted in the round, so they can differ from round to round.",
                    "A group of fewer than %(n)s people is not shown by itself: it is taken together with the next"
                    " smallest. Groups come from who voted in the round, so they can differ from round to round.",
                    threshold,
                )
                % {"n": threshold},
                _("Nobody can be found by subtracting one figure from another; that is why some figures are left out."),
                _("A card bears the mark of its O only when enough people of that O take part."),
                _("A result stays as it was when it was shown; ballots that come later are only counted and named."),
            ]
        ),
        Heading(2, _("Every O the same weight")),
        Paragraph(
            _(
                "Plain counting lets the largest group win. So beside it stands the mean of the O’s own shares, each O"
                " with the same weight; O’s taken together count for as many as there are. Places go by it."
            )
        ),
        Heading(2, _("More than chance")),
        Paragraph(
            _(
                "Groups of people always differ somewhat. So the O’s are dealt out anew among the people who voted,"
                " many times. A difference is called more than chance when it is larger than the largest difference"
                " over all items in 95 of 100 of those."
            )
        ),
    ]
    return blocks


def _tell_rounds(facts: Facts) -> list[Block]:
    rows = []
    for step in facts.shown.steps:
        for found in step.rounds:
            told = tell_round(found, facts.shown)
            groups = ", ".join(f"{group.name} {group.n}" for group in told.groups)
            chance = found.result.chance
            tested = "–" if chance is None else ngettext("%(n)s time", "%(n)s times", chance.runs) % {"n": chance.runs}
            n = "–" if told.n is None else str(told.n)
            rows.append([name_round(step, found), n, groups or "–", told.meaning, tested])
    if not rows:
        return []
    head = [_("Round"), _("n"), _("Groups shown"), _("What a figure means"), _("Dealt anew")]
    return [Grid(_("The rounds and their rules"), head, rows, numbers=frozenset({1}))]
