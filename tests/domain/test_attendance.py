"""The count after a closing: whoever was there is counted once, and nothing is claimed that was not seen."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sessions.domain.attendance import (
    GRACE_MS,
    Attendance,
    ConfirmationReport,
    RemoteObservation,
    StepObservation,
    merge_reports,
)
from sessions.domain.documents import ClosingDoc, OpenDoc
from sessions.domain.moment import from_ms
from sessions.enums import StepState
from sessions.kinds import Keys as StepKind
from sessions.models import Step

OPENED, CLOSED = 1_000_000, 1_060_000
PEOPLE = range(1, 9)
EVERYBODY = set(PEOPLE)


def a_step(*, closed: int | None = None, opened: int = OPENED, revealed: dt.datetime | None = None) -> Step:
    state = StepState.OPEN if closed is None else StepState.CLOSED
    return Step(
        public_id="step00000000",
        kind=StepKind.COLLECT,
        state=state,
        opened_at=from_ms(opened),
        closed_at=from_ms(closed),
        revealed_at=revealed,
    )


class ObservedStep:
    """An attendance that looks at one step."""

    def __init__(self, *, since: int = OPENED - 10_000) -> None:
        self.attendance = Attendance()
        self.at = since
        self.look(None, set())

    def look(self, step: Step | None, present: set[int], **more: object) -> ClosingDoc | None:
        self.at += 1000
        closed = step if step is not None and step.state == StepState.CLOSED else None
        values = {"told": {}, "joined": dict.fromkeys(PEOPLE, 0), "answered": ()} | more
        self.attendance.observe(now=step, closed=closed, present=present, at=self.at, **values)  # type: ignore[arg-type]
        return self.attendance.count(closed=closed, present=present, people=EVERYBODY)


def says(*people: int, held: int = 0, at: int = CLOSED) -> dict[int, ConfirmationReport]:
    return {pk: ConfirmationReport("step00000000", at, held) for pk in people}


def counted(closing: ClosingDoc | None) -> tuple[int, int, int, int, bool]:
    assert closing is not None
    return closing.confirmed, closing.of, closing.sending, closing.silent, closing.whole


def test_phones_confirm_one_after_the_other_and_who_vanished_is_silent() -> None:
    evening = ObservedStep()
    evening.look(a_step(), {1, 2, 3, 4})
    evening.look(a_step(), {2, 3, 4})
    closed = a_step(closed=CLOSED)
    assert counted(evening.look(closed, {2, 3, 4})) == (0, 4, 3, 1, True)
    assert counted(evening.look(closed, {2, 3, 4}, told=says(2) | says(3, held=2))) == (1, 4, 2, 1, True)
    # Whoever confirmed and then went away stays confirmed; whoever vanished with answers does not.
    assert counted(evening.look(closed, {4})) == (1, 4, 1, 2, True)
    # The phone that was lost comes back and sends.
    assert counted(evening.look(closed, {1, 4}, told=says(1, held=1))) == (1, 4, 2, 1, True)
    assert counted(evening.look(closed, {1, 3, 4}, told=says(1, 3, 4))) == (4, 4, 0, 0, True)


def test_a_word_about_another_closing_confirms_nothing() -> None:
    evening = ObservedStep()
    evening.look(a_step(), {1, 2})
    assert counted(evening.look(a_step(closed=CLOSED), {1, 2}, told=says(1, 2))) == (2, 2, 0, 0, True)
    evening.look(a_step(), {1, 2}, told=says(1, 2))
    again = a_step(closed=CLOSED + 5000)
    assert counted(evening.look(again, {1, 2}, told=says(1, 2))) == (0, 2, 2, 0, True)
    assert counted(evening.look(again, {1, 2}, told=says(1, at=CLOSED + 5000))) == (1, 2, 1, 0, True)


def test_after_a_restart_it_is_not_certain_that_these_were_all() -> None:
    evening = ObservedStep(since=OPENED + 5000)
    evening.look(a_step(), {1, 2})
    assert counted(evening.look(a_step(closed=CLOSED), {1, 2}, told=says(1, 2))) == (2, 2, 0, 0, False)
    # It came back after the closing: those who answered were there, and those who tell of it.
    later = ObservedStep(since=CLOSED + 1000)
    assert counted(later.look(a_step(closed=CLOSED), {3}, told=says(3), answered={4})) == (1, 2, 0, 1, False)


def test_a_step_that_was_opened_and_closed_between_two_looks_was_watched() -> None:
    """At a look every second, a step of half a second is first seen when it is closed already."""
    evening = ObservedStep()
    closed = a_step(closed=CLOSED)
    assert counted(evening.look(closed, {1, 2}, told=says(1, 2))) == (2, 2, 0, 0, True)
    # A process that began only after the opening cannot say that these were all.
    later = ObservedStep(since=OPENED + 500)
    assert counted(later.look(closed, {1, 2}, told=says(1, 2))) == (2, 2, 0, 0, False)


def test_a_newcomer_after_the_closing_does_not_count() -> None:
    evening = ObservedStep()
    evening.look(a_step(), {1})
    joined = {1: 0, 2: CLOSED - 200, 3: CLOSED + 200}
    closing = evening.look(a_step(closed=CLOSED), {1, 2, 3}, told=says(1, 3), joined=joined)
    assert counted(closing) == (1, 2, 1, 0, True)


def test_late_answers_are_filed_until_the_grace_is_over_or_the_reveal_came() -> None:
    evening = ObservedStep()
    evening.look(a_step(), {1})
    closing = evening.look(a_step(closed=CLOSED), {1})
    assert closing is not None
    assert closing.until == CLOSED + GRACE_MS
    revealed = evening.look(a_step(closed=CLOSED, revealed=from_ms(CLOSED + 1)), {1})
    assert revealed is not None
    assert revealed.until is None
    assert evening.look(a_step(), {1}) is None


def test_while_a_step_is_open_a_phone_that_went_silent_is_not_forgotten() -> None:
    """One goes offline with a dot on it: it is not among the connected, and all is not in."""
    evening, step = ObservedStep(), a_step()
    evening.look(step, {1, 2, 3, 4})
    evening.look(step, {1, 2, 3})

    def asked(
        present: dict[int, int], *, answered: tuple[int, ...] = (), people: set[int] = EVERYBODY
    ) -> OpenDoc | None:
        return evening.attendance.count_open(now=step, present=present, answered=answered, people=people)

    assert asked({1: 0, 2: 0, 3: 0}) == OpenDoc(step=step.public_id, of=4, sending=0, silent=1, whole=True)
    assert asked({1: 0, 2: 2, 3: 0}) == OpenDoc(step=step.public_id, of=4, sending=1, silent=1, whole=True)
    assert asked({1: 0, 2: 0, 3: 0, 4: 1}) == OpenDoc(step=step.public_id, of=4, sending=1, silent=0, whole=True)
    # Who answered was there, also between two looks; who was retired holds nothing that counts.
    assert asked({1: 0}, answered=(5,)) == OpenDoc(step=step.public_id, of=5, sending=0, silent=4, whole=True)
    assert asked({1: 0, 2: 0, 3: 0}, people={1, 2, 3}) == OpenDoc(step.public_id, of=3, sending=0, silent=0, whole=True)
    closed = a_step(closed=CLOSED)
    assert evening.attendance.count_open(now=closed, present={}, answered=(), people=EVERYBODY) is None


def test_what_another_process_saw_counts_also_when_it_has_ended() -> None:
    evening = ObservedStep()
    there = {"step00000000": StepObservation([3, 4], whole=True)}
    evening.look(a_step(), {1, 2}, elsewhere=[RemoteObservation(there, None)])
    closed = a_step(closed=CLOSED)
    assert counted(evening.look(closed, {1, 2}, told=says(1, 2), elsewhere=[RemoteObservation(there, None)])) == (
        2,
        4,
        0,
        2,
        True,
    )


def test_a_process_that_came_later_knows_all_by_one_that_was_there() -> None:
    later = ObservedStep(since=OPENED + 5000)
    seen = [RemoteObservation({"step00000000": StepObservation([1, 2], whole=True)}, None)]
    later.look(a_step(), {2}, elsewhere=seen)
    assert counted(later.look(a_step(closed=CLOSED), {2}, told=says(2), elsewhere=seen)) == (1, 2, 0, 1, True)


def test_a_process_that_was_killed_while_the_step_was_open_may_have_seen_more() -> None:
    seen = {"step00000000": StepObservation([1, 2], whole=True)}
    for lost_at, whole in ((OPENED - 1, True), (OPENED + 1, False)):
        evening = ObservedStep()
        killed = [RemoteObservation(seen, lost_at)]
        evening.look(a_step(), {3}, elsewhere=killed)
        assert counted(evening.look(a_step(closed=CLOSED), {3}, elsewhere=killed)) == (0, 3, 1, 2, whole)


people = st.sets(st.sampled_from(PEOPLE))


@given(
    while_open=st.lists(people, min_size=1, max_size=6),
    after=st.lists(st.tuples(people, people, people), max_size=8),
    retired=people,
)
def test_everybody_who_was_there_is_counted_once(
    while_open: list[set[int]], after: list[tuple[set[int], set[int], set[int]]], retired: set[int]
) -> None:
    """Against a plain account: the last word of each phone, of those who were there at any time."""
    evening = ObservedStep()
    for present in while_open:
        evening.look(a_step(), present)
    there = set.union(*while_open)
    last: dict[int, int] = {}
    closed = a_step(closed=CLOSED)
    for number, (present, done, holding) in enumerate(after):
        if number == 0:
            there |= present  # they joined long before, and were there at the first look after the closing
        told = says(*holding & present, held=1) | says(*(done & present) - holding)
        last |= {pk: said.held for pk, said in told.items()}
        there |= set(told)
        evening.look(closed, present, told=told)
        counts = evening.attendance.count(closed=closed, present=present, people=EVERYBODY - retired)
        assert counts is not None
        confirmed = {pk for pk in there - retired if last.get(pk) == 0}
        assert counts.of == len(there - retired) == counts.confirmed + counts.sending + counts.silent
        assert counts.confirmed == len(confirmed)
        assert counts.sending == len((there - retired - confirmed) & present)


told = st.builds(ConfirmationReport, st.sampled_from(("a", "b")), st.integers(0, 1), st.integers(0, 2))


@given(one=told, two=told)
def test_two_phones_of_one_person_confirm_together_or_not_at_all(
    one: ConfirmationReport, two: ConfirmationReport
) -> None:
    both = merge_reports(one, two)
    assert both == merge_reports(two, one)
    assert merge_reports(one, None) is None
    if both is not None:
        assert both.held == max(one.held, two.held)
