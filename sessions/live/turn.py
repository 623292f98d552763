"""One turn of a hub: read what is new, render it for every audience, answer who said hello. All from one moment.

Runs in a reading thread, in one transaction whose reads see one state of the database; so a snapshot, the frames
before it and the number it bears belong together. Nothing here knows of sockets or the event loop.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from ..domain import documents as doc
from ..domain import wire_events as wire
from ..domain.audience import may_see_tally
from ..domain.closing import GRACE_MS, Attendance
from ..domain.log import Entry, read_entries
from ..domain.moment import to_ms
from ..domain.rendering import render_own, render_shared
from ..domain.rules import check_session_open
from ..domain.snapshot import show_done, show_present, show_room, show_tally
from ..domain.state import State
from ..enums import Audience
from ..models import Session, StageLink
from .presence import Here, Room, everybody
from .protocol import NowFrame, SharedFrame, encode
from .welcome import Entrance, Knock, answer_knocks

EMPTY_RANGE_S = 1.0
"""Ranges in which an audience sees nothing go out at most this often: a number tells that something happened."""
TALLY_S = 0.25
ROOM_S = 1.0


@dataclass(slots=True)
class TurnResult:
    """What to send, in this order: per person, per audience, latest values, welcomes."""

    seq: int = 0
    own: dict[int, list[tuple[int, bytes]]] = field(default_factory=dict)
    """Participant → (line number, encoded event)."""
    shared: dict[Audience, str] = field(default_factory=dict)
    now: dict[Audience, str] = field(default_factory=dict)
    entrances: list[Entrance] = field(default_factory=list)
    revoked_links: set[int] = field(default_factory=set)
    counting: bool = False
    """A step was closed and phones are still telling that they hold nothing more of it."""
    epoch: str = ""
    """Another one than before: what screens know is worth nothing, and they have to say hello again."""
    size: int = 0
    """People who take part in the session: how often phones should ping depends on it."""


class Turns:
    """The reading side of one hub. Turns never overlap."""

    def __init__(self, session_id: int) -> None:
        self.session_id = session_id
        self.state: State | None = None
        self.seq = 0
        self._epoch = ""
        self._told: dict[Audience, int] = {}
        """Up to where each audience was told."""
        self._told_at: dict[Audience, float] = defaultdict(float)
        self._tally_at = 0.0
        self._room_at = 0.0
        self._unsent_items: dict[str, set[str]] = defaultdict(set)
        """Round → items; kept while nobody may see the round's tally, sent whole when they may."""
        self._tally_owed = False
        self._last_now: dict[Audience, dict[str, bytes]] = defaultdict(dict)
        self._attendance = Attendance()
        self._counting = False

    def take(self, *, knocks: Sequence[Knock], here: Here) -> TurnResult:
        """Do one turn. One that fails has told nobody anything: the next begins where it began.

        Raises Session.DoesNotExist when the session was deleted, and Refused when nobody may be in it.
        """
        before = self.seq, self._epoch, self._told.copy()
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                entries = self._advance()
                assert self.state is not None
                return self._tell(self.state, entries, knocks, here)
        except Exception:
            # Half applied or half told: loaded anew, every tally is owed and every latest value is new.
            self.state = None
            self.seq, self._epoch, self._told = before
            self._last_now.clear()
            raise

    @property
    def tally_due(self) -> float:
        """When the next tally may go out."""
        return self._tally_at + TALLY_S

    def owes(self, moment: float) -> bool:
        """Whether latest values are due that were held back, or the room's second is over."""
        held = self._tally_owed or any(told < self.seq for told in self._told.values())
        return (held and moment - self._tally_at >= TALLY_S) or moment - self._room_at >= ROOM_S

    def _advance(self) -> list[Entry]:
        row = Session.objects.values_list("seq", "epoch", "archived_at", "wiping_at").get(pk=self.session_id)
        newest, epoch, archived_at, wiping_at = row
        check_session_open(archived_at=archived_at, wiping_at=wiping_at)
        if epoch != self._epoch:
            if self._epoch:
                self._attendance = Attendance()
            self.state = State.load(self.session_id)
            self._epoch, self.seq = epoch, newest
            self._told = dict.fromkeys(Audience, newest)
            return []
        entries = read_entries(session_id=self.session_id, after=self.seq, up_to=newest) if newest > self.seq else []
        if self.state is None:
            self.state = State.load(self.session_id)
        elif entries:
            self.state.apply(entries)
        self.seq = newest
        return entries

    def _tell(self, state: State, entries: list[Entry], knocks: Sequence[Knock], here: Here) -> TurnResult:
        result = TurnResult(seq=self.seq, epoch=self._epoch, size=state.size)
        for entry in entries:
            for person, event in render_own(state, entry):
                if person in here.people:
                    result.own.setdefault(person, []).append((entry.seq, encode(event)))
        for audience in here.audiences:
            events = [event for entry in entries for event in render_shared(state, entry, audience)]
            if frame := self._shared_frame(audience, events):
                result.shared[audience] = frame
        for name, items in state.changed_items.items():
            self._unsent_items[name] |= items
        state.changed_items.clear()
        self._tally_owed = any(
            name in state.rounds and may_see_tally(state, state.rounds[name]) for name in self._unsent_items
        )
        room = everybody(session_id=self.session_id, here=here)
        self._tell_now(state, result, here, room)
        if knocks:
            result.entrances = answer_knocks(
                state=state,
                seq=self.seq,
                knocks=knocks,
                values=lambda audience: self._all_values(state, audience, room),
            )
        if here.links:
            result.revoked_links = set(
                StageLink.objects.filter(pk__in=here.links, revoked_at__isnull=False).values_list("pk", flat=True)
            )
        return result

    def _shared_frame(self, audience: Audience, events: list[wire.SharedEvent]) -> str | None:
        told, moment = self._told.get(audience, self.seq), time.monotonic()
        if told >= self.seq or (not events and moment - self._told_at[audience] < EMPTY_RANGE_S):
            return None
        self._told[audience], self._told_at[audience] = self.seq, moment
        return encode(SharedFrame(from_=told + 1, to=self.seq, events=events)).decode()

    # -- latest values -------------------------------------------------------------------------------------------

    def _look_around(self, state: State, room: Room) -> bool:
        """Let the attendance see the room; return whether a closing is being counted."""
        closed = state.step_closed()
        now = int(time.time() * 1000)
        self._attendance.observe(
            now=state.step_now(),
            closed=closed,
            present=room.people,
            told=room.told,
            joined=state.joined,
            answered=state.answered(closed) if closed is not None else (),
            at=now,
        )
        return closed is not None and now - (to_ms(closed.closed_at) or 0) <= 2 * GRACE_MS

    def _tell_now(self, state: State, result: TurnResult, here: Here, around: Room) -> None:
        moment = time.monotonic()
        counts, room = moment - self._tally_at >= TALLY_S, moment - self._room_at >= ROOM_S
        if not counts:
            return
        # On the beat while tallies follow each other: what a turn takes must not stretch the quarter of a second.
        self._tally_at = self.tally_due if moment < self.tally_due + TALLY_S else moment
        if room:
            self._room_at = moment
            self._counting = self._look_around(state, around)
        result.counting = self._counting
        tally = show_tally(state, self._unsent_items) if self._tally_owed else {}
        for name in tally:
            del self._unsent_items[name]
        self._tally_owed = False
        for audience in here.audiences:
            values = self._values(state, audience, around, room=room)
            changed: dict[str, Any] = {
                name: value for name, value in values.items() if self._is_new(audience, name, value)
            }
            if tally or changed:
                result.now[audience] = encode(NowFrame(doc.NowDoc(tally=tally, **changed), at=self.seq)).decode()

    def _values(self, state: State, audience: Audience, around: Room, *, room: bool) -> dict[str, doc.Document]:
        """Return the latest values of an audience beside the tally. Phones need none: they show no counts of others."""
        values: dict[str, doc.Document] = {}
        if audience is Audience.STAGE:
            present = around.per_sector(state)
            if done := show_done(state, state.step_now(), sum(present.values())):
                values["done"] = done
            if room:
                values["present"] = show_present(state, present)
        elif audience is Audience.CONSOLE and room:
            closing = self._attendance.count(
                closed=state.step_closed(), present=around.people, people=state.taking_part
            )
            if around.health is not None:
                values["health"] = around.health
            values["room"] = show_room(state, around.people, closing, around.consoles)
        return values

    def _all_values(self, state: State, audience: Audience, around: Room) -> doc.NowDoc:
        values: dict[str, Any] = self._values(state, audience, around, room=True)
        return doc.NowDoc(tally=show_tally(state), **values)

    def _is_new(self, audience: Audience, name: str, value: doc.Document) -> bool:
        encoded = encode(value)
        if self._last_now[audience].get(name) == encoded:
            return False
        self._last_now[audience][name] = encoded
        return True


def pack_own(events: Sequence[tuple[int, bytes]], *, to: int) -> str:
    """Return the private frame of already encoded events."""
    return '{"you":[' + ",".join(event.decode() for _, event in events) + f'],"to":{to}}}'
