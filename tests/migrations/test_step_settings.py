"""What was set of steps in columns is carried over into one value per step, and back again, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

from sessions.ballots.dots import DotsRules
from sessions.domain.kind import kind_of
from sessions.kinds.collect import CollectSettings
from sessions.kinds.vote import VoteSettings
from sessions.models import Step
from sessions.models.ids import new_id

from ..databases import postgres_settings, sqlite_settings, use_database
from ..services import create_database

APP, BEFORE, AFTER = "workshop", "0014_forgotten_ballots", "0015_step_settings"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def empty(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of its own, without a table."""
    if request.param == "sqlite":
        settings = sqlite_settings(tmp_path / "before.sqlite3")
    else:
        settings = postgres_settings(create_database(request.getfixturevalue("postgres_url"), f"before_{new_id()}"))
    with django_db_blocker.unblock(), use_database(settings):
        yield


def migrate(name: str) -> Any:
    """Bring the tables to this migration; return the models as they were then."""
    executor = MigrationExecutor(connection)
    executor.migrate([(APP, name)])
    return MigrationExecutor(connection).loader.project_state((APP, name)).apps


@pytest.mark.usefixtures("empty")
def test_old_steps_keep_what_was_set() -> None:
    models = migrate(BEFORE)
    words = {"title_nl": "a", "title_en": "a"}
    programme = models.get_model(APP, "Programme").objects.create(slug="p", name_nl="p", name_en="p")
    session = models.get_model(APP, "Session").objects.create(programme=programme, code="AAAA", **words)
    steps = models.get_model(APP, "Step").objects
    made = {
        "collect": steps.create(
            session=session, kind="collect", position=1, silent=False, max_cards=7, live=True, budget=9, **words
        ),
        "vote": steps.create(session=session, kind="vote", position=2, live=True, budget=4, max_per_item=2, **words),
        "plain": steps.create(session=session, kind="vote", position=3, **words),
        "break": steps.create(session=session, kind="break", position=4, **words),
    }
    migrate(AFTER)
    # Only what the table had then: the program of today knows more columns.
    now = {name: Step.objects.only("kind", "settings").get(pk=step.pk) for name, step in made.items()}
    assert {name: step.settings for name, step in now.items()} == {
        "collect": {"silent": False, "max_cards": 7},
        "vote": {"live": True, "budget": 4, "max_per_item": 2},
        "plain": {"live": False, "budget": None, "max_per_item": 1},
        "break": {},
    }
    typed = {name: kind_of(step).settings(step) for name, step in now.items()}
    assert typed["collect"] == CollectSettings(silent=False, max_cards=7)
    assert typed["vote"] == VoteSettings(live=True, rules=DotsRules(budget=4, most=2))
    assert typed["plain"] == VoteSettings()

    before = migrate(BEFORE).get_model(APP, "Step").objects
    back = before.get(pk=made["vote"].pk)
    assert (back.live, back.budget, back.max_per_item) == (True, 4, 2)
    back = before.get(pk=made["collect"].pk)
    assert (back.silent, back.max_cards) == (False, 7)
