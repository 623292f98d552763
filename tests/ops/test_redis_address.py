"""REDIS_URL: what each notation means, and what is refused with a sentence that keeps the password to itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from cocreation.environment import read
from cocreation.redis_address import BadRedisAddress, parse_redis


@pytest.mark.parametrize(
    ("url", "kind", "nodes", "options"),
    [
        ("redis://localhost", "one", (("localhost", 6379),), {}),
        ("redis://h:7/2", "one", (("h", 7),), {"db": 2}),
        ("redis://:p%40ss@h", "one", (("h", 6379),), {"password": "p@ss"}),
        ("redis://me:pw@[::1]:7", "one", (("::1", 7),), {"username": "me", "password": "pw"}),
        ("redis+cluster://:pw@a,b:7002", "cluster", (("a", 6379), ("b", 7002)), {"password": "pw"}),
        ("redis+cluster://a/0", "cluster", (("a", 6379),), {}),
        ("redis+sentinel://a,b:7/main/3", "sentinel", (("a", 26379), ("b", 7)), {"db": 3}),
    ],
)
def test_what_it_means(url: str, kind: str, nodes: tuple[tuple[str, int], ...], options: dict[str, object]):
    address = parse_redis(url)
    assert (address.kind, address.nodes, address.options, address.tls) == (kind, nodes, options, False)


def test_tls_and_its_authority():
    address = parse_redis("rediss://h?ssl_ca_certs=/etc/ca.pem&ssl_check_hostname=false")
    assert address.tls
    assert address.options == {"ssl_ca_certs": "/etc/ca.pem", "ssl_check_hostname": False}
    sentinels = parse_redis("rediss+sentinel://:pw@h/main?ssl_ca_certs=/ca.pem&sentinel_password=other").layer_host()
    assert (sentinels["ssl"], sentinels["master_name"], sentinels["password"]) == (True, "main", "pw")
    asked = sentinels["sentinel_kwargs"]
    assert (asked["ssl"], asked["ssl_ca_certs"], asked["password"]) == (True, "/ca.pem", "other")


def test_a_password_beside_the_address_needs_no_encoding():
    assert parse_redis("redis://h", password="a/b@c:d").options == {"password": "a/b@c:d"}
    assert parse_redis("unix:///run/redis.sock", password="pw").layer_host()["address"] == "unix:///run/redis.sock"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://:secret@h", "begins with redis"),
        ("redis+ring://:secret@h", "may follow"),
        ("redis://:secret@a,b", "several hosts"),
        ("redis+sentinel://:secret@a,b", "master's name"),
        ("redis+cluster://:secret@a/3", "only 0"),
        ("redis://:secret@h/one", "is a number"),
        ("redis://:secret@h:port", "names no host"),
        ("redis://:secret@", "names no host"),
        ("redis://:secret@h?ssl_ca_certs=/ca.pem", "begins with rediss"),
        ("redis://:secret@h?max_connections=1", "not known: max_connections"),
    ],
)
def test_what_is_refused(url: str, says: str):
    with pytest.raises(BadRedisAddress) as refused:
        parse_redis(url)
    assert says in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_setting_comes_from_the_environment_or_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "secret").write_text("from a file\n")
    monkeypatch.delenv("A_SETTING", raising=False)
    assert read("A_SETTING", "default") == "default"
    monkeypatch.setenv("A_SETTING_FILE", str(tmp_path / "secret"))
    assert read("A_SETTING", "default") == "from a file"
    monkeypatch.setenv("A_SETTING", "from the environment")
    assert read("A_SETTING", "default") == "from the environment"
