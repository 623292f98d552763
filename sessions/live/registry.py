"""Which sockets one hub has: by audience, by person, and who said no hello yet. In the event loop."""

from __future__ import annotations

import functools
from collections import Counter
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from ..domain.actor import Actor
from ..domain.attendance import ConfirmationReport, merge_reports
from ..domain.documents import HealthDoc
from ..enums import Audience
from .credentials import Grant
from .holders import Holders
from .limits import TokenBucket
from .presence import LocalPresence

if TYPE_CHECKING:
    from .socket import SessionSocket

WATCHING = (Audience.STAGE, Audience.CONSOLE)
_PING, _WAITING = attrgetter("ping"), attrgetter("waiting")  # for every phone in every turn


class Registry:
    """See the module."""

    def __init__(self) -> None:
        self.sockets: dict[Audience, set[SessionSocket]] = {audience: set() for audience in Audience}
        self.strangers: set[SessionSocket] = set()
        """Connected, and not let in yet."""
        self.people: dict[int, set[SessionSocket]] = {}
        self.told: dict[int, ConfirmationReport] = {}
        """Participant → what their phones say of the step closed last."""
        self._buckets: dict[Actor, TokenBucket] = {}
        self._holders = Holders()

    def is_empty(self) -> bool:
        return not self.strangers and not any(self.sockets.values())

    def let_in(self) -> list[SessionSocket]:
        """Return every socket that was let in."""
        return [socket for sockets in self.sockets.values() for socket in sockets]

    def everybody(self) -> list[SessionSocket]:
        """Return every socket, also those that are not let in yet."""
        return [*self.strangers, *self.let_in()]

    def wait(self, socket: SessionSocket) -> None:
        """Take a socket out of its audience: nothing is sent to it until it is welcomed."""
        self.sockets[socket.audience].discard(socket)
        self.strangers.add(socket)

    def join(self, socket: SessionSocket, granted: Grant) -> SessionSocket | None:
        """Add a socket that is let in. Returns the oldest of its holder when that has too many."""
        self.strangers.discard(socket)
        self.sockets[socket.audience].add(socket)
        if granted.participant is not None:
            self.people.setdefault(granted.participant, set()).add(socket)
        return self._holders.add(socket)

    def leave(self, socket: SessionSocket) -> None:
        self.strangers.discard(socket)
        self.sockets[socket.audience].discard(socket)
        self._holders.remove(socket)
        if socket.granted is not None and (person := socket.granted.participant) is not None:
            mine = self.people.get(person)
            if mine is not None:
                mine.discard(socket)
                if not mine:
                    del self.people[person]
                self.note_held(person)

    def note_held(self, person: int) -> None:
        """A person's phone said what it holds of the step closed last, or is gone."""
        said = [
            ConfirmationReport(s.left.step, s.left.at, s.left.held) if s.left else None
            for s in self.people.get(person, ())
        ]
        told = functools.reduce(merge_reports, said) if said else None
        if told is not None:
            self.told[person] = told
        else:
            self.told.pop(person, None)

    def bucket(self, actor: Actor) -> TokenBucket:
        bucket = self._buckets.get(actor)
        if bucket is None:
            bucket = self._buckets[actor] = TokenBucket()
        return bucket

    def slowest_ping(self) -> int:
        """Return the longest ping interval of the phones here, in seconds; each has the one that its welcome named."""
        return max(map(_PING, chain.from_iterable(self.people.values())), default=5)

    def here(self, health: HealthDoc) -> LocalPresence:
        """Return who is here, for a turn."""
        return LocalPresence(
            people={person: max(map(_WAITING, sockets)) for person, sockets in self.people.items()},
            told=self.told.copy(),
            consoles=Counter(s.granted.name for s in self.sockets[Audience.CONSOLE] if s.granted),
            health=health,
            audiences={audience for audience, sockets in self.sockets.items() if sockets},
            grants={s.granted for each in WATCHING for s in self.sockets[each] if s.granted},
            phones={s.granted for s in self.sockets[Audience.PHONE] if s.granted},
        )
