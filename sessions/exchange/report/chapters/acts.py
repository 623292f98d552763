"""Who revealed and redacted what."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _

from ....enums import Reason, Role
from ....wording.moments import say_time
from ....wording.words import in_language, name_reason
from ..document import Block, Grid, Paragraph
from ..facts import Facts
from ..trail import PUBLISHED, REDACTED, REVEALED, UNDONE, Act


def tell_acts(facts: Facts) -> list[Block]:
    if not facts.acts:
        return [Paragraph(_("Nothing was revealed or hidden."))]
    rows = [_tell_reveal(act, facts) for act in facts.acts if act.what != REDACTED]
    rows += [
        ["", title, _("%(n)s hidden: %(reason)s") % {"n": n, "reason": reason}, who]
        for (title, reason, who), n in _count_redactions(facts).items()
    ]
    note = _("Members are numbered as in the log of the session, in the order in which they first did something.")
    head = [_("Time"), _("Step"), _("What"), _("By")]
    return [Grid(_("Who revealed and hid what"), head, rows, names=1), Paragraph(note, is_note=True)]


def _tell_reveal(act: Act, facts: Facts) -> list[str]:
    return [say_time(act.at, facts.session), in_language(act.step, "title"), _say(act), _name(act)]


def _count_redactions(facts: Facts) -> Counter[tuple[str, str, str]]:
    """Count by step, reason and who: the moment of each would tell which card it was."""
    found: Counter[tuple[str, str, str]] = Counter()
    for act in facts.acts:
        if act.what == REDACTED:
            reason = name_reason(Reason(act.reason)) if act.reason else ""
            found[in_language(act.step, "title"), reason or _("no reason given"), _name(act)] += 1
    return found


def _say(act: Act) -> str:
    return {
        REVEALED: _("shown to the room"),
        PUBLISHED: _("result made anew, with later ballots"),
        UNDONE: _("taken back"),
    }[act.what]


def _name(act: Act) -> str:
    if not act.member:
        return _("the program")
    role = {
        Role.CORE: _("core team"),
        Role.FACILITATOR: _("facilitator"),
        Role.STEERING: _("steering group"),
        None: _("no longer a member"),
    }[act.role]
    return _("member %(n)s, %(role)s") % {"n": act.member, "role": role}
