"""REDIS_URL, in one notation for every way Redis is run, and what the channel layer and the health check make of it.

    redis://[[user]:password@]host[:6379][/db]               one server
    unix://[[user]:password@]/run/redis.sock[?db=0]          the same through a socket of the file system
    redis+sentinel://[[user]:password@]host[:26379],host…/master[/db]     Sentinels say who is master
    redis+cluster://[[user]:password@]host[:6379],host…      any of these nodes: a cluster passes a notification on to
    all

With `rediss` in place of `redis` the connection is TLS; `?ssl_ca_certs=/path/ca.pem` names the authority, and further
`ssl_…` options of redis-py pass too. Sentinels with a password of their own take `?sentinel_password=`, and
`?sentinel_username=`. Special characters in names and passwords are percent-encoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from redis import Redis
from redis.asyncio.connection import Connection, SSLConnection
from redis.exceptions import ConnectionError, TimeoutError
from redis.sentinel import Sentinel

from .environment import BadSetting
from .speech import gettext_noop as _

Node = tuple[str, int]
PORTS = {"one": 6379, "sentinel": 26379, "cluster": 6379}
PATIENCE = {"socket_connect_timeout": 1.0}
"""Seconds for opening a connection. Reading has no limit there: a notification may be silent for hours."""
NUMBERS = ("db", "socket_connect_timeout", "socket_timeout", "health_check_interval")
PASSED = ("ssl_", *NUMBERS)


class BadRedisAddress(BadSetting):
    """Says in one sentence what is wrong with REDIS_URL, without repeating it: it may hold a password."""


@dataclass(frozen=True)
class RedisAddress:
    """Where Redis is. `kind` is one, sentinel or cluster; `nodes` are Sentinels for the second."""

    kind: str
    nodes: tuple[Node, ...] = ()
    path: str = ""
    master: str = ""
    tls: bool = False
    options: dict[str, Any] = field(default_factory=dict)
    """For a connection to Redis: user, password, db, TLS."""
    sentinel_options: dict[str, Any] = field(default_factory=dict)

    def layer_host(self) -> dict[str, Any]:
        """Return the entry for `hosts` of channels_redis."""
        options = PATIENCE | self.options
        if self.kind == "sentinel":
            asked = PATIENCE | {"socket_timeout": 1.0} | self._tls() | self.sentinel_options
            way = {"sentinels": list(self.nodes), "master_name": self.master, "sentinel_kwargs": asked}
            return options | self._tls() | way
        if self.path:
            return options | {"address": f"unix://{self.path}"}
        kind = _AnyNodeTLS if self.tls else _AnyNode
        return options | {"connection_class": kind, "nodes": self.nodes}

    def ping(self) -> None:
        """Ask whether it is there, within about a second per node. Raises RedisError or OSError."""
        patience = {"socket_connect_timeout": 1.0, "socket_timeout": 1.0, "retry": None}
        failure: Exception = ConnectionError("no node")
        for client in self._clients(patience):
            try:
                client.ping()
                return
            except (ConnectionError, TimeoutError, OSError) as error:
                failure = error
            finally:
                client.close()
        raise failure

    def _clients(self, patience: dict[str, Any]) -> Iterator[Redis]:
        options = self.options | patience
        if self.kind == "sentinel":
            told = self._tls() | self.sentinel_options | patience
            sentinel = Sentinel(self.nodes, sentinel_kwargs=told)  # type: ignore[no-untyped-call]
            yield sentinel.master_for(self.master, **(options | self._tls()))  # type: ignore[no-untyped-call]
        elif self.path:
            yield Redis(unix_socket_path=self.path, **options)
        else:
            for host, port in self.nodes:
                yield Redis(host=host, port=port, ssl=self.tls, **options)

    def _tls(self) -> dict[str, Any]:
        own = {name: value for name, value in self.options.items() if name.startswith("ssl_")}
        return own | ({"ssl": True} if self.tls else {})


def parse_redis(url: str, *, password: str = "") -> RedisAddress:
    """Return what `url` means; `password` replaces one in it. Raises BadRedisAddress."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise BadRedisAddress(_("REDIS_URL is not an address.")) from None
    scheme, __, kind = parts.scheme.partition("+")
    kind = kind or "one"
    if scheme not in ("redis", "rediss", "unix") or kind not in PORTS or (scheme == "unix" and kind != "one"):
        raise BadRedisAddress(_("REDIS_URL begins with redis, rediss or unix, and +sentinel or +cluster may follow."))
    who, __, hosts = parts.netloc.rpartition("@")
    options, sentinel_options = _options(parts.query)
    user, __, secret = who.partition(":")
    options |= {name: unquote(value) for name, value in (("username", user), ("password", secret)) if value}
    if password:
        options["password"] = password
    if scheme == "unix":
        return RedisAddress("one", path=unquote(parts.path), options=options)
    nodes = tuple(_node(host, PORTS[kind]) for host in hosts.split(","))
    if kind == "one" and len(nodes) != 1:
        raise BadRedisAddress(_("REDIS_URL names several hosts: say whether they are +sentinel or +cluster."))
    path = [unquote(step) for step in parts.path.strip("/").split("/") if step]
    master = path.pop(0) if kind == "sentinel" and path else ""
    if kind == "sentinel" and not master:
        raise BadRedisAddress(_("REDIS_URL with +sentinel ends in the master's name, as in …:26379/mymaster."))
    if len(path) > 1 or (path and not path[0].isdecimal()) or (path and kind == "cluster" and path != ["0"]):
        raise BadRedisAddress(_("The database in REDIS_URL is a number, and a cluster has only 0."))
    if path and kind != "cluster":
        options["db"] = int(path[0])
    if scheme == "redis" and any(name.startswith("ssl_") for name in options):
        raise BadRedisAddress(_("REDIS_URL has ssl options and no TLS: it begins with rediss then."))
    return RedisAddress(
        kind, nodes, master=master, tls=scheme == "rediss", options=options, sentinel_options=sentinel_options
    )


