"""One turn of a hub: read new log lines, render them for every audience, answer hellos; all in one transaction.

Runs in a reading thread, in one transaction whose reads see one state of the database; so a snapshot, the frames
before it and the number it bears belong together. Nothing here knows of sockets or the event loop.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from ..domain import documents as doc
from ..domain import wire_events as wire
from ..domain.attendance import GRACE_MS, Attendance, StepObservation
from ..domain.current import current_steps
from ..domain.groups import render_groups
from ..domain.log import LogEntry, LogKind, read_entries
from ..domain.moment import to_ms
from ..domain.own_rendering import render_own
from ..domain.publication import lacks_publication
from ..domain.rendering import render_shared
from ..domain.rules import check_session_open
from ..domain.snapshot import show_done, show_present, show_room
from ..domain.span import span_of
from ..domain.state import State
from ..domain.waiting_room import show_door
from ..enums import Audience
from ..models import Participant, Session
from .attendances import KEPT, Attendances
from .chance_job import adopt_rounds, compare_after
from .credentials import RightsChange, judge
from .own_frames import number_of
from .presence import LocalPresence, Presence, everybody, seen_elsewhere
from .protocol import NowFrame, SharedFrame, encode
from .tally import TallyChanges
from .welcome import HelloResult, PendingHello, answer_hellos
from .writer import writer

EMPTY_RANGE_S = 1.0
"""Empty ranges are sent at most this often: a sequence number alone shows that something happened."""
TALLY_S = 0.25
ROOM_S = 1.0
LOOK_S = 0.4
"""Interval of checking rights while nothing else happens; the hub's cycle is added to it."""


@dataclass(slots=True)
class TurnResult:
    """What to send, in this order: per person, per audience, latest values, welcomes."""

    seq: int = 0
    own: dict[int, list[tuple[int, bytes]]] = field(default_factory=dict)
    """Participant → (line number, encoded event)."""
    shared: dict[Audience, str] = field(default_factory=dict)
    now: dict[Audience, str] = field(default_factory=dict)
    hello_results: list[HelloResult] = field(default_factory=list)
    judged: RightsChange = field(default_factory=lambda: RightsChange({}, {}))
    """Whose right ended, and whose changed, before anything else of this turn is sent."""
    counting: bool = False
    """A step was closed and phones are still telling that they hold nothing more of it."""
    newcomers: set[int] = field(default_factory=set)
    """Participants who are let in for the first time."""
    epoch: str = ""
    """Another one than before: what screens know is worth nothing, and they have to say hello again."""


