"""The answer to a scrape: the counters of metrics.py, and what is read only when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ..enums import Audience
from . import long_polls, redis_probe
from .hubs import count_sockets
from .metrics import registry
from .writer import writer

CONTENT_TYPE = CONTENT_TYPE_LATEST


class _Now(Collector):
    def collect(self) -> Iterator[Metric]:
        hubs, strangers, sockets = count_sockets()
        yield GaugeMetricFamily("cocreation_sessions_open", "Sessions with a hub in this process", hubs)
        connected = GaugeMetricFamily(
            "cocreation_sockets", "Sockets that were let in, by audience", labels=["audience"]
        )
        for audience in Audience:
            connected.add_metric([audience.value], sockets[audience])
        connected.add_metric(["waiting"], strangers)
        yield connected
        yield GaugeMetricFamily(
            "cocreation_http_lines", "Of these and of some that just ended: those over HTTP", long_polls.count()
        )
        yield GaugeMetricFamily("cocreation_queue_commands", "Commands that wait for the writer", writer.queue_length())
        if (up := redis_probe.last_probe()) is not None:
            yield GaugeMetricFamily("cocreation_redis_up", "Whether our own notification comes back", up)
        yield from _pool()


def _pool() -> Iterator[Metric]:
    """Tell of the connections to PostgreSQL; SQLite has none."""
    pool = getattr(connection, "pool", None)
    if pool is None:
        return
    stats = pool.get_stats()
    yield GaugeMetricFamily(
        "cocreation_database_connections_used",
        "Connections that are lent out",
        stats.get("pool_size", 0) - stats.get("pool_available", 0),
    )
    yield GaugeMetricFamily(
        "cocreation_database_connections_awaited", "Threads that wait for one", stats.get("requests_waiting", 0)
    )
    yield CounterMetricFamily(
        "cocreation_database_connection_wait_seconds",
        "Time that threads waited for a connection",
        stats.get("requests_wait_ms", 0) / 1000,
    )


registry.register(_Now())


def render() -> bytes:
    """Return the text format of Prometheus."""
    return generate_latest(registry)
