"""Replies to hellos, all from the same turn: who the client is, and a replay or a snapshot.

The shared part is built once per audience; only `you` is built per person.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec

from ..ballots.mark import NO_MARK, put_value, write_mark
from ..domain import documents as doc
from ..domain.own import show_person
from ..domain.snapshot import show_snapshot
from ..domain.state import State
from ..enums import Audience
from ..errors import Refused
from ..models import Vote
from .credentials import Grant, grant
from .protocol import Hello, PackedWelcome, PackedWelcomeReply, encode
from .replay import Replay


@dataclass(slots=True)
class PendingHello:
    """A hello that waits for its reply."""

    socket: Any
    re: int
    hello: Hello
    audience: Audience
    cookies: Mapping[str, str]


@dataclass(slots=True)
class HelloResult:
    """The result of a hello: what was granted and the welcome, or the refusal."""

    hello: PendingHello
    granted: Grant | None = None
    frame: str = ""
    ping: int = 5
    refused: Refused | None = None


SLOWEST_PING_S = 10
"""Upper limit of the ping interval. However many phones connect, a lost one is noticed within half a minute."""


def ping_seconds(present: int) -> int:
    """Return how often a phone pings: every 5 s while up to 500 people are present, up to 10 s with more.

    Not by how many joined: one client can join thousands of times, and nobody of them sends a ping.
    """
    return 5 if present <= 500 else min(SLOWEST_PING_S, -(-present // 100))


def answer_hellos(
    *,
    state: State,
    seq: int,
    hellos: Sequence[PendingHello],
    here: Collection[int],
    values: Callable[[Audience], doc.NowDoc],
) -> list[HelloResult]:
    """Return the result of each hello. `state` is at line `seq`; `values` returns an audience's latest values.

    `here`: participants who are connected already.
    """
    hello_results = [_grant(hello, state) for hello in hellos]
    votes = _own_votes([found.granted.participant for found in hello_results if found.granted])
    replay = Replay(state, seq=seq, hellos=[hello.hello for hello in hellos])
    present = {*here, *(found.granted.participant for found in hello_results if found.granted)}
    builder = _WelcomeBuilder(state, seq, replay, values, ping_seconds(len(present)))
    for hello_result in hello_results:
        if hello_result.granted is not None:
            hello_result.ping = builder.ping
            hello_result.frame = builder.welcome(hello_result.hello, hello_result.granted, votes)
    return hello_results


def _grant(hello: PendingHello, state: State) -> HelloResult:
    try:
        return HelloResult(hello, grant(audience=hello.audience, cookies=hello.cookies, state=state))
    except Refused as refused:
        return HelloResult(hello, refused=refused)


def _own_votes(persons: Iterable[int | None]) -> dict[int, list[doc.OwnVoteDoc]]:
    votes: dict[int, list[doc.OwnVoteDoc]] = defaultdict(list)
    pks = [person for person in persons if person is not None]
    if pks:
        rows = (
            Vote.objects.filter(participant__in=pks)
            .order_by("participant", "round_item")
            .values_list(
                "participant_id",
                "round_item__round__public_id",
                "round_item__item__public_id",
                "criterion",
                "value",
                "tap",
            )
        )
        # Read as a stream, one mark at a time: a thousand people come back at once after a restart.
        for (person, round_, item), values in groupby(rows.iterator(chunk_size=500), key=itemgetter(0, 1, 2)):
            mark, taps = NO_MARK, []
            for *_, criterion, value, tap in values:
                mark = put_value(mark, criterion, value)
                taps.append(tap)
            votes[person].append(doc.OwnVoteDoc(round=round_, item=item, value=write_mark(mark), tap=taps[-1]))
    return votes


@dataclass(slots=True)
class _Shared:
    """The part of a welcome that is the same for an audience."""

    now: doc.NowDoc
    snapshot: msgspec.Raw | None = None


class _WelcomeBuilder:
    """Builds welcomes, reusing the shared part."""

    def __init__(
        self, state: State, seq: int, replay: Replay, values: Callable[[Audience], doc.NowDoc], ping: int
    ) -> None:
        self._state, self._seq, self._replay, self._values = state, seq, replay, values
        self.ping = ping
        self._shared: dict[Audience, _Shared] = {}

    def welcome(self, hello: PendingHello, granted: Grant, votes: Mapping[int, list[doc.OwnVoteDoc]]) -> str:
        """Return the encoded reply."""
        events = self._replay.since(hello.hello, hello.audience)
        common = self._common(hello.audience)
        if events is None and common.snapshot is None:
            common.snapshot = msgspec.Raw(encode(show_snapshot(self._state, hello.audience, common.now)))
        welcome = PackedWelcome(
            you=msgspec.Raw(encode(self._you(hello.audience, granted, votes))),
            epoch=self._state.session.epoch,
            ping=self.ping,
            time=int(time.time() * 1000),
            seq=self._seq,
            snapshot=common.snapshot if events is None else None,
            events=events,
            now=msgspec.Raw(encode(common.now)) if events is not None else None,
        )
        return encode(PackedWelcomeReply(re=hello.re, ok=welcome)).decode()

    def _common(self, audience: Audience) -> _Shared:
        if audience not in self._shared:
            self._shared[audience] = _Shared(self._values(audience))
        return self._shared[audience]

    def _you(
        self, audience: Audience, granted: Grant, votes: Mapping[int, list[doc.OwnVoteDoc]]
    ) -> doc.PersonDoc | doc.MemberDoc | doc.StageDoc:
        if granted.participant is not None:
            return show_person(self._state, granted.participant, votes.get(granted.participant, []))
        if audience is Audience.CONSOLE:
            return doc.MemberDoc(name=granted.name, role=granted.role)
        return doc.StageDoc()
