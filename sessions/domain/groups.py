"""The groups of a session in memory, and what only the people of a group are told.

A group's events are rendered and encoded once, go to its people alone, and only when something in it changed. Who
changes group is sent the new part whole, which replaces the old.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..enums import Aspect, Audience, Source
from ..models import Contribution, Group, Placement, Seat, Step
from . import documents as doc
from . import wire_events as wire
from .kind import Part, Scope, kind_of
from .log import LogEntry, LogKind
from .viewer import Viewer

if TYPE_CHECKING:
    from .state import State

COURSE = frozenset(
    {
        LogKind.STEP_OPENED,
        LogKind.STEP_CLOSED,
        LogKind.STEP_REVEALED,
        LogKind.STEP_UNDONE,
        LogKind.STEP_SUPERSEDED,
        LogKind.STEP_REMOVED,
    }
)
"""Lines after which a group may see more, less, or another step's part."""


class Groups:
    """See the module. Empty, and without a query, in a session without a step of that scope."""

    def __init__(self) -> None:
        self.all: dict[int, Group] = {}
        self.by_name: dict[str, int] = {}
        self.seats: dict[tuple[int, int], int] = {}
        """(step, participant) → group."""
        self.people: dict[int, set[int]] = defaultdict(set)
        self.cards: dict[int, list[str]] = defaultdict(list)
        """Group → the cards that lie in it."""
        self.where: dict[str, int] = {}
        """Card → the group it lies in."""

    @classmethod
    def load(cls, session_id: int) -> Groups:
        """Read them: three queries."""
        found = cls()
        found.all = {group.pk: group for group in Group.objects.filter(session=session_id)}
        found.by_name = {group.public_id: group.pk for group in found.all.values()}
        for seat in Seat.objects.filter(group__session=session_id):
            found.seats[seat.step_id, seat.participant_id] = seat.group_id
            found.people[seat.group_id].add(seat.participant_id)
        placed = Placement.objects.filter(group__session=session_id)
        for group, card in placed.values_list("group_id", "contribution__public_id"):
            found.cards[group].append(card)
            found.where[card] = group
        return found


def has_groups(steps: dict[str, Step]) -> bool:
    """Whether a step of a session is scoped to groups."""
    return any(kind_of(step).scope is Scope.GROUP for step in steps.values())


def show_own_group(state: State, person: int) -> doc.OwnGroupDoc | None:
    """Return the part of the group in which somebody sits now; none where no step scoped to groups is on."""
    step = state.step_now()
    if step is None or kind_of(step).scope is not Scope.GROUP:
        return None
    group = state.groups.seats.get((step.pk, person))
    return None if group is None else show_group(state, group)


def show_group(state: State, pk: int) -> doc.OwnGroupDoc | None:
    """Return what the people of a group see of it, whole; nothing unless its step is, or was last, on."""
    group = state.groups.all[pk]
    step = state.step_now()
    if step is None or step.pk != group.step_id:
        return None
    cards = (show_card(state, state.cards[name], pk) for name in state.groups.cards.get(pk, ()))
    return doc.OwnGroupDoc(
        id=group.public_id,
        step=step.public_id,
        number=group.number,
        people=len(state.groups.people.get(pk, ())),
        cards=sorted((card for card in cards if card is not None), key=lambda card: (card.rank, card.id)),
    )


def show_card(state: State, card: Contribution, group: int) -> doc.GroupCardDoc | None:
    """Return a card as the people of a group get it: without its O, which in a small group would name its writer."""
    step = state.steps[state.step_names[card.step_id]]
    seen = kind_of(step).may_see(step=step, round_=None, viewer=Viewer(Audience.PHONE, group))
    if Part.CARDS not in seen or card.withdrawn_at is not None or card.hidden_at is not None:
        return None
    return doc.GroupCardDoc(
        id=card.public_id,
        pillar=state.pillar_names[card.pillar_id],
        aspect=Aspect(card.aspect),
        text=card.text,
        language=card.language,
        source=Source(card.source),
        rank=card.rank,
    )


def render_groups(state: State, entry: LogEntry) -> Iterator[tuple[int, wire.OwnEvent]]:
    """Yield what the people of single groups are told of a line: (group, event)."""
    seq, kind, _, data = entry
    groups = state.groups
    if kind in COURSE:
        for pk in groups.all:
            yield pk, wire.OwnGroupPut(seq, show_group(state, pk))
    elif kind is LogKind.GROUP_SEATED:
        for name in (data["was"], data["group"]):
            if name in groups.by_name:
                yield groups.by_name[name], wire.OwnGroupPut(seq, show_group(state, groups.by_name[name]))
    elif (card := data.get("card")) in groups.where and show_group(state, groups.where[card]) is not None:
        shown = show_card(state, state.cards[card], groups.where[card])
        yield groups.where[card], wire.OwnGroupCardPut(seq, shown) if shown else wire.OwnGroupCardGone(seq, card)


def render_seat(state: State, entry: LogEntry) -> Iterator[tuple[int, wire.OwnEvent]]:
    """Yield what somebody is told who sits in no group any more: (participant, event)."""
    if entry.data["group"] is None:
        person = state.people_by_name[entry.data["seated"]]
        yield person, wire.OwnGroupPut(entry.seq, show_own_group(state, person))
