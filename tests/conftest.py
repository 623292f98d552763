"""Databases and servers for the tests.

Tests that ask for `django_db` run on a SQLite file. Those that ask for `database` run on SQLite and on a real
PostgreSQL (depth.py says which in the usual run), and leave behind what they made: each makes its own programme.
"""

from __future__ import annotations

import gc
import sys
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils import translation
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker
from xdist.remote import Producer

from sessions.live import chance_job

from . import left_out
from . import server as servers
from .databases import Settings, postgres_settings, use_database
from .depth import is_for_later, mark_faults
from .emptying import empty_after_tests
from .fork_server import ForkServer, is_possible
from .migrated import Migrated
from .order import Pieces, place_of
from .pure import mark_pure
from .server import RunningServer
from .shared_postgres import SharedPostgres, ask_for_postgres
from .spent import Spent

settings.register_profile(
    "house",
    deadline=None,
    print_blob=True,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
settings.load_profile("house")

# A million rounds are half a second of processor for every password that a test types.
PBKDF2PasswordHasher.iterations = 1_000
empty_after_tests()


LANDLORD = pytest.StashKey[SharedPostgres]()
spent = Spent()


def pytest_configure(config: pytest.Config) -> None:
    servers.nursery = ForkServer() if is_possible() else None
    if not hasattr(config, "workerinput"):
        config.stash[LANDLORD] = SharedPostgres()


def pytest_unconfigure(config: pytest.Config) -> None:
    if servers.nursery is not None:
        servers.nursery.close()
    if LANDLORD in config.stash:
        config.stash[LANDLORD].close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that all processes end at about the same time; end with what is alone.

    First of all the marks, as `-m` chooses by them. A test that is asked for by its file or by `-k` runs always.
    """
    mark_pure(items)
    mark_faults(items)
    is_usual = not config.option.markexpr and not config.option.keyword
    if is_usual and not any(".py" in word for word in config.args):
        later = [item for item in items if is_for_later(item)]
        config.hook.pytest_deselected(items=later)
        items[:] = [item for item in items if item not in set(later)]
    items.sort(key=lambda item: place_of(item.nodeid))


def pytest_collection_finish() -> None:
    """Freeze what was imported, so that the garbage collector skips it."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Pieces:
    return Pieces(config, log)


def pytest_runtest_logfinish() -> None:
    """Let a test that failed take along the sockets it left open.

    Its frames hold them until the next test runs, which would then fail for them as well: one fault, one failure.
    """
    if getattr(sys, "last_traceback", None) is None:
        return
    for name in ("last_exc", "last_type", "last_value", "last_traceback"):
        if hasattr(sys, name):
            delattr(sys, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    spent.add(report)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    left_out.tell_what_was_left_out(terminalreporter)
    spent.tell(terminalreporter)


def pytest_runtest_setup() -> None:
    """In the language of the settings: a page that a test before asked for in another one leaves that behind."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _no_comparison_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process a round is compared with chance only where a test asks for it; servers do it by themselves."""
    monkeypatch.setattr(chance_job, "start", lambda work: None)


@pytest.fixture(scope="session")
def migrated(django_db_blocker: DjangoDbBlocker) -> Migrated:
    return Migrated(django_db_blocker)


@pytest.fixture(scope="session")
def django_db_setup(migrated: Migrated, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Use a file: a database in memory has one connection at a time and no write-ahead log."""
    with use_database(migrated.on_sqlite(tmp_path_factory.mktemp("django") / "test.sqlite3")):
        yield


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The address of a PostgreSQL that all processes of this run share, for who neither stops it nor fills it up."""
    return ask_for_postgres()


@pytest.fixture(scope="session")
def new_database(postgres_url: str, migrated: Migrated) -> Callable[[str], str]:
    """Make a database with today's schema and nothing in it; return its address."""
    return partial(migrated.on_postgres, postgres_url)


@pytest.fixture(scope="session")
def databases() -> dict[str, Settings]:
    """The databases that tests fill and leave so, by engine, made when first asked for."""
    return {}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.servers, pytest.mark.either_engine])])
def database(
    request: pytest.FixtureRequest,
    databases: dict[str, Settings],
    migrated: Migrated,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """Both engines. Its value is the engine's name."""
    engine: str = request.param
    yield from _use(engine, request, databases, migrated, tmp_path_factory, django_db_blocker)


@pytest.fixture
def postgresql(
    request: pytest.FixtureRequest,
    databases: dict[str, Settings],
    migrated: Migrated,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """PostgreSQL only. Mark such tests `servers`."""
    yield from _use("postgresql", request, databases, migrated, tmp_path_factory, django_db_blocker)


def _use(
    engine: str,
    request: pytest.FixtureRequest,
    databases: dict[str, Settings],
    migrated: Migrated,
    tmp_path_factory: pytest.TempPathFactory,
    blocker: DjangoDbBlocker,
) -> Iterator[str]:
    if engine not in databases and engine == "sqlite":
        databases[engine] = migrated.on_sqlite(tmp_path_factory.mktemp("domain") / "domain.sqlite3")
    elif engine not in databases:
        url: str = request.getfixturevalue("postgres_url")
        databases[engine] = postgres_settings(migrated.on_postgres(url, "domain"))
    with blocker.unblock(), use_database(databases[engine]):
        yield engine


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The program itself, on SQLite, for all tests that only talk to it."""
    with RunningServer(data_dir=Path(tmp_path_factory.mktemp("served"))) as running:
        yield running
