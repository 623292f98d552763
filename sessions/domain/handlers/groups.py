"""Groups of a step whose kind has scope group: formed, and people seated in them. Commands of kinds call these.

No step kind of the program has groups yet; the kind `circles` in `tests/kinds/circles.py` does.
"""

from __future__ import annotations

from ...errors import Code
from ...models import Contribution, Group, Participant, Placement, Seat, Step
from .. import rules
from ..actor import Actor
from ..log import LogKind
from ..lookup import require
from ..world import World


def form_group(*, world: World, step: Step) -> str:
    """Add an empty group to a step. Returns its id."""
    rules.check_scope(step)
    number = Group.objects.filter(step=step).count() + 1
    group = Group.objects.create(session=world.session, step=step, number=number)
    world.note(LogKind.GROUP_FORMED, step=step.public_id, group=group.public_id, made=group.public_id)
    return group.public_id


def seat(*, world: World, step: Step, participant: Participant, group: str | None) -> None:
    """Let a person sit in a group of a step; None: in none. What they wrote stays where it lies."""
    rules.check_scope(step)
    found = find_group(step=step, name=group) if group is not None else None
    was = Seat.objects.filter(step=step, participant=participant).select_related("group").first()
    if (was.group_id if was else None) == (found.pk if found else None):
        return
    if found is None:
        assert was is not None
        was.delete()
    else:
        Seat.objects.update_or_create(step=step, participant=participant, defaults={"group": found})
    world.note(
        LogKind.GROUP_SEATED,
        step=step.public_id,
        seated=participant.public_id,
        group=found.public_id if found else None,
        was=was.group.public_id if was else None,
    )


def find_group(*, step: Step, name: str) -> Group:
    """Raises Refused with `group.unknown`."""
    return require(Group.objects.filter(step=step, public_id=name).first(), Code.GROUP_UNKNOWN)


def group_of(*, step: Step, participant: int) -> Group:
    """Return where somebody sits. Raises Refused with `group.missing`."""
    found = Seat.objects.filter(step=step, participant=participant).select_related("group").first()
    return require(found, Code.GROUP_MISSING).group


def place(*, world: World, card: Contribution, group: Group, actor: Actor) -> None:
    """Lay a card in a group."""
    Placement.objects.get_or_create(
        group=group,
        contribution=card,
        defaults={"by_kind": actor.kind.value, "by_id": actor.id, "at": world.at},
    )
