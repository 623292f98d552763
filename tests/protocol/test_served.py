"""One scenario on a real process that is killed in the middle; `make property ARGS=--processes` plays many."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from ..server import RunningServer
from .served import play_evenings


@pytest.mark.slow
def test_an_scenario_survives_its_server(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock(), RunningServer(data_dir=tmp_path) as server:
        play_evenings(server, scenarios=1, commands=12, kills=1, by_chance=False)
