"""In-memory clients, for tests that need many of them quickly.

`Watch` sits on a session's turns as a hub does, with one client per audience and one per person, without sockets.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.test import Client

from sessions.domain.actor import Actor
from sessions.enums import Audience
from sessions.live.presence import LocalPresence
from sessions.live.protocol import Hello
from sessions.live.turn import Turns
from sessions.live.welcome import PendingHello
from sessions.management.simulation.reducer import apply_now, apply_own, apply_shared
from sessions.models import Member

from ..factory import SessionHarness

Doc = dict[str, Any]


def settle_now(now: Doc) -> Doc:
    """Return latest values as they can be compared: what is null or empty is not there. How the server fares is left
    out: it is another second's.
    """
    return {name: value for name, value in now.items() if value and name != "health"}


def settle(document: Doc) -> Doc:
    """Return the document as it can be compared: what stands in no order, in one order; without latest values."""
    document = json.loads(json.dumps(document))
    document.pop("now", None)
    for name in ("steps", "cards", "rounds", "participants"):
        if name in document:
            document[name].sort(key=lambda thing: thing["id"])
    for round_ in document.get("rounds", ()):
        round_["items"].sort(key=lambda item: item["id"])
    if document.get("group"):
        document["group"]["cards"].sort(key=lambda thing: thing["id"])
    for name in ("results", "votes"):
        if name in document:
            document[name].sort(key=lambda thing: (thing["round"], thing.get("item", "")))
    return document


def member_cookies(member: Member) -> dict[str, str]:
    """Sign a member in; return the cookie."""
    browser = Client()
    browser.force_login(member)
    return {settings.SESSION_COOKIE_NAME: browser.cookies[settings.SESSION_COOKIE_NAME].value}


class Watch:
    """Everybody who could watch a session, and what they know of it."""

    def __init__(self, room: SessionHarness, *, people: Iterable[Actor] = ()) -> None:
        self.room = room
        self.turns = Turns(room.session.pk)
        self.member = member_cookies(room.member)
        self.people = list(people)
        self.snapshots: dict[Audience, Doc] = {}
        self.you: dict[int, Doc] = {}
        self.seq = 0
        self.epoch = ""
        self.received: dict[Audience | int, list[str]] = {}
        """Every text sent, per audience; what one person alone was sent, by their table id."""
        self.turns.take(hellos=[], here=self._here())
        self.own_texts: dict[int, set[str]] = {}
        """Participant → the words of cards that this person wrote or wrote before an edit."""
        welcomes = self.greet()
        for audience, _, welcome in welcomes:
            self.snapshots.setdefault(audience, welcome["snapshot"])
        self._meet(welcomes)

    def cookies(self, person: Actor) -> dict[str, str]:
        return {f"p_{self.room.session.public_id}": self.room.tokens[person.id]}

    def take_turn(self) -> list[tuple[Audience, Doc]]:
        """Let the hub take a turn; follow what it sends; return the shared events."""
        result = self.turns.take(hellos=[], here=self._here())
        for pk, events in result.own.items():
            for _, encoded in events:
                self.received.setdefault(pk, []).append(encoded.decode())
                apply_own(self.you[pk], json.loads(encoded))
                self.own_texts[pk] |= {card["text"] for card in self.you[pk]["cards"]}
        shared: list[tuple[Audience, Doc]] = []
        for audience, text in result.shared.items():
            self.received.setdefault(audience, []).append(text)
            frame = json.loads(text)
            for event in frame["events"]:
                apply_shared(self.snapshots[audience], event)
                shared.append((audience, event))
        for audience, text in result.now.items():
            self.received.setdefault(audience, []).append(text)
            apply_now(self.snapshots[audience]["now"], json.loads(text)["now"])
        self.seq = result.seq
        return shared

    def join(self, people: Iterable[Actor]) -> None:
        """Let more people connect."""
        newcomers = list(people)
        self.people += newcomers
        self._meet(self.greet(newcomers))

    def greet(
        self,
        people: Iterable[Actor] | None = None,
        *,
        epoch: str | None = None,
        seq: int | None = None,
        turns: Turns | None = None,
    ) -> list[tuple[Audience, Actor | None, Doc]]:
        """Say hello from everywhere on fresh sockets, by default to another hub; return the welcomes."""
        who = self.people if people is None else list(people)
        asked = [(Audience.PHONE, person, self.cookies(person)) for person in who]
        asked += [(audience, None, self.member) for audience in (Audience.STAGE, Audience.CONSOLE)]  # type: ignore[misc]
        hello = Hello(2, "nl", epoch=epoch, seq=seq)
        hellos = [
            PendingHello(None, number, hello, audience, cookies) for number, (audience, _, cookies) in enumerate(asked)
        ]
        result = (turns or Turns(self.room.session.pk)).take(hellos=hellos, here=self._here())
        welcomes: list[tuple[Audience, Actor | None, Doc]] = []
        for hello_result in result.hello_results:
            assert hello_result.refused is None, hello_result.refused
            audience, person, _ = asked[hello_result.hello.re]
            welcome = json.loads(hello_result.frame)["ok"]
            self.received.setdefault(audience if person is None else person.id, []).append(hello_result.frame)
            welcomes.append((audience, person, welcome))
            self.epoch = welcome["epoch"]
        return welcomes

    def hear(self) -> list[tuple[Audience, Actor | None, Doc]]:
        """Let everybody catch up, and newcomers say hello; return the welcomes."""
        self.turns._tally_at = self.turns._room_at = 0.0  # a second has gone by: latest values are due
        self.take_turn()
        return self.greet()

    def check(self) -> None:
        """Hold what everybody knows against fresh snapshots."""
        for audience, person, welcome in self.hear():
            assert settle(self.snapshots[audience]) == settle(welcome["snapshot"]), audience
            known, fresh = self.snapshots[audience]["now"], welcome["snapshot"]["now"]
            assert settle_now(known) == settle_now(fresh), audience
            if person is not None:
                assert settle(self.you[person.id]) == settle(welcome["you"]), person

    def check_resume(self, audience_snapshots: Mapping[Audience, Doc], *, seq: int) -> None:
        """Come back with what was known at `seq`; the events that follow must lead to what is known now."""
        for audience, _, welcome in self.greet(self.people[:1], epoch=self.epoch, seq=seq):
            known = json.loads(json.dumps(audience_snapshots[audience]))
            if "snapshot" in welcome:
                continue
            for event in welcome["events"]:
                assert event["seq"] > seq
                apply_shared(known, event)
            assert settle(known) == settle(self.snapshots[audience]), audience

    def _meet(self, welcomes: list[tuple[Audience, Actor | None, Doc]]) -> None:
        for audience, person, welcome in welcomes:
            if person is not None:
                self.you[person.id] = welcome["you"]
                self.own_texts[person.id] = {card["text"] for card in welcome["you"]["cards"]}
            self.snapshots.setdefault(audience, welcome["snapshot"])
            self.seq = welcome["seq"]

    def _here(self) -> LocalPresence:
        people = {person.id: 0 for person in self.people}
        return LocalPresence(
            people=people, told={}, consoles={}, health=None, audiences=set(Audience), grants=set(), process="test"
        )
