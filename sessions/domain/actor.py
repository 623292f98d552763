"""Who gives a command. Comes from the authenticated connection, never from a message."""

from __future__ import annotations

from typing import NamedTuple

from ..enums import ActorKind


class Actor(NamedTuple):
    """A participant, a member or a projector's link by their table id; the system has id 0."""

    kind: ActorKind
    id: int

    @classmethod
    def participant(cls, pk: int) -> Actor:
        return cls(ActorKind.PARTICIPANT, pk)

    @classmethod
    def member(cls, pk: int) -> Actor:
        """A facilitator or somebody of the core team: whoever may run a session."""
        return cls(ActorKind.MEMBER, pk)

    @classmethod
    def stage(cls, link: int) -> Actor:
        """Whoever stands at a projector that a link let in."""
        return cls(ActorKind.STAGE, link)

    @classmethod
    def system(cls) -> Actor:
        return cls(ActorKind.SYSTEM, 0)
