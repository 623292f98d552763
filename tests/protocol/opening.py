"""How a random evening begins: people of two or three O's, cards, a vote, and how far it has come."""

from __future__ import annotations

import sys
from contextlib import ExitStack

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from sessions.enums import Audience

from .by_hand import HandLoop
from .clock import stopped_clock
from .evening import Evening
from .screen import Doc, Screen
from .tapes import Tapes

PHASES = ("planned", "writing", "chosen", "voting", "counted", "revealed")


class Opening(RuleBasedStateMachine):
    tapes: Tapes | None = None
    """Where evenings are kept for the shipped client."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self.clock = self._stack.enter_context(stopped_clock())
        self.loop = HandLoop(self.clock)
        self._stack.callback(self.loop.close)
        self.evening = Evening(self.clock, self.loop)
        self._stack.callback(self.evening.close)

    def teardown(self) -> None:
        try:
            if self.evening.model.steps and sys.exc_info()[0] is None:
                self.evening.check()
                if self.tapes is not None:
                    self.tapes.keep(self.evening)
        finally:
            self._stack.close()

    # -- the beginning -------------------------------------------------------------------------------------------

    @initialize(
        phase=st.sampled_from(PHASES),
        live=st.booleans(),
        silent=st.booleans(),
        sizes=st.sampled_from([(3, 2, 0), (3, 3, 0), (2, 2, 1), (4, 1, 1), (1, 0, 0)]),
    )
    def prepare(self, phase: str, live: bool, silent: bool, sizes: tuple[int, ...]) -> None:
        """People of two or three O's, cards, a vote, and how far it has come."""
        evening = self.evening
        for sector, n in zip(evening.model.sectors, sizes, strict=True):
            for _ in range(n):
                evening.join(evening.processes[0], sector)
        for number, screen in enumerate(evening.screens):
            evening.connect(screen, evening.processes[number % 2])
        self._everybody_hears()
        lead = evening.screens[0]
        words = {"title_en": "Step"}
        for kind, more in (
            ("collect", {"silent": silent}),
            ("vote", {"live": live, "rules": {"ballot": "dots", "budget": 2}}),
            ("reveal", {}),
        ):
            title = evening.commands._title()
            last = list(evening.model.steps)[-1:]
            subject = {"subject": last[0]} if kind == "reveal" else {}
            after = {"after": last[0]} if last else {}
            self._lead(
                lead, "agenda.add", {"kind": kind, "title_nl": title} | words | {"settings": more} | after | subject
            )
        if phase != "planned":
            self._play(lead, phase)
        self._everybody_hears()

    def _play(self, lead: Screen, phase: str) -> None:
        evening = self.evening
        collect, vote, _ = evening.model.steps
        round_ = next(iter(evening.model.rounds))
        self._lead(lead, "step.open", {"step": collect})
        for number, screen in enumerate(self._phones()):
            evening.commands.words.add(f"kaart {number}")
            content = {"step": collect, "text": f"kaart {number}", "aspect": "both", "lang": "nl"}
            screen.give("card.write", content | {"pillar": evening.model.pillars[0]})
        self._commit_all()
        if phase == "writing":
            return
        for card in list(evening.model.cards)[:3]:
            self._lead(lead, "card.tick", {"round": round_, "card": card, "on": True})
        if phase == "chosen":
            return
        self._lead(lead, "step.open", {"step": vote})
        if phase == "voting":
            return
        items = list(evening.model.items)
        for number, screen in enumerate(self._phones()):
            content = {"round": round_, "item": items[number % len(items)], "value": 1, "tap": 1}
            screen.give("vote.cast", content)
        self._commit_all()
        if phase == "revealed":
            self._lead(lead, "step.reveal", {"step": vote})

    def _lead(self, lead: Screen, do: str, content: Doc) -> None:
        lead.give(do, content)
        self._commit_all()

    def _commit_all(self) -> None:
        for process in self.evening.processes:
            self.evening.commit(process)

    def _everybody_hears(self) -> None:
        for process in self.evening.processes:
            self.evening.turn(process)
        for screen in self.evening.screens:
            screen.read()

    def _phones(self) -> list[Screen]:
        return [screen for screen in self.evening.screens if screen.audience is Audience.PHONE]

    def _screen(self, number: int) -> Screen:
        return self.evening.screens[number % len(self.evening.screens)]
