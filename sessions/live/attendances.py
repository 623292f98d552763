"""The attendance of each session, kept in this process from hub to hub.

A hub ends soon after its last socket. The next one needs the attendance: a new hub does not mean that the server was
away.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from ..domain.attendance import Attendance

MOST = 200
"""Sessions kept. Beyond it the one that was asked for longest ago is forgotten, and then counts as not whole."""


class Attendances:
    """See the module. Asked from reading threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, tuple[str, Attendance]] = OrderedDict()

    def of(self, session_id: int, *, epoch: str) -> Attendance:
        """Return the session's attendance; a new one when it was restored since."""
        with self._lock:
            known_epoch, attendance = self._kept.pop(session_id, ("", Attendance()))
            if known_epoch != epoch:
                attendance = Attendance()
            self._kept[session_id] = epoch, attendance
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
            return attendance


KEPT = Attendances()
