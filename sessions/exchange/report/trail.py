"""Who revealed and redacted what, from the log. Members have the pseudonyms that they have in events.jsonl: a report is
passed on, and whoever has the log can tell who it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.log import LogKind
from ...enums import ActorKind, Role
from ...models import Contribution, Event, Item, Membership, Session, Step

REVEALED, PUBLISHED, UNDONE, REDACTED = "revealed", "published", "undone", "redacted"
"""A wall or result was shown; a result was made anew with ballots that came later; a reveal was taken back; words were
hidden."""

_REVEALS: dict[str, str] = {LogKind.STEP_REVEALED: REVEALED, LogKind.ROUND_PUBLISHED: PUBLISHED}
_TOLD = (*_REVEALS, LogKind.STEP_UNDONE, LogKind.CARD_REDACTED, LogKind.CARD_HIDDEN, LogKind.ITEM_REDACTED)


@dataclass(frozen=True, slots=True)
class Act:
    """`what`: one of the words above. `member`: 0 where the program itself did it."""

    what: str
    at: dt.datetime
    member: int
    role: Role | None
    step: Step
    reason: str = ""


def read_acts(session: Session, shown: Sequence[Step]) -> list[Act]:
    """Return what was done to the steps that were shown, in the order in which it was done."""
    steps = {step.public_id: step for step in shown}
    events = Event.objects.filter(session=session)
    events = events.filter(kind__in=_TOLD).order_by("seq")
    number = _number_members(session)
    roles = {
        member: Role(role)
        for member, role in Membership.objects.filter(programme=session.programme_id).values_list("member_id", "role")
    }
    hidden = _read_hidden(session, steps)
    reveals: list[Act] = []
    redactions: dict[str, Act] = {}
    for kind, at, who, pk, data in events.values_list("kind", "at", "actor_kind", "actor_id", "data"):
        member, role = (number.get(pk, 0), roles.get(pk)) if who == ActorKind.MEMBER else (0, None)
        if kind in _REVEALS or (kind == LogKind.STEP_UNDONE and data.get("undid") == "step.reveal"):
            if (step := steps.get(data.get("step", ""))) is not None:
                reveals.append(Act(_REVEALS.get(kind, UNDONE), at, member, role, step))
        elif (name := data.get("card") or data.get("item")) in hidden:
            # Redacted, restored and redacted again: the last redaction counts.
            redactions[name] = Act(REDACTED, at, member, role, *hidden[name])
    return sorted([*reveals, *redactions.values()], key=lambda act: act.at)


def _read_hidden(session: Session, steps: dict[str, Step]) -> dict[str, tuple[Step, str]]:
    """Return card or item → its step and why, of what is redacted now on a wall or in a result that was shown."""
    cards = Contribution.objects.filter(session=session, hidden_at__isnull=False, withdrawn_at__isnull=True)
    found: dict[str, tuple[Step, str]] = {
        name: (steps[step], reason or "")
        for name, step, reason in cards.values_list("public_id", "step__public_id", "reason")
        if step in steps
    }
    items = Item.objects.filter(session=session, hidden_at__isnull=False, round_items__round__step__public_id__in=steps)
    placed = items.values_list("public_id", "reason", "round_items__round__step__public_id")
    found |= {name: (steps[step], reason or "") for name, reason, step in placed}
    return found


def _number_members(session: Session) -> dict[int, int]:
    """Return member → their number in events.jsonl: in the order in which they first did something."""
    did = Event.objects.filter(session=session, actor_kind=ActorKind.MEMBER).order_by("seq")
    numbers: dict[int, int] = {}
    for pk in did.values_list("actor_id", flat=True):
        numbers.setdefault(pk, len(numbers) + 1)
    return numbers
