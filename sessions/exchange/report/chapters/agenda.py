"""What was done, in the order in which it was done."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....ballots.words import Label
from ....domain.kind import kind_of
from ....models import Step
from ....wording.moments import say_day, say_time
from ....wording.words import in_language, say
from ..document import Block, Grid, Paragraph
from ..facts import Facts


def tell_agenda(facts: Facts) -> list[Block]:
    if not facts.steps:
        return [Paragraph(_("No step was opened."))]
    rows = [
        [
            say_time(step.opened_at, facts.session),
            in_language(step, "title"),
            _name_kind(step),
            ngettext("%(n)s minute", "%(n)s minutes", step.minutes) % {"n": step.minutes} if step.minutes else "–",
        ]
        for step in facts.steps
    ]
    head = [_("From"), _("Step"), _("What people did"), _("Planned")]
    return [Grid(_("What was done"), head, rows, names=1)]


def _name_kind(step: Step) -> str:
    words = kind_of(step).words
    return say(Label(words.nl, words.en))


def day_of(facts: Facts) -> str:
    """Return the day of the session: when it began, else when it was planned; "" where neither is known."""
    opened = [step.opened_at for step in facts.steps if step.opened_at is not None]
    day = min(opened) if opened else facts.session.planned_at
    return say_day(day, facts.session) if day is not None else ""
