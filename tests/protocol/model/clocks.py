"""The clock of the step that is on."""

from __future__ import annotations

from .known import Known
from .nouns import LONGEST_CLOCK_MS, Step


class Clocks(Known):
    def _clock_add(self, who: int, made: object, *, step: str, seconds: int) -> bool:
        found, more = self._open_step(step), seconds * 1000
        if found.paused is not None:
            found.paused = min(max(0, found.paused + more), LONGEST_CLOCK_MS)
        elif found.deadline is not None:
            ends = max(found.deadline, self.at) + more if more > 0 else found.deadline + more
            found.deadline = min(max(ends, self.at), self.at + LONGEST_CLOCK_MS)
        else:
            found.deadline = self.at + max(0, more)
        return True

    def _clock_pause(self, who: int, made: object, *, step: str) -> bool:
        found = self._open_step(step)
        return self._stop_clock(found)

    def _clock_start(self, who: int, made: object, *, step: str) -> bool:
        found = self._open_step(step)
        if found.deadline is not None:
            return False
        left = found.minutes * 60_000 if found.paused is None else found.paused
        found.deadline, found.paused = self.at + left, None
        return True

    def _stop_clock(self, step: Step) -> bool:
        if step.deadline is None:
            return False
        step.deadline, step.paused = None, max(0, int(step.deadline - self.at))
        return True
