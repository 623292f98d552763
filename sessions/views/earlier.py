"""The pages of what a phone may see of all steps, kept for everybody until a line of the log changes it.

Votes, cards that are written and people who join change nothing of it, so a room that looks back while it votes reads
the tables once.
"""

from __future__ import annotations

import time
from threading import Lock

from ..domain.earlier import pack_earlier
from ..domain.log import LogKind
from ..domain.state import State
from ..exchange.consistent_read import read_consistently
from .kept_pages import Kept, KeptPages, read_number

SILENT = (
    LogKind.VOTE_CAST,
    LogKind.CARD_WRITTEN,
    LogKind.CARD_EDITED,
    LogKind.PARTICIPANT_JOINED,
    LogKind.PARTICIPANT_WENT_ON,
    LogKind.STAGE_SHOWN,
    LogKind.DONE_SAID,
    LogKind.BALLOT_ADDED,
    LogKind.BALLOT_EDITED,
    LogKind.BALLOT_REMOVED,
)
"""Lines after which it is the same as before. A card that stands in an opened round cannot be edited any more. With any
other the pages' number changes, which tells to the millisecond when it happened: none of these is to be told so.
"""

_pages: KeptPages[None, list[bytes]] = KeptPages(silent=SILENT)
_making = [Lock() for _ in range(16)]
"""Held while pages are made, one for every sixteenth session: a room that looks back at once must not make them a dozen
times.
"""


def read_earlier(session_id: int) -> Kept[list[bytes]]:
    """Return the pages as the session stands now. Raises Session.DoesNotExist."""
    if (kept := _pages.find(session_id, None)) is not None:
        return kept
    with _making[session_id % len(_making)]:
        if (kept := _pages.find(session_id, None)) is not None:
            return kept
        began = time.monotonic()
        with read_consistently():
            epoch, seq = read_number(session_id)
            pages = pack_earlier(State.load_agenda(session_id), seq=seq)
        return _pages.keep(session_id, None, epoch=epoch, seq=seq, at=began, pages=pages)
