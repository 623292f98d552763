"""From which moment on who counts in a round, and under which O, no longer changes: its first figure."""

from __future__ import annotations

from ...models import Ballot, Round


def is_frozen(round_: Round) -> bool:
    """Return whether a figure of a round was shown (METHODS.md section 5).

    A live vote shows its first one when as many people as the threshold have voted. A ballot that counts goes on
    counting from then on, so who counts now tells whether there ever were as many; unless somebody was erased, whose
    ballot may have been one of them. The caller has written every vote of its batch.
    """
    if round_.threshold is None:
        return False
    if round_.session.erased or round_.publications.exists():
        return True
    return Ballot.objects.filter(round=round_, counted=True).count() >= round_.threshold
