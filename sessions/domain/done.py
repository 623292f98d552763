"""Who said that they are done with the step that is on.

It is known from the log alone, so it costs no table and nothing where votes are stored. It ends with the next change of
the session's course, and for one person with their next answer: who answers again was not done.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max

from ..enums import ActorKind
from ..models import Event
from .log import LogEntry, LogKind
from .log_effects import actor_person

ENDS = frozenset({LogKind.STEP_OPENED, LogKind.STEP_CLOSED, LogKind.STEP_REVEALED, LogKind.STEP_UNDONE})
"""Lines after which nobody is done any more."""
ANSWERS = frozenset({LogKind.VOTE_CAST, LogKind.CARD_WRITTEN, LogKind.CARD_EDITED, LogKind.CARD_WITHDRAWN})


class DonePeople:
    """Participants by table id, kept current from the log."""

    def __init__(self) -> None:
        self.people: set[int] = set()
        self.dropped: set[int] = set()
        """Who was done before the lines applied last."""

    @classmethod
    def load(cls, session_id: int) -> DonePeople:
        """Read it from the end of the log: two or three queries."""
        found = cls()
        lines = Event.objects.filter(session=session_id)
        ended = lines.filter(kind__in=[kind.value for kind in ENDS]).order_by("-seq").values_list("seq", flat=True)
        said = lines.filter(kind=LogKind.DONE_SAID.value, seq__gt=ended.first() or 0).order_by("seq")
        last = {person: (seq, data["on"]) for person, seq, data in said.values_list("actor_id", "seq", "data")}
        on = {person: seq for person, (seq, is_on) in last.items() if is_on}
        if not on:
            return found
        answers = lines.filter(
            seq__gt=min(on.values()),
            kind__in=[kind.value for kind in ANSWERS],
            actor_kind=ActorKind.PARTICIPANT.value,
            actor_id__in=on,
        )
        later = dict(answers.order_by().values_list("actor_id").annotate(last=Max("seq")))
        found.people = {person for person, seq in on.items() if later.get(person, 0) < seq}
        return found

    def apply(self, entries: Iterable[LogEntry]) -> None:
        """Apply new log lines."""
        self.dropped = set(self.people)
        for entry in entries:
            if entry.kind in ENDS:
                self.people.clear()
            elif (person := actor_person(entry)) is None:
                continue
            elif entry.kind is LogKind.DONE_SAID and entry.data["on"]:
                self.people.add(person)
            elif entry.kind is LogKind.DONE_SAID or entry.kind in ANSWERS:
                self.people.discard(person)

    def touched_by(self, entry: LogEntry) -> Iterable[int]:
        """Return whom a line may have made done, or no longer: they are told how it stands."""
        if entry.kind in ENDS:
            return self.dropped
        person = actor_person(entry)
        if person is not None and (
            entry.kind is LogKind.DONE_SAID or (entry.kind in ANSWERS and person in self.dropped)
        ):
            return (person,)
        return ()
