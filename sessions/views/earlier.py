"""The pages of what a phone may see of all steps, kept for everybody until a line of the log changes it.

Votes, cards that are written and people who join change nothing of it, so a room that looks back while it votes reads
the tables once.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from threading import Lock

from ..domain.earlier import pack_earlier
from ..domain.log import LogKind
from ..domain.state import State
from ..exchange.consistent_read import read_consistently
from ..models import Event, Session

LASTS_S = 30.0
"""Nothing is kept longer: somebody who was erased is in no line of the log."""
SILENT = (
    LogKind.VOTE_CAST,
    LogKind.CARD_WRITTEN,
    LogKind.CARD_EDITED,
    LogKind.PARTICIPANT_JOINED,
    LogKind.PARTICIPANT_WENT_ON,
    LogKind.STAGE_SHOWN,
)
"""Lines after which it is the same as before. A card that stands in an opened round cannot be edited any more."""


@dataclass
class Kept:
    """The pages of one session. `number`: the log when they were read; `seq`: up to where nothing changed since."""

    epoch: str
    number: int
    seq: int
    at: float
    pages: list[bytes]


_kept: dict[int, Kept] = {}
_making: defaultdict[int, Lock] = defaultdict(Lock)
"""By session; held while its pages are made: a room that looks back at once must not make them a dozen times."""


def read_earlier(session_id: int) -> Kept:
    """Return the pages as the session stands now. Raises Session.DoesNotExist."""
    if (kept := _find(session_id)) is not None:
        return kept
    with _making[session_id]:
        if (kept := _find(session_id)) is not None:
            return kept
        began = time.monotonic()
        with read_consistently():
            epoch, seq = _read_number(session_id)
            pages = pack_earlier(State.load_agenda(session_id), seq=seq)
        kept = _kept[session_id] = Kept(epoch, seq, seq, began, pages)
        return kept


def _find(session_id: int) -> Kept | None:
    old = time.monotonic() - LASTS_S
    for found in [found for found, kept in list(_kept.items()) if kept.at < old]:
        _kept.pop(found, None)
        _making.pop(found, None)
    kept = _kept.get(session_id)
    if kept is None:
        return None
    known = kept.seq
    epoch, seq = _read_number(session_id)
    if epoch != kept.epoch or seq < known or _has_news(session_id, after=known, up_to=seq):
        return None
    kept.seq = max(kept.seq, seq)
    return kept


def _has_news(session_id: int, *, after: int, up_to: int) -> bool:
    lines = Event.objects.filter(session=session_id, seq__gt=after, seq__lte=up_to)
    return up_to > after and lines.exclude(kind__in=[kind.value for kind in SILENT]).exists()


def _read_number(session_id: int) -> tuple[str, int]:
    return Session.objects.values_list("epoch", "seq").get(pk=session_id)
