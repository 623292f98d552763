"""The grace: for so long after closing an answer that was under way is still filed, unless the reveal comes first."""

from __future__ import annotations

import datetime as dt

from ...limits import GRACE


def is_within_grace(*, closed_at: dt.datetime | None, at: dt.datetime) -> bool:
    return closed_at is not None and at - closed_at <= GRACE
