"""What goes wrong in a random scenario: lines break, processes are killed, a session is restored."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from sessions.domain.actor import Actor
from sessions.enums import Audience

from .draws import weighted
from .transfer import Transfers

which = st.integers(0, 30)


class Faults(Transfers):
    @rule(number=which, noticed=st.booleans(), answer_lost=st.booleans())
    def line_breaks(self, number: int, noticed: bool, answer_lost: bool) -> None:
        """What was sent was taken by the server or not; its answers are lost with what was not read."""
        screen = self._screen(number)
        if screen.connection is not None and answer_lost:
            self.scenario.commit(screen.connection.process)
        screen.drop(noticed=noticed)

    @rule(data=st.data(), number=which)
    def gives_into_nothing(self, data: st.DataObject, number: int) -> None:
        """A frame that never reaches the server."""
        screen = self._screen(number)
        if screen.audience is not Audience.STAGE:
            is_phone = screen.audience is Audience.PHONE
            do = data.draw(weighted(phone=is_phone))
            content = self.scenario.commands.content(data.draw, do, screen.actor if is_phone else 0)
            screen.give(do, content, lost=True)
            screen.drop(noticed=True)

    @rule(number=which, where=st.integers(0, 1), memory=which, how=st.sampled_from(["on", "on", "old", "anew"]))
    def comes_back(self, number: int, where: int, memory: int, how: str) -> None:
        screen = self._screen(number)
        if screen.is_connected:
            return
        back = None
        if how == "old" and screen.memories:
            back = screen.memories[memory % len(screen.memories)]
        elif how == "anew":
            screen.forget()
        self.scenario.connect(screen, self.scenario.processes[where], back=back)

    @rule(number=which)
    def says_hello_again(self, number: int) -> None:
        screen = self._screen(number)
        if screen.live and screen.is_connected:
            screen.say_hello()

    @rule(number=which)
    def taps_too_fast(self, number: int) -> None:
        screen = self._screen(number)
        if screen.actor > 0 and screen.is_connected and screen.connection is not None:
            screen.connection.process.hub.registry.bucket(Actor.participant(screen.actor))._tokens = 0.0

    @rule(number=st.integers(0, 1), deaf=st.booleans())
    def process_is_killed(self, number: int, deaf: bool) -> None:
        """Before its queue was committed, or after it and before anybody was told."""
        if deaf:
            self.scenario.commit(self.scenario.processes[number], deaf=True)
        self.scenario.restart(number)

    @precondition(lambda self: not self.scenario.restored)
    @rule(go=st.integers(0, 4))
    def session_is_restored(self, go: int) -> None:
        if go == 0:
            self.scenario.restore()

    @rule(go=st.integers(0, 3))
    def all_agree(self, go: int) -> None:
        """Not only in the end."""
        if go == 0:
            self.scenario.check()
