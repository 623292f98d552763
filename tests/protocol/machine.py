"""Stateful property test: people, commands, disconnects, repeats and restarts in random order."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import rule

from sessions.enums import Audience

from .draws import SPOILT, weighted
from .faults import Faults, which
from .model import PHONE
from .scenario import SECTORS
from .screen import Screen

READ = ("workshop_presencereport", "workshop_session", "workshop_event", "workshop_step", "workshop_vote")
"""Tables that a turn reads, of those it asks at its end, at its beginning and between."""


class Protocol(Faults):
    # -- commands ------------------------------------------------------------------------------------------------

    @rule(data=st.data(), number=which, many=st.integers(1, 3), at_once=st.booleans())
    def phone_gives(self, data: st.DataObject, number: int, many: int, at_once: bool) -> None:
        phones = self._phones()
        if phones:
            self._give(data, phones[number % len(phones)], many, at_once)

    @rule(data=st.data(), second=st.booleans(), many=st.integers(1, 3), at_once=st.booleans())
    def console_gives(self, data: st.DataObject, second: bool, many: int, at_once: bool) -> None:
        consoles = [screen for screen in self.scenario.screens if screen.audience is Audience.CONSOLE]
        self._give(data, consoles[second], many, at_once)

    @rule(
        data=st.data(),
        number=which,
        leads=st.lists(st.booleans(), min_size=3, max_size=9),
        ms=st.sampled_from([0, 300, 1_100]),
    )
    def goes_on(self, data: st.DataObject, number: int, leads: list[bool], ms: int) -> None:
        """A while in which nothing breaks: a console and one phone give something in turn, and everybody hears it."""
        for lead in leads:
            wanted = Audience.CONSOLE if lead else Audience.PHONE
            there = [s for s in self.scenario.screens if s.audience is wanted and s.live and s.is_connected]
            if there:
                self._give(data, there[number % len(there)], 1, True)
                self.scenario.clock.ms += ms
                self._everybody_hears()

    def _give(self, data: st.DataObject, screen: Screen, many: int, at_once: bool) -> None:
        is_phone = screen.audience is Audience.PHONE
        for _ in range(many):
            do = data.draw(weighted(phone=is_phone))
            content = self.scenario.commands.content(data.draw, do, screen.actor if is_phone else 0)
            note(f"{screen.audience.value} {screen.actor}: {do} {content}")
            screen.give(do, content)
            if at_once and screen.connection is not None:
                self.scenario.commit(screen.connection.process)
                self.scenario.turn(screen.connection.process)
                screen.read()

    @rule(data=st.data(), number=which, together=st.booleans())
    def gives_every_dot(self, data: st.DataObject, number: int, together: bool) -> None:
        """Somebody taps everything there is to vote on; the taps come in one batch or one by one."""
        phones = self._phones()
        if phones:
            screen = phones[number % len(phones)]
            for content in self.scenario.commands.every_dot(data.draw, screen.actor):
                screen.give("vote.cast", content)
                if not together:
                    self._commit_all()
            self._commit_all()

    @rule(number=which, back=st.booleans())
    def a_voter_is_retired(self, number: int, back: bool) -> None:
        model, lead = self.scenario.model, self.scenario.screens[0]
        voters = sorted({person for (_, _, person), vote in model.votes.items() if vote.value})
        if voters and lead.live and lead.is_connected:
            name = model.people[voters[number % len(voters)]].id
            self._lead(lead, "participant.restore" if back else "participant.retire", {"participant": name})
            self._everybody_hears()

    @rule(data=st.data(), number=which, way=st.sampled_from(SPOILT))
    def gives_nonsense(self, data: st.DataObject, number: int, way: Any) -> None:
        """What is no command is refused at once, and changes nothing; the socket stays open."""
        screen = self._screen(number)
        if not screen.is_connected or not screen.live or screen.audience is Audience.STAGE:
            return
        is_phone = screen.audience is Audience.PHONE
        do = data.draw(weighted(phone=is_phone))
        frame = {"id": 9_000_000, "do": do, "key": "0" * 32, "with": self.scenario.commands.content(data.draw, do, 0)}
        assert screen.connection is not None
        screen.read()
        if not screen.is_connected:
            return
        screen.write_raw(json.dumps(way(frame)))
        answers = [json.loads(text) for text in screen.connection.unread]
        errors = [found["error"]["code"] for found in answers if found.get("re", 0) in (None, 9_000_000)]
        assert errors == ["message.bad"], errors
        screen.connection.unread = type(screen.connection.unread)(
            text for text in screen.connection.unread if json.loads(text).get("re", 0) not in (None, 9_000_000)
        )
        assert screen.is_connected

    @rule(data=st.data(), number=which)
    def gives_what_is_not_theirs(self, data: st.DataObject, number: int) -> None:
        """A phone asks what consoles ask, and the other way round; a stage asks anything."""
        screen = self._screen(number)
        if screen.live and screen.is_connected:
            do = data.draw(weighted(phone=screen.audience is not Audience.PHONE))
            sent = screen.give(do, self.scenario.commands.content(data.draw, do, 0))
            screen.read()
            assert not screen.is_connected or [a["error"]["code"] for a in sent.answers] == ["auth.not_allowed"]

    @rule(number=which, place=which, other=st.booleans())
    def gives_again(self, number: int, place: int, other: bool) -> None:
        """A key that was used comes again, from this screen, with the same content or with other."""
        screen = self._screen(number)
        given = [sent for sent in screen.given if (sent.do in PHONE) == (screen.actor > 0)]
        if given:
            sent = given[place % len(given)]
            content = given[(place + 1) % len(given)].content if other else sent.content
            do = given[(place + 1) % len(given)].do if other else sent.do
            screen.give(do, content, key=sent.key)

    @rule(number=which)
    def second_tab(self, number: int) -> None:
        """The same person on another screen, who sends what the first one may have sent."""
        phones = self._phones()
        if phones and len(self.scenario.screens) < 16:
            first = phones[number % len(phones)]
            tab = self.scenario.add_screen(Audience.PHONE, first.actor)
            for sent in first.given[-3:]:
                tab.give(sent.do, sent.content, key=sent.key)
            self.scenario.connect(tab, self.scenario.processes[number % 2])

    @rule(number=which, sector=st.integers(0, len(SECTORS) - 1))
    def joins(self, number: int, sector: int) -> None:
        if len(self.scenario.screens) < 16:
            process = self.scenario.processes[number % 2]
            newcomer = self.scenario.join(process, self.scenario.model.sectors[sector])
            if newcomer is not None:
                self.scenario.connect(newcomer, process)

    @rule(number=which)
    def looks_again(self, number: int) -> None:
        """Somebody who waits at the door asks whether they may come in."""
        if self.scenario.outside and len(self.scenario.screens) < 16:
            process = self.scenario.processes[number % 2]
            token, sector = list(self.scenario.outside.items())[number % len(self.scenario.outside)]
            newcomer = self.scenario.join(process, sector, token=token)
            if newcomer is not None:
                self.scenario.connect(newcomer, process)

    # -- the server's steps --------------------------------------------------------------------------------------

    @rule(
        number=st.integers(0, 1),
        most=st.sampled_from([1, 2, 600, 600]),
        trouble=st.sampled_from(["", "", "", "", "before", "after"]),
    )
    def commits(self, number: int, most: int, trouble: str) -> None:
        self.scenario.commit(self.scenario.processes[number], most=most, trouble=trouble)

    @rule(number=st.integers(0, 1), step=st.sampled_from(["begin", "read", "end", "whole", "whole"]))
    def turns(self, number: int, step: str) -> None:
        process = self.scenario.processes[number]
        match step:
            case "begin":
                process.begin_turn()
            case "read":
                self.scenario.read_turn(process)
            case "end":
                process.end_turn()
            case "whole":
                self.scenario.turn(process)

    @rule(data=st.data(), number=which, hello=st.booleans(), early=st.booleans())
    def turn_is_overtaken(self, data: st.DataObject, number: int, hello: bool, early: bool) -> None:
        """Somebody says hello and gives something while a turn is under way: committed before it reads, or after."""
        phones = [screen for screen in self._phones() if screen.live and screen.is_connected]
        if not phones:
            return
        screen = phones[number % len(phones)]
        assert screen.connection is not None
        process = screen.connection.process
        dot = self.scenario.commands.new_dot(data.draw, screen.actor)
        do = "card.write" if dot is None else "vote.cast"
        screen.give(do, dot or self.scenario.commands.content(data.draw, do, screen.actor))
        if hello:
            screen.say_hello()
        process.begin_turn()
        if early:
            self.scenario.commit(process)
        self.scenario.read_turn(process)
        self.scenario.commit(process)
        process.end_turn()

    @rule(data=st.data(), number=which, lead=st.booleans(), table=st.sampled_from(READ))
    def turn_fails(self, data: st.DataObject, number: int, lead: bool, table: str) -> None:
        """The database goes away while a turn reads what somebody gave."""
        process, wanted = self.scenario.processes[number % 2], Audience.CONSOLE if lead else Audience.PHONE
        there = [s for s in self.scenario.screens if s.audience is wanted and s.live and s.is_connected]
        if there:
            self._give(data, there[number % len(there)], 1, False)
        for each in self.scenario.processes:
            self.scenario.commit(each)
        self.scenario.clock.ms += 600  # one that failed before waits for half a second
        process.end_turn()
        process.begin_turn()
        self.scenario.read_turn(process, fails_at=table)
        process.end_turn()

    @rule(number=which)
    def reads(self, number: int) -> None:
        self._screen(number).read()

    @rule()
    def everybody_hears(self) -> None:
        self._everybody_hears()

    @rule(ms=st.sampled_from([40, 260, 1_100, 4_000, 9_900, 10_100, 29_900, 30_100]))
    def time_passes(self, ms: int) -> None:
        self.clock.ms += ms
        for process in self.scenario.processes:
            process.sweep()

    @rule(number=st.integers(0, 1), both=st.booleans())
    def looks_for_texts_to_destroy(self, number: int, both: bool) -> None:
        """Now and then both processes at the same moment."""
        for process in self.scenario.processes if both else [self.scenario.processes[number]]:
            self.scenario.erase(process)
