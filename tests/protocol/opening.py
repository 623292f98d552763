"""How a random scenario begins: people of two or three O's, cards, a vote, and how far it has come."""

from __future__ import annotations

import sys
from contextlib import ExitStack

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from sessions.enums import Audience

from .by_hand import HandLoop
from .clock import stopped_clock
from .recordings import Recordings
from .scenario import Scenario
from .screen import Doc, Screen

PHASES = ("planned", "writing", "chosen", "voting", "counted", "revealed")


class Opening(RuleBasedStateMachine):
    recordings: Recordings | None = None
    """Where scenarios are kept for the shipped client."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self.clock = self._stack.enter_context(stopped_clock())
        self.loop = HandLoop(self.clock)
        self._stack.callback(self.loop.close)
        self.scenario = Scenario(self.clock, self.loop)
        self._stack.callback(self.scenario.close)

    def teardown(self) -> None:
        try:
            if self.scenario.model.steps and sys.exc_info()[0] is None:
                self.scenario.check()
                if self.recordings is not None:
                    self.recordings.keep(self.scenario)
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
        scenario = self.scenario
        for sector, n in zip(scenario.model.sectors, sizes, strict=True):
            for _ in range(n):
                scenario.join(scenario.processes[0], sector)
        for number, screen in enumerate(scenario.screens):
            scenario.connect(screen, scenario.processes[number % 2])
        self._everybody_hears()
        lead = scenario.screens[0]
        words = {"title_en": "Step"}
        for kind, more in (
            ("collect", {"silent": silent}),
            ("vote", {"live": live, "rules": {"ballot": "dots", "budget": 2}}),
            ("reveal", {}),
        ):
            title = scenario.commands._title()
            last = list(scenario.model.steps)[-1:]
            subject = {"subject": last[0]} if kind == "reveal" else {}
            after = {"after": last[0]} if last else {}
            self._lead(
                lead, "agenda.add", {"kind": kind, "title_nl": title} | words | {"settings": more} | after | subject
            )
        if phase != "planned":
            self._play(lead, phase)
        self._everybody_hears()

    def _play(self, lead: Screen, phase: str) -> None:
        scenario = self.scenario
        collect, vote, _ = scenario.model.steps
        round_ = next(iter(scenario.model.rounds))
        self._lead(lead, "step.open", {"step": collect})
        for number, screen in enumerate(self._phones()):
            scenario.commands.words.add(f"kaart {number}")
            content = {"step": collect, "text": f"kaart {number}", "aspect": "both", "lang": "nl"}
            screen.give("card.write", content | {"pillar": scenario.model.pillars[0]})
        self._commit_all()
        if phase == "writing":
            return
        for card in list(scenario.model.cards)[:3]:
            self._lead(lead, "card.tick", {"round": round_, "card": card, "on": True})
        if phase == "chosen":
            return
        self._lead(lead, "step.open", {"step": vote})
        # Who votes in a round has heard of it.
        self._everybody_hears()
        if phase == "voting":
            return
        items = list(scenario.model.items)
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
        for process in self.scenario.processes:
            self.scenario.commit(process)

    def _everybody_hears(self) -> None:
        for process in self.scenario.processes:
            self.scenario.turn(process)
        for screen in self.scenario.screens:
            screen.read()

    def _phones(self) -> list[Screen]:
        return [screen for screen in self.scenario.screens if screen.audience is Audience.PHONE]

    def _screen(self, number: int) -> Screen:
        return self.scenario.screens[number % len(self.scenario.screens)]
