"""People go on in another browser: with a short code, in time or too late, or with a receipt, and from wherever."""

from __future__ import annotations

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import rule

from .opening import Opening

which = st.integers(0, 30)
WRONG = "QQQQQQQQ"


class Transfers(Opening):
    @rule(number=which, is_late=st.integers(0, 5))
    def shows_a_code(self, number: int, is_late: int) -> None:
        phones = self._phones()
        if phones:
            self.scenario.show_code(phones[number % len(phones)].actor, is_late=is_late == 5)

    @rule(number=which, other=which, place=which, by=st.sampled_from(["code", "code", "receipt", "wrong"]))
    def goes_on_elsewhere(self, number: int, other: int, place: int, by: str) -> None:
        """`other`: who the new browser was until now, or nobody; sometimes it waits at the door."""
        scenario, phones = self.scenario, self._phones()
        if not phones or len(scenario.screens) >= 16:
            return
        actor = phones[number % len(phones)].actor
        codes = {
            "code": [code for code, (person, _) in scenario.model.codes.items() if person == actor],
            "receipt": [code for code, person in scenario.model.receipts.items() if person == actor],
            "wrong": [],
        }[by] or [WRONG]
        here = phones[other % len(phones)].actor if other % 2 else None
        waits = next(iter(scenario.outside), None) if other % 3 == 0 else None
        note(f"{actor} goes on by {by}, where {here} was")
        process = scenario.processes[place % 2]
        screen = scenario.go_on(process, codes[place % len(codes)], instead_of=here, waiting=waits)
        if screen is not None:
            scenario.connect(screen, process)
