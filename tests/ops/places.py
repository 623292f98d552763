"""Two databases of one engine, for tests that copy one into the other."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from sessions.enums import Role
from sessions.exchange.consistent_read import read_consistently
from sessions.exchange.files import ARCHIVE, read_file
from sessions.models import Session

from ..databases import Settings, postgres_settings, sqlite_settings, use_database
from ..migrated import Migrated
from ..services import create_database, postgres_programs


@dataclass(frozen=True)
class Places:
    """`environment` and `folder` are those of a server on `served`, which has its tables; `empty` has none. `blocker`
    lets a test look into both.
    """

    environment: dict[str, str]
    folder: Path
    served: Settings
    empty: Settings
    blocker: DjangoDbBlocker

    @contextmanager
    def looking_into(self, settings: Settings) -> Iterator[None]:
        with self.blocker.unblock(), use_database(settings):
            yield


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def places(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    migrated: Migrated,
    django_db_blocker: DjangoDbBlocker,
) -> Places:
    folder = tmp_path / "served"
    if request.param == "sqlite":
        folder.mkdir()
        served = migrated.on_sqlite(folder / "cocreation.sqlite3")
        return Places({}, folder, served, sqlite_settings(tmp_path / "empty.sqlite3"), django_db_blocker)
    url: str = request.getfixturevalue("postgres_url")
    name = uuid.uuid4().hex[:12]
    monkeypatch.setenv("PATH", f"{postgres_programs()}{os.pathsep}{os.environ['PATH']}")
    address, empty = migrated.on_postgres(url, f"served_{name}"), create_database(url, f"empty_{name}")
    served = postgres_settings(address)
    return Places({"DATABASE_URL": address}, folder, served, postgres_settings(empty), django_db_blocker)


def export(code: str) -> bytes:
    """Return the session's zip of all files, as somebody of the core team downloads it."""
    with read_consistently():
        pk = Session.objects.get(code=code).pk
        return b"".join(read_file(found=ARCHIVE, session_id=pk, role=Role.CORE))