def _options(query: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what is for Redis and what is for the Sentinels."""
    options: dict[str, Any] = {}
    sentinel: dict[str, Any] = {}
    for name, value in parse_qsl(query):
        if name in ("sentinel_username", "sentinel_password"):
            sentinel[name.removeprefix("sentinel_")] = value
        elif not name.startswith(PASSED):
            raise BadRedisAddress(_("REDIS_URL has an option that is not known: %(name)s."), name=name)
        elif name == "ssl_check_hostname":
            options[name] = value.lower() not in ("0", "no", "false")
        else:
            try:
                options[name] = (int if name == "db" else float)(value) if name in NUMBERS else value
            except ValueError:
                raise BadRedisAddress(_("REDIS_URL has an option that is no number: %(name)s."), name=name) from None
    return options, sentinel


def _node(text: str, port: int) -> Node:
    try:
        parts = urlsplit(f"//{text}")
        node = (parts.hostname or "", parts.port or port)
    except ValueError:
        node = ("", 0)
    if not node[0]:
        raise BadRedisAddress(_("REDIS_URL names no host, or a port that is none."))
    return node


class _AnyNode(Connection):
    """A connection to the first of several nodes that answers; the next attempt begins with the one that did."""

    def __init__(self, *, nodes: tuple[Node, ...], **options: Any) -> None:
        self._nodes = nodes
        super().__init__(host=nodes[0][0], port=nodes[0][1], **options)

    async def _connect(self) -> None:
        start = self._nodes.index((self.host, self.port))
        failure: Exception | None = None
        for node in (*self._nodes[start:], *self._nodes[:start]):
            self.host, self.port = node
            try:
                await super()._connect()  # type: ignore[no-untyped-call]
                return
            except (OSError, ConnectionError, TimeoutError) as error:
                failure = error
        assert failure is not None
        raise failure


class _AnyNodeTLS(_AnyNode, SSLConnection):
    """The same over TLS."""
