"""Attendance of a step: who was connected while it took answers, and who confirmed after closing that nothing is
unsent.

Pure: times and people in, counts out. A process keeps one per session (live/attendances.py), also while nobody is
connected and its hub has ended: then nobody is there whom it could miss. Its hub lets it see the room every second.
With several processes each tells what it saw. What none of them saw is not claimed to be known: after a process was
killed or began anew while the step was open, the count is not `whole`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from typing import NamedTuple, TypeGuard

from ..enums import StepState
from ..limits import GRACE
from ..models import Step
from .documents import ClosingDoc, OpenDoc
from .moment import to_ms
from .revealed import is_revealed
from .rules import takes_answers

GRACE_MS = int(GRACE.total_seconds() * 1000)


class ConfirmationReport(NamedTuple):
    """A phone's report: of this step, closed at this moment, so many answers are unsent."""

    step: str
    at: int
    held: int


def merge_reports(one: ConfirmationReport | None, two: ConfirmationReport | None) -> ConfirmationReport | None:
    """Merge the reports of two phones of one person: None unless both are about the same closing."""
    if one is None or two is None or one[:2] != two[:2]:
        return None
    return one if one.held >= two.held else two


class StepObservation(NamedTuple):
    """What one process observed of a step. `whole`: it observed it from the opening on."""

    people: Collection[int]
    whole: bool


class RemoteObservation(NamedTuple):
    """What another process observed: step → people. `lost_at`: it was killed at this moment or before, in ms."""

    steps: Mapping[str, StepObservation]
    lost_at: int | None


def is_asking(step: Step | None) -> TypeGuard[Step]:
    """Whether people may answer in it now."""
    return step is not None and step.state == StepState.OPEN and takes_answers(step)


class Attendance:
    """See the module."""

    def __init__(self) -> None:
        self._since: int | None = None
        self._there: dict[str, set[int]] = {}
        """Step → people who were present while it was open."""
        self._whole: set[str] = set()
        """Steps that were watched from their opening on."""
        self._elsewhere: Sequence[RemoteObservation] = ()
        self._closing: tuple[str, int] | None = None
        self._confirmed: set[int] = set()

    def observe(
        self,
        *,
        now: Step | None,
        closed: Step | None,
        present: Collection[int],
        told: Mapping[int, ConfirmationReport],
        joined: Mapping[int, int],
        answered: Collection[int],
        at: int,
        elsewhere: Sequence[RemoteObservation] = (),
    ) -> None:
        """Record the room at a moment. `now`: the step that is on or was last. `closed`: the answer step closed last.
        `present`: who is connected. `told`: person → report of their phones. `joined`: person → when, in ms.
        `answered`: who answered in `closed`.

        `now`: the step that is on or was last. `closed`: the one for answers closed last. `present`: who is connected.
        `told`: person → what their phones say. `joined`: person → when, in ms. `answered`: who answered in `closed`.
        """
        if self._since is None:
            self._since = at
        self._elsewhere = elsewhere
        if is_asking(now):
            self._watch(now, present)
        if closed is None:
            self._closing = None
            return
        key = (closed.public_id, to_ms(closed.closed_at) or 0)
        # The step may have been opened and closed between two observations.
        self._watch(closed, ())
        there = self._there[closed.public_id]
        if key != self._closing:
            self._closing, self._confirmed = key, set()
            # Between the last look and the closing somebody may have come in; who answered was there in any case.
            there.update(pk for pk in present if joined.get(pk, key[1] + 1) <= key[1])
        there.update(answered)
        for pk, said in told.items():
            if said[:2] != key:
                continue
            if said.held:
                self._confirmed.discard(pk)
            else:
                self._confirmed.add(pk)
            if joined.get(pk, key[1] + 1) <= key[1]:
                there.add(pk)

    def _watch(self, step: Step, present: Collection[int]) -> None:
        if step.public_id not in self._there:
            self._there[step.public_id] = set()
            if self._since is not None and self._since <= (to_ms(step.opened_at) or 0):
                self._whole.add(step.public_id)
        self._there[step.public_id].update(present)
        self._there[step.public_id].update(self._seen_elsewhere(step))

    def _seen_elsewhere(self, step: Step) -> Iterable[int]:
        for other in self._elsewhere:
            if seen := other.steps.get(step.public_id):
                yield from seen.people

    def _is_whole(self, step: Step) -> bool:
        opened = to_ms(step.opened_at) or 0
        if any(other.lost_at is not None and other.lost_at >= opened for other in self._elsewhere):
            return False
        name = step.public_id
        return name in self._whole or any(name in other.steps and other.steps[name].whole for other in self._elsewhere)

    def tell(self, *steps: Step | None) -> dict[str, StepObservation]:
        """Return what this process observed of these steps, for its report."""
        names = [step.public_id for step in steps if step is not None and step.public_id in self._there]
        return {name: StepObservation(sorted(self._there[name]), name in self._whole) for name in names}

    def count_open(
        self, *, now: Step | None, present: Mapping[int, int], answered: Collection[int], people: Set[int]
    ) -> OpenDoc | None:
        """Return the phones of the step that is on. `present`: person → answers that their phone still has to send."""
        if not is_asking(now) or now.public_id not in self._there:
            return None
        there = (self._there[now.public_id] | set(answered)) & people
        return OpenDoc(
            step=now.public_id,
            of=len(there),
            sending=sum(1 for pk in there if present.get(pk)),
            silent=sum(1 for pk in there if pk not in present),
            whole=self._is_whole(now),
        )

    def count(self, *, closed: Step | None, present: Collection[int], people: Set[int]) -> ClosingDoc | None:
        """Return the count of the step closed last. `people`: who takes part, without those who were retired."""
        if closed is None or self._closing is None or self._closing[0] != closed.public_id:
            return None
        at = self._closing[1]
        there = self._there[closed.public_id] & people
        confirmed = there & self._confirmed
        open_ = there - confirmed
        sending = sum(1 for pk in open_ if pk in present)
        return ClosingDoc(
            step=closed.public_id,
            at=at,
            until=None if is_revealed(closed) else at + GRACE_MS,
            of=len(there),
            confirmed=len(confirmed),
            sending=sending,
            silent=len(open_) - sending,
            whole=self._is_whole(closed),
        )
