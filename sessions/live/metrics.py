"""What Prometheus may ask about this process. No label names a session, a person or an address.

Counted per batch, per turn and per refusal, never per vote; numbers that exist anyway (sockets, queue) are read when
somebody asks, in scrape.py.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.process_collector import ProcessCollector

from ..errors import Code

registry = CollectorRegistry()
ProcessCollector(registry=registry)

FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 15.0)
"""Seconds. The bounds that alerts need are among them: 0.2, 0.5, 1 and 2."""

_batch_size = Histogram(
    "cocreation_batch_commands",
    "Commands in one transaction of the writer",
    buckets=(1, 2, 5, 10, 20, 50, 100, 200, 400, 600),
    registry=registry,
)
commit_time = Histogram(
    "cocreation_commit_seconds", "One transaction of the writer, commit included", buckets=FAST, registry=registry
)
_repeated = Counter(
    "cocreation_answers_repeated", "Commands that came again and got their first answer", registry=registry
)
_refused = Counter("cocreation_answers_refused", "Frames and commands refused, by code", ["code"], registry=registry)
_refused_by = {code: _refused.labels(code=code.value) for code in Code}
_lag = Histogram(
    "cocreation_lag_seconds",
    "From a commit (or a notification from another process) to the last socket of this process written",
    buckets=FAST,
    registry=registry,
)
_turn_time = Histogram(
    "cocreation_turn_seconds", "One turn of a hub: reading, rendering, sending", buckets=FAST, registry=registry
)
_waits = Counter(
    "cocreation_database_waits",
    "Times that the database was away or busy and was tried again",
    ["by"],
    registry=registry,
)
_waits_by = {by: _waits.labels(by=by) for by in ("writer", "hub")}
bells_heard = Counter("cocreation_bells_heard", "Notifications through Redis, our own among them", registry=registry)
bells_unsent = Counter("cocreation_bells_unsent", "Notifications that Redis did not take", registry=registry)
bells_missed = Counter(
    "cocreation_bells_missed", "Changes that a hub found by polling, without a notification before", registry=registry
)
connections_shed = Counter(
    "cocreation_connections_closed",
    "Connections that were closed because they showed nothing in time (late) or to make room, by why",
    ["why"],
    registry=registry,
)
http_time = Histogram(
    "cocreation_http_seconds",
    "Page views and API calls, by the view's name and the status",
    ["view", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
    registry=registry,
)

_untold: dict[int, float] = {}
"""Session → time of the oldest commit that no turn has read yet."""


def count_batch(*, commands: int, repeats: int) -> None:
    """Count a committed batch."""
    _batch_size.observe(commands)
    if repeats:
        _repeated.inc(repeats)


def count_refused(code: Code) -> None:
    """Count refusals by code."""
    _refused_by[code].inc()


def count_wait(by: str) -> None:
    """Count retries because the database was unavailable. `by`: writer or hub."""
    _waits_by[by].inc()


def note_news(session_id: int) -> None:
    """Start measuring how long sockets lag behind a commit. From any thread."""
    _untold.setdefault(session_id, time.monotonic())


def forget_news(session_id: int) -> None:
    """Stop measuring this session: it has no sockets."""
    _untold.pop(session_id, None)


@contextmanager
def turn(session_id: int) -> Iterator[None]:
    """Measure a hub's turn. It covers commits before its start; later ones belong to the next turn."""
    began = time.monotonic()
    news = _untold.pop(session_id, None)
    try:
        yield
    except BaseException:
        if news is not None:
            _untold[session_id] = news
        raise
    ended = time.monotonic()
    _turn_time.observe(ended - began)
    if news is not None:
        _lag.observe(ended - news)
