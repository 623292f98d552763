"""The report of a session: the chapters in their order, in one language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ...enums import Role
from ...models import Session
from ...wording.moments import say_day
from ...wording.words import in_language
from .chapters.accountability import name_kind, tell_accountability
from .chapters.acts import tell_acts
from .chapters.agenda import day_of, tell_agenda
from .chapters.chosen import tell_chosen
from .chapters.differences import tell_differences
from .chapters.method import tell_method
from .chapters.onward import tell_onward
from .chapters.said import tell_said
from .chapters.taking_part import draw_cover, say_people, tell_people
from .document import Block, Document, Heading
from .facts import Facts, read_facts

Chapter = Callable[[Facts], Sequence[Block]]


def compose_report(*, session: Session, role: Role, language: str) -> Document:
    """Return the report as this role gets it. The caller is in a transaction whose reads all see one moment."""
    facts = read_facts(session=session, role=role)
    with translation.override(language):
        made_at = say_day(timezone.now(), session)
        day = day_of(facts)
        kind = name_kind(session.kind)
        return Document(
            language=language,
            programme=in_language(session.programme, "name"),
            label=_("Report, %(day)s") % {"day": day} if day else _("Report"),
            title=in_language(session, "title"),
            lead=_("What was said in this %(kind)s, and what people chose. %(people)s")
            % {"kind": kind, "people": say_people(facts)},
            people=draw_cover(facts),
            blocks=[block for part in _number(_name_chapters(made_at), facts) for block in part],
        )


def _name_chapters(made_at: str) -> list[tuple[str, Chapter]]:
    return [
        (_("Who took part"), tell_people),
        (_("What was done"), tell_agenda),
        (_("What was said"), tell_said),
        (_("What people chose"), tell_chosen),
        (_("Where the O’s agree and where they differ"), tell_differences),
        (_("What happens next"), tell_onward),
        (_("Account of taking part"), tell_accountability),
        (_("How the figures were made"), partial(tell_method, made_at=made_at)),
        (_("Who revealed and hid what"), tell_acts),
    ]


def _number(chapters: Sequence[tuple[str, Chapter]], facts: Facts) -> list[list[Block]]:
    return [[Heading(1, f"{number} {title}"), *tell(facts)] for number, (title, tell) in enumerate(chapters, start=1)]
