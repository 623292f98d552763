"""What a government has to account for when it lets people take part: whom it asked, how, what came of it, what did not
and why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....domain.kind import Input, kind_of
from ....enums import Reason, SessionKind
from ....wording.shown import name_sectors, say_item, tell_round
from ....wording.words import in_language, name_reason
from ...pictures.of_round import name_round
from ..document import Block, Bullets, Heading, Paragraph
from ..facts import Facts
from .agenda import day_of
from .taking_part import say_people

_TOP = 3
"""Places of each result that are said again here."""


def tell_accountability(facts: Facts) -> list[Block]:
    return [
        Heading(2, _("Whom we asked")),
        Paragraph(_say_asked(facts)),
        Heading(2, _("How")),
        *_tell_how(facts),
        Heading(2, _("What came of it")),
        *_tell_outcome(facts),
        Heading(2, _("What did not, and why")),
        *_tell_rest(facts),
    ]


def _say_asked(facts: Facts) -> str:
    names = ", ".join(in_language(sector, "name") for sector in facts.sectors)
    asked = _("The session was for people of: %(names)s. Whoever had its code could join and chose an O themselves.")
    return f"{asked % {'names': names}} {say_people(facts)}"


def name_kind(kind: str) -> str:
    """Return what such a session is called."""
    return {
        SessionKind.WORKSHOP: _("workshop"),
        SessionKind.EXPERT: _("expert session"),
        SessionKind.INTERVIEW: _("interview"),
        SessionKind.EVENT: _("event"),
        SessionKind.OPEN: _("open round"),
    }[SessionKind(kind)]


def _tell_how(facts: Facts) -> list[Block]:
    asked = [step for step in facts.steps if kind_of(step).input_of(step) is not Input.NONE]
    kind = name_kind(facts.session.kind)
    day = day_of(facts)
    said = _("A %(kind)s on %(day)s.") % {"kind": kind, "day": day} if day else _("A %(kind)s.") % {"kind": kind}
    blocks: list[Block] = [
        Paragraph(
            said + " " + _("People wrote and voted on their own phone, without a name. This is what they were asked:")
        )
    ]
    lines = [": ".join(filter(None, (in_language(step, "title"), in_language(step, "prompt")))) for step in asked]
    return [*blocks, Bullets(lines)] if lines else [Paragraph(said)]


def _tell_outcome(facts: Facts) -> list[Block]:
    cards = sum(len(step.cards) for step in facts.shown.steps)
    lines = []
    if cards:
        lines.append(
            ngettext("%(n)s card was shown to the room.", "%(n)s cards were shown to the room.", cards) % {"n": cards}
        )
    for step in facts.shown.steps:
        for found in step.rounds:
            if found.result.n is None or not found.voting.kind.is_ranked:
                continue
            first = [say_item(row.item) for row in found.rows if row.figures.place <= _TOP][:_TOP]
            if first:
                lines.append(
                    _("%(round)s: highest came %(items)s.")
                    % {"round": name_round(step, found), "items": "; ".join(first)}
                )
    if not lines:
        return [Paragraph(_("Nothing was shown to the room yet."))]
    return [Bullets(lines)]


def _tell_rest(facts: Facts) -> list[Block]:
    lines = [*_say_absent(facts), *_say_hidden(facts), *_say_rounds(facts)]
    if facts.has_texts:
        lines += [
            _("%(title)s: was planned and not done.") % {"title": in_language(step, "title")} for step in facts.unheld
        ]
    lines.append(
        _(
            "This report says what people brought in. What is decided with it, and what is not taken over and why, is"
            " decided afterwards by whoever asked for it."
        )
    )
    return [Bullets(lines)]


def _say_absent(facts: Facts) -> Iterable[str]:
    if facts.taken.absent:
        names = name_sectors(list(facts.taken.absent), facts.shown)
        yield _("Not heard, because nobody of them took part: %(names)s.") % {"names": names}


def _say_hidden(facts: Facts) -> Iterable[str]:
    """Cards that were redacted: how many, for which reason."""
    counts: Counter[str] = Counter()
    for step in facts.shown.steps:
        counts.update(step.hidden)
    for reason in Reason:
        if n := counts[reason.value]:
            said = ngettext("%(n)s card is hidden", "%(n)s cards are hidden", n) % {"n": n}
            yield f"{said}: {name_reason(reason)}." if name_reason(reason) else f"{said}."


def _say_rounds(facts: Facts) -> Iterable[str]:
    for step in facts.shown.steps:
        for found in step.rounds:
            name = name_round(step, found)
            if found.result.n is None:
                yield _("%(round)s: no result, because too few people voted to show one without exposing anybody.") % {
                    "round": name
                }
                continue
            if found.result.few:
                n = len(found.result.few)
                yield ngettext(
                    "%(round)s: %(n)s item has no figures, because too few people answered it.",
                    "%(round)s: %(n)s items have no figures, because too few people answered them.",
                    n,
                ) % {"round": name, "n": n}
            if late := tell_round(found, facts.shown).late:
                yield f"{name}: {late}"
