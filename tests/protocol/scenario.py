"""An scenario in one place: processes without a network, the screens of everybody, the model, and what must hold."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from sessions.domain.actor import Actor
from sessions.domain.commands import DestroyRedacted, GoOn, Join
from sessions.domain.moment import now, to_ms
from sessions.domain.redaction import find_due
from sessions.domain.transfer import LASTS, issue_move_code
from sessions.domain.world import CommandRequest
from sessions.enums import Audience
from sessions.errors import Refused
from sessions.models import Participant, Session
from sessions.models.ids import new_id, new_token, receipt_code, token_hash

from ..factory import make_room
from ..live.client import member_cookies
from .agreement import check_answers, check_screens
from .clock import START_MS, Clock
from .draws import Commands
from .judging import judge, judge_twice
from .learning import learn_names, learn_ranks
from .model import Model
from .process import Process
from .screen import Screen
from .tables import check_tables
from .unseen import Secrets

SECTORS = ("onderwijs", "overheden", "ondernemers")
THRESHOLD = 3


class Allowed:
    """What may leave a process for whom, as it was when its last turn read."""

    def __init__(self, model: Model, tags: dict[int, str]) -> None:
        self.shared = {audience: Secrets(model, audience, own=set()) for audience in ("phone", "stage", "console")}
        self.own = {
            pk: {card.text for card in model.cards.values() if card.author == pk and not (card.gone or card.reason)}
            for pk in model.people
        }
        self.tags = dict(tags)

    def check(self, screen: Screen, frame: str, known: set[str]) -> None:
        secrets = self.shared[screen.audience.value]
        tag = self.tags.get(screen.actor, "") if screen.audience is Audience.PHONE else ""
        secrets.check(frame, known=known - self.own.get(screen.actor, set()), tags=set(self.tags.values()) - {tag})


class Scenario:
    def __init__(self, clock: Clock, loop: asyncio.AbstractEventLoop) -> None:
        self.clock, self.loop = clock, loop
        self.room = make_room(sectors=SECTORS, threshold=THRESHOLD)
        self.session = self.room.session
        elsewhere = make_room(sectors=SECTORS, threshold=THRESHOLD)
        sectors = [sector.public_id for sector in self.room.sectors.values()]
        self.model = Model(sectors=sectors, pillars=[p.public_id for p in self.room.pillars], threshold=THRESHOLD)
        self.model.words = {
            "title_nl": self.session.title_nl,
            "kind": "workshop",
            "planned_at": None,
            "approval": False,
        }
        self.outside: dict[str, str] = {}
        """Secret → O: who asked to be let in and looks again now and then."""
        foreign = [next(iter(elsewhere.sectors.values())).public_id, elsewhere.pillars[0].public_id]
        self.commands = Commands(self.model, foreign)
        self.tags: dict[int, str] = {}
        self.processes = [Process(self.session.pk, loop) for _ in range(2)]
        self.allowed: dict[Process, Allowed] = {process: self._look() for process in self.processes}
        self.screens: list[Screen] = []
        self.outcomes: dict[tuple[int, str], set[tuple[int, str | None]]] = {}
        """(who, key) → what it was acknowledged with."""
        self.noted: dict[tuple[int, str], int] = {}
        """(who, key) → the one line that it has."""
        self.newest = 0
        self.restored = False
        self.compared: list[tuple[Screen, Screen]] = []
        """At the last check: every screen, with one of the same person that had just come."""
        self._member_cookies = member_cookies(self.room.member)
        for audience in (Audience.CONSOLE, Audience.STAGE, Audience.CONSOLE):
            self.add_screen(audience)

    # -- people --------------------------------------------------------------------------------------------------

    def add_screen(self, audience: Audience, actor: int = 0) -> Screen:
        """Put up a screen; for a phone, of this person."""
        is_phone = audience is Audience.PHONE
        cookies = {f"p_{self.session.public_id}": self.room.tokens[actor]} if is_phone else self._member_cookies
        screen = Screen(audience=audience, cookies=cookies, actor=actor if is_phone else -self.room.member.pk)
        self.screens.append(screen)
        return screen

    def join(self, process: Process, sector: str, *, token: str = "") -> Screen | None:
        """Let somebody come in through a page; None when the door is closed, or they wait to be let in.

        `token`: of somebody who waited and looks again.
        """
        token = token or new_token()
        receipt = receipt_code(token)
        command = Join(sector=sector, token_hash=token_hash(token), receipt_hash=token_hash(receipt))
        result = self._do(process, command)
        if isinstance(result, Refused):
            return None
        if result.id is None:
            self.outside[token] = sector
            return None
        self.outside.pop(token, None)
        return self._let_in(result.id, token)

    def show_code(self, actor: int, *, is_late: bool = False) -> None:
        """Let a phone show a code for another browser; `is_late`: so long ago that it is good no more."""
        person = Participant.objects.select_related("session").get(pk=actor)
        code, until = issue_move_code(person=person, at=now() - LASTS if is_late else now())
        codes = self.model.codes
        self.model.codes = {other: known for other, known in codes.items() if known[0] != actor}
        self.model.codes[code] = actor, (to_ms(until) or 0) - START_MS

    def go_on(
        self, process: Process, code: str, *, instead_of: int | None = None, waiting: str | None = None
    ) -> Screen | None:
        """Let another browser go on as the person of this code, short or a receipt; None when that is refused.

        `instead_of`: who that browser was until now. `waiting`: the secret by which it asked to be let in.
        """
        token = new_token()
        command = GoOn(
            code=code,
            token_hash=token_hash(token),
            receipt_hash=token_hash(receipt_code(token)),
            instead_of=None if instead_of is None else token_hash(self.room.tokens[instead_of]),
            waiting=None if waiting is None else token_hash(waiting),
        )
        result = self._do(process, command)
        if isinstance(result, Refused):
            return None
        if waiting is not None:
            self.outside.pop(waiting, None)
        return self._let_in(result.id, token)

    def _do(self, process: Process, command: Any) -> Any:
        """Let the program ask this by itself, for a page."""
        box = _Box()
        request = CommandRequest(Actor.system(), command, uuid4())
        process.writer.submit(session_id=self.session.pk, request=request, mailbox=box, token=None)
        self.commit(process)
        (result,) = box.results
        return result

    def _let_in(self, name: str, token: str) -> Screen:
        person = Participant.objects.get(public_id=name)
        self.room.tokens[person.pk] = token
        self.model.receipts[receipt_code(token)] = person.pk
        return self.add_screen(Audience.PHONE, person.pk)

    def erase(self, process: Process) -> None:
        """Let the eraser of a process look, as it does every two seconds."""
        if self.session.pk in find_due():
            request = CommandRequest(Actor.system(), DestroyRedacted(), uuid4())
            process.writer.submit(session_id=self.session.pk, request=request, mailbox=_Box(), token=None)

    def connect(self, screen: Screen, process: Process, **back: Any) -> None:
        screen.connect(process, self.checker(screen, process), **back)

    def checker(self, screen: Screen, process: Process) -> Callable[[str], None]:
        return lambda frame: self.allowed[process].check(screen, frame, self.commands.words)

    # -- the servers ---------------------------------------------------------------------------------------------

    def commit(self, process: Process, *, most: int = 600, trouble: str = "", deaf: bool = False) -> None:
        """Let a writer commit a batch, and hold its answers against the model's."""
        self.clock.ms += 1
        requests = process.writer.waiting()[:most]
        if not requests:
            process.breathe()
            return
        process.writer.trouble, process.writer.deaf = trouble, deaf
        at = self.clock.ms
        results = process.commit(most=most)
        process.writer.trouble, process.writer.deaf = "", False
        assert len(results) == len(requests)
        learn_ranks(self.session, self.model)
        if trouble:
            at = self.clock.ms  # after the pause
        if trouble == "after":
            judge_twice(self, requests, results, at - 50, at)
        else:
            judge(self, requests, results, at)
        learn_names(self.session, self.model)
        assert Session.objects.values_list("seq", flat=True).get(pk=self.session.pk) == self.newest
        process.breathe()

    def read_turn(self, process: Process, *, fails_at: int | str | None = None) -> None:
        self.allowed[process] = self._look()
        process.read_turn(fails_at=fails_at)

    def turn(self, process: Process) -> None:
        process.begin_turn()
        self.read_turn(process)
        process.end_turn()

    def restart(self, number: int) -> None:
        """Kill a process; another takes its place."""
        process = self.processes[number]
        for screen in self.screens:
            if screen.connection is not None and screen.connection.process is process:
                screen.drop(noticed=False)
        process.kill()
        self.processes[number] = Process(self.session.pk, self.loop)
        self.allowed[self.processes[number]] = self._look()

    def restore(self) -> None:
        """Say that the session is not what it was, as after a restore."""
        Session.objects.filter(pk=self.session.pk).update(epoch=new_id())
        self.restored = True

    def _look(self) -> Allowed:
        return Allowed(self.model, self.tags)

    # -- what must hold ------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let everybody come back, send what is left, and be told everything."""
        for _ in range(4):
            self.clock.ms += 1_500
            for process in self.processes:
                self.commit(process)
                process.end_turn()
                self.turn(process)
            for number, screen in enumerate(self.screens):
                screen.read()
                if not screen.is_connected and screen.turned_away is None:
                    self.connect(screen, self.processes[number % 2])
                else:
                    screen.resend()

    def check(self) -> None:
        """Hold tables, log, snapshots and every screen against the model and each other."""
        self.settle()
        check_tables(self.room, self.model)
        check_answers(self)
        for process in self.processes:
            check_screens(self, process)

    def close(self) -> None:
        for process in self.processes:
            process.kill()


class _Box:
    def __init__(self) -> None:
        self.results: list[Any] = []

    def post(self, results: list[tuple[object, Any]]) -> None:
        self.results += [result for _, result in results]