class Turns:
    """The reading side of one hub. Turns never overlap."""

    def __init__(self, session_id: int, *, attendances: Attendances = KEPT) -> None:
        self.session_id = session_id
        self._attendances = attendances
        self.state: State | None = None
        self.seq = 0
        self._epoch = ""
        self._told: dict[Audience, int] = {}
        """The last log line that each audience was sent."""
        self._told_at: dict[Audience, float] = defaultdict(float)
        self._tally = TallyChanges()
        self._looked_at = self._counted_at = self._tally_at = self._room_at = 0.0
        self._on: int | None = None  # the step that the counts of people belong to, as it was told last
        self._last_now: dict[Audience, dict[str, bytes]] = defaultdict(dict)
        self._attendance = Attendance()
        self._counting = False
        self._held: frozenset[str] = frozenset()  # the steps that phones held before the lines of this turn, if known
        self.seen: dict[str, StepObservation] = {}
        """What this process saw of the steps that are counted, for the others."""

    def take(self, *, hellos: list[PendingHello], here: LocalPresence) -> TurnResult:
        """Run one turn. A failed turn has sent nothing: the next one starts from the same line.

        Raises Session.DoesNotExist when the session was deleted, and Refused when nobody may be in it.
        """
        before = self.seq, self._epoch, self._told.copy()
        tallies = self._tally.told
        self._looked_at = time.monotonic()
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                lines = self._advance()
                assert self.state is not None
                return self._tell(self.state, lines, hellos, here)
        except Exception:
            # Half applied or half rendered: reload everything, and send all tallies and latest values again.
            self.state = None
            self.seq, self._epoch, self._told = before
            self._tally.put_back(tallies)
            self._last_now.clear()
            self._on = None
            raise

    @property
    def tally_due(self) -> float:
        """The earliest time of the next tally."""
        return self._tally_at + TALLY_S

    def owes(self, moment: float) -> bool:
        """Whether a turn is due without a notification: held-back values, the room's second, or a check of rights."""
        held = self._tally.owed or any(told < self.seq for told in self._told.values())
        return (
            (held and moment - self._tally_at >= TALLY_S)
            or moment - self._room_at >= ROOM_S
            or moment - self._looked_at >= LOOK_S
        )

    def _advance(self) -> list[LogEntry]:
        row = Session.objects.values_list("seq", "epoch", "archived_at", "wiping_at").get(pk=self.session_id)
        newest, epoch, archived_at, wiping_at = row
        check_session_open(archived_at=archived_at, wiping_at=wiping_at)
        if epoch != self._epoch:
            self._attendance = self._attendances.of(self.session_id, epoch=epoch)
            self.state = State.load(self.session_id)
            self._epoch, self.seq = epoch, newest
            self._told = dict.fromkeys(Audience, newest)
            self._catch_up(self.state)
            return []
        lines = read_entries(session_id=self.session_id, after=self.seq, up_to=newest) if newest > self.seq else []
        self._held = current_steps(self.state) if self.state is not None and lines else frozenset()
        if self.state is None:
            self.state = State.load(self.session_id)
        elif lines:
            self.state.apply(lines)
            if any(entry.kind is LogKind.STEP_REVEALED for entry in lines):
                self._catch_up(self.state)
        self.seq = newest
        self._count_people(self.state)
        return lines

    def _catch_up(self, state: State) -> None:
        """Finish what a terminated process left: publications and comparisons with chance."""
        if lacks_publication(rounds=state.rounds, published=state.results):
            adopt_rounds(writer=writer, session_id=self.session_id)
        if state.untested:
            compare_after(writer=writer, session_id=self.session_id, rounds=state.untested)

    def _count_people(self, state: State) -> None:
        """Poll for erased people: joining has a line in the log, erasing has none."""
        moment = time.monotonic()
        if moment - self._counted_at < LOOK_S:
            return
        self._counted_at = moment
        if Participant.objects.filter(session=self.session_id).count() != len(state.people):
            self.state = State.load(self.session_id)

    def _tell(self, state: State, lines: list[LogEntry], hellos: list[PendingHello], here: LocalPresence) -> TurnResult:
        result = TurnResult(seq=self.seq, epoch=self._epoch)
        result.judged = judge(here.grants, phones=here.phones, state=state)
        for entry in lines:
            for person, event in render_own(state, entry):
                if person in here.people:
                    result.own.setdefault(person, []).append((number_of(event), encode(event)))
            if state.groups.all:
                self._tell_groups(state, entry, here, result)
        span = span_of(lines, held=self._held)
        for audience in here.audiences:
            events = [event for entry in lines for event in render_shared(state, entry, audience, span)]
            if frame := self._shared_frame(audience, events):
                result.shared[audience] = frame
        self._tally.look(state)
        room = everybody(session_id=self.session_id, here=here)
        state.seen.update(room.people)
        self._tell_now(state, result, here, room)
        if hellos:
            result.hello_results = answer_hellos(
                state=state,
                seq=self.seq,
                hellos=hellos,
                here=room.people,
                values=lambda audience: self._all_values(state, audience, room),
            )
            granted = {found.granted.participant for found in result.hello_results if found.granted}
            result.newcomers = {pk for pk in granted if pk is not None} - state.seen
            state.seen |= result.newcomers
        return result

    def _tell_groups(self, state: State, entry: LogEntry, here: LocalPresence, result: TurnResult) -> None:
        """Add what single groups are told: encoded once for all of a group, and only where something changed."""
        for group, event in render_groups(state, entry):
            encoded = encode(event)
            for person in state.groups.people[group] & here.people.keys():
                result.own.setdefault(person, []).append((entry.seq, encoded))

    def _shared_frame(self, audience: Audience, events: list[wire.SharedEvent]) -> str | None:
        told, moment = self._told.get(audience, self.seq), time.monotonic()
        if told >= self.seq or (not events and moment - self._told_at[audience] < EMPTY_RANGE_S):
            return None
        self._told[audience], self._told_at[audience] = self.seq, moment
        return encode(SharedFrame(from_=told + 1, to=self.seq, events=events)).decode()

    # -- latest values -------------------------------------------------------------------------------------------

    def _look_around(self, state: State, room: Presence) -> bool:
        """Let the attendance see the room; return whether a closing is being counted."""
        on, closed = state.step_now(), state.step_closed()
        now = int(time.time() * 1000)
        self._attendance.observe(
            now=on,
            closed=closed,
            present=room.people,
            told=room.told,
            joined=state.joined,
            answered=state.answered(closed) if closed is not None else (),
            at=now,
            elsewhere=seen_elsewhere(session_id=self.session_id),
        )
        self.seen = self._attendance.tell(on, closed)
        return closed is not None and now - (to_ms(closed.closed_at) or 0) <= 2 * GRACE_MS

    def _tell_now(self, state: State, result: TurnResult, here: LocalPresence, around: Presence) -> None:
        moment = time.monotonic()
        # With a step come its counts: for a second the last one's would stand beside the words of the new one.
        is_turned, self._on = state.session.now_id != self._on, state.session.now_id
        counts = is_turned or moment - self._tally_at >= TALLY_S
        room = is_turned or moment - self._room_at >= ROOM_S
        if not counts:
            return
        # On the beat while tallies follow each other: what a turn takes must not stretch the quarter of a second.
        self._tally_at = self.tally_due if moment < self.tally_due + TALLY_S else moment
        if room:
            self._room_at = moment
            self._counting = self._look_around(state, around)
        result.counting = self._counting
        tally = self._tally.take(state) if self._tally.owed else {}
        for audience in here.audiences:
            values = self._now(state, audience, around, room=room)
            changed: dict[str, Any] = {
                name: value for name, value in values.items() if self._is_new(audience, name, value)
            }
            if tally or changed:
                result.now[audience] = encode(NowFrame(doc.NowDoc(tally=tally, **changed), at=self.seq)).decode()

    def _now(self, state: State, audience: Audience, around: Presence, *, room: bool) -> dict[str, doc.Document | None]:
        """Return the latest values of an audience beside the tally. Phones need none: they show no counts of others.

        One that there is not is None, not absent: a screen that knows one has to forget it.
        """
        values: dict[str, doc.Document | None] = {}
        if audience is Audience.STAGE:
            values["done"] = show_done(state, state.step_now(), around.people)
            if room:
                values["present"] = show_present(state, around.per_sector(state))
        elif audience is Audience.CONSOLE and room:
            values["health"] = around.health
            values["room"] = self._show_room(state, around)
        return values

    def _show_room(self, state: State, around: Presence) -> doc.RoomDoc:
        on, here, people = state.step_now(), around.people, state.taking_part
        answered = state.answered(on) if on is not None else ()
        return show_room(
            state,
            here,
            closing=self._attendance.count(closed=state.step_closed(), present=here, people=people),
            watched=self._attendance.count_open(now=on, present=here, answered=answered, people=people),
            consoles=around.consoles,
            door=show_door(state),
            now=int(time.time() * 1000),
        )

    def _all_values(self, state: State, audience: Audience, around: Presence) -> doc.NowDoc:
        values: dict[str, Any] = self._now(state, audience, around, room=True)
        for name, value in values.items():
            # Race: the newcomer gets a value that the others were not sent yet, and it changes back before they are.
            # So the value that was sent last is forgotten, and the next frame has the value in any case.
            if self._last_now[audience].get(name) != encode(value):
                self._last_now[audience].pop(name, None)
        return doc.NowDoc(tally=self._tally.take_whole(state), **values)

    def _is_new(self, audience: Audience, name: str, value: doc.Document | None) -> bool:
        encoded = encode(value)
        if self._last_now[audience].get(name) == encoded:
            return False
        self._last_now[audience][name] = encoded
        return True
