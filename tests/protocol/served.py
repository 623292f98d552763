"""Evenings on a real process that is killed by `kill -9` in the middle and started again on the same data.

Which commands were carried out, in what order and when, is told by the log; the model judges them in that order. Slower
than scenario.py by far, and nothing in it is stopped, patched or taken step by step.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from sessions.enums import ActorKind
from sessions.live.protocol import COMMAND_TYPES
from sessions.models import Event, Participant, Session
from sessions.models.ids import token_hash
from tools.faults.client import Answer, Client
from tools.faults.stand import by_hand

from ..conversation import join
from ..factory import SessionHarness, make_room
from ..live.client import member_cookies, settle
from ..server import RunningServer
from . import visibility
from .draws import Commands, Draw, weighted
from .learning import content_of, learn_names, learn_ranks
from .model import Model, Person
from .scenario import SECTORS, THRESHOLD
from .tables import check_tables

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
PATIENCE_S = 60
SIZES = (3, 2, 1)
"""People of each O."""


@dataclass(eq=False)
class Seat:
    """Somebody with a screen. `actor`: the person, 0 for a member."""

    client: Client
    actor: int


class ServedScenario:
    """`draw` decides what is given. Everything of the database is read in threads, as the server goes on writing."""

    def __init__(self, server: RunningServer, draw: Draw) -> None:
        self.server, self.draw = server, draw
        with server.database():
            self.room: SessionHarness = make_room(sectors=SECTORS, threshold=THRESHOLD)
            self.member = member_cookies(self.room.member)
        session = self.room.session
        sectors = [sector.public_id for sector in self.room.sectors.values()]
        self.model = Model(sectors=sectors, pillars=[p.public_id for p in self.room.pillars], threshold=THRESHOLD)
        self.model.words = {"title_nl": session.title_nl, "kind": "workshop", "planned_at": None}
        self.model.words["approval"] = False
        self.commands = Commands(self.model, [])
        self.seats: list[Seat] = []
        self.seq = 0
        """The last line that was judged."""

    # -- the scenario ---------------------------------------------------------------------------------------------

    async def play(self, *, commands: int, kills: int) -> None:
        """Let people come, give so many commands with the server killed so many times between them, and check."""
        try:
            await self._come()
            await self._lay_out()
            for part in range(kills + 1):
                for _ in range(commands // (kills + 1)):
                    await self._give(waits=self.draw(st.integers(0, 3)) > 0)
                if part < kills:
                    await self._be_killed()
            await self._settle()
            await self._check()
        finally:
            await asyncio.gather(*(seat.client.stop() for seat in self.seats))

    async def _come(self) -> None:
        for role in ("console", "console", "stage"):
            self.seats.append(Seat(self._client(role, self.member), 0))
        for sector, n in zip(self.model.sectors, SIZES, strict=True):
            for _ in range(n):
                cookies = await join(self.server.base, self.room.session.code, sector)
                (token,) = cookies.values()
                person = await by_hand(lambda token=token: self._find(token))  # type: ignore[misc]
                self.seats.append(Seat(self._client("phone", cookies), person))
        await asyncio.gather(*(seat.client.start() for seat in self.seats))
        await self._follow()

    async def _lay_out(self) -> None:
        lead = self.seats[0].client
        words = {"title_en": "Step", "title_nl": "Stap"}
        collect = (
            await lead.ask("agenda.add", words | {"kind": "collect", "settings": {"silent": self.draw(st.booleans())}})
        ).id
        vote = (
            await lead.ask(
                "agenda.add",
                words
                | {
                    "kind": "vote",
                    "after": collect,
                    "settings": {"live": True, "rules": {"ballot": "dots", "budget": 2}},
                },
            )
        ).id
        await lead.ask("agenda.add", words | {"kind": "reveal", "after": vote, "subject": vote})
        await lead.ask("step.open", {"step": collect})
        await self._follow()
        writing = [
            seat.client.ask("card.write", self.commands.content(self.draw, "card.write", seat.actor))
            for seat in self._phones()
        ]
        await asyncio.gather(*writing, return_exceptions=True)
        await self._follow()
        round_ = next(iter(self.model.rounds))
        for card in list(self.model.cards)[:3]:
            await lead.ask("card.tick", {"round": round_, "card": card, "on": True})
        await self._follow()

    async def _give(self, *, waits: bool) -> None:
        """Let somebody give something; wait for the answer or go on at once."""
        leads = self.draw(st.booleans())
        seat = self.draw(st.sampled_from(self.seats[:2] if leads else self._phones()))
        do = self.draw(weighted(phone=not leads))
        answer = seat.client.give(do, self.commands.content(self.draw, do, seat.actor))
        if waits:
            await self._until_answered(answer)
            await self._follow()

    async def _be_killed(self) -> None:
        """Several give something just before; it was stored or not, and nobody was told."""
        for _ in range(self.draw(st.integers(1, 6))):
            await self._give(waits=False)
        await by_hand(self.server.kill)
        await self._give(waits=False)
        await by_hand(self.server.start)

    async def _settle(self) -> None:
        for seat in self.seats:
            for answer in seat.client.outbox:
                await self._until_answered(answer)
        await self._follow()
        await _until(lambda: all(client.seq >= self.seq and client.live.is_set() for client in self._here()))

    async def _until_answered(self, answer: Answer) -> None:
        """A client that the server sent away for good gets no answer any more."""
        await _until(lambda: answer.done.is_set() or self._is_turned_away(answer))

    # -- the log -------------------------------------------------------------------------------------------------

    async def _follow(self) -> None:
        given = {
            UUID(key): (answer.do, answer.content) for seat in self.seats for key, answer in seat.client.answers.items()
        }
        await by_hand(lambda: self._judge_lines(given))

    def _judge_lines(self, given: dict[UUID, tuple[str, dict[str, Any]]]) -> None:
        """Let the model do what was carried out since; it must accept all of it."""
        with self.server.database(), transaction.atomic():
            learn_ranks(self.room.session, self.model)
            newest = Session.objects.values_list("seq", flat=True).get(pk=self.room.session.pk)
            for line in Event.objects.filter(session=self.room.session, seq__gt=self.seq, seq__lte=newest):
                self.model.at = Fraction((line.at - EPOCH) // dt.timedelta(microseconds=1), 1000)  # type: ignore[assignment]
                if line.kind == "participant.joined":
                    person = Participant.objects.get(public_id=line.data["participant"])
                    # Whoever comes connects at once.
                    self.model.people[person.pk] = Person(person.pk, person.public_id, line.data["sector"], seen=True)
                elif line.key is not None:
                    self._judge(line, *given[UUID(str(line.key))])
                learn_names(self.room.session, self.model)
            self.seq = newest

    def _judge(self, line: Event, do: str, content: dict[str, Any]) -> None:
        who = line.actor_id if line.actor_kind == ActorKind.PARTICIPANT else -line.actor_id
        self.model.told_change = True
        if do == "ballot.add":
            self.model.made |= Participant.objects.filter(public_id=line.data["made"]).values_list("public_id", "pk")
        said = content_of(msgspec.convert(content, COMMAND_TYPES[do]))
        done = self.model.judge(who, do, said, str(line.key), at=self.model.at, made=line.data.get("made") or "unknown")
        assert done.changed, f"{do} {content} has a line, and changed nothing"

    # -- what must hold ------------------------------------------------------------------------------------------

    async def _check(self) -> None:
        await by_hand(self._check_stored)
        fresh: dict[tuple[str, int], Client] = {}
        for seat in self.seats:
            client, who = seat.client, (seat.client.role, seat.actor)
            assert set(client.trouble) <= {"auth.retired"}, client.trouble
            assert not client.gaps, "a gap on a connection that lost nothing"
            if client.is_final:
                continue
            if who not in fresh:
                fresh[who] = await self._client(client.role, client.cookies).start()
                await fresh[who].stop()
            self._compare(seat, fresh[who])

    def _check_stored(self) -> None:
        """What was acknowledged is stored, under the line that was named; what was refused is not."""
        with self.server.database():
            check_tables(self.room, self.model)
            rows = Event.objects.filter(session=self.room.session).exclude(key=None).values_list("key", "seq")
            lines = {UUID(str(key)): seq for key, seq in rows}
        for seat in self.seats:
            for key, answer in seat.client.answers.items():
                stored = lines.get(UUID(key))
                assert not answer.error or stored is None, f"{answer.do} was refused, and stored"
                if answer.seq is None:
                    continue
                # Without a line of its own it changed nothing: what it asks for stood already.
                assert stored in (None, answer.seq), f"{answer.do} was acknowledged as another line"
                if answer.do in ("card.write", "card.scribe", "agenda.add", "card.edit"):
                    assert stored is not None or answer.do == "card.edit", f"{answer.do} was acknowledged, and lost"
                elif answer.do == "vote.cast":
                    vote = answer.content
                    place = (vote["round"], self.model.items[vote["item"]], seat.actor)
                    assert self.model.votes[place].tap >= vote["tap"], "a vote was acknowledged, and lost"

    def _compare(self, seat: Seat, fresh: Client) -> None:
        """A screen that was there, one that has just come, and the model show the same."""
        role, known, anew = seat.client.role, seat.client.snapshot, fresh.snapshot
        assert seat.client.seq == fresh.seq == self.seq, role
        assert settle(known) == settle(anew), role
        assert visibility.see(anew, begun=0) == visibility.show(self.model, role, whole=False), role
        if role == "phone":
            assert visibility.see_own(fresh.you, self.model.items) == visibility.own(self.model, seat.actor), role

    # -- who is who ----------------------------------------------------------------------------------------------

    def _client(self, role: str, cookies: dict[str, str]) -> Client:
        return Client(base=self.server.base, code=self.room.session.code, role=role, cookies=cookies)

    def _phones(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.actor]

    def _here(self) -> list[Client]:
        return [seat.client for seat in self.seats if not seat.client.is_final]

    def _is_turned_away(self, answer: Answer) -> bool:
        return any(seat.client.is_final and answer.key in seat.client.answers for seat in self.seats)

    def _find(self, token: str) -> int:
        with self.server.database():
            return Participant.objects.values_list("pk", flat=True).get(token_hash=token_hash(token))


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110 (what it waits for is told by many clients)
            await asyncio.sleep(0.02)


def play_evenings(server: RunningServer, *, scenarios: int, commands: int, kills: int, by_chance: bool) -> None:
    """Play so many scenarios one after the other. Without `by_chance` they are the same every time."""

    @settings(
        max_examples=scenarios,
        derandomize=not by_chance,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def play(data: st.DataObject) -> None:
        # The smallest of everything comes first: one command over and over.
        assume(data.draw(st.integers(0, 1_000)))
        asyncio.run(ServedScenario(server, data.draw).play(commands=commands, kills=kills))

    play()
