"""Every change of the schema leaves the code of before at work: it reads, changes and adds rows as it did."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models import Q

from sessions.kinds import Keys as StepKind
from sessions.models.ids import new_id
from sessions.models.schema import AddConstraintGently, AddIndexGently, AlterChoices, DropKeyIndex, ValidateGently

from ..factory import make_room
from ..server import ROOT
from .expand import find_trouble

APP = "workshop"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def names() -> list[str]:
    """Return the app's migrations in their order."""
    return sorted(name for app, name in MigrationLoader(None).disk_migrations if app == APP)


def names_since_cut() -> list[str]:
    """Return the migrations from the newest `clean_cut` on: there was no release before it, and no code of before."""
    found = MigrationLoader(None).disk_migrations
    cuts = [name for name in names() if getattr(found[APP, name], "clean_cut", False)]
    return names()[names().index(cuts[-1]) :]


def test_every_migration_after_the_cut_only_adds() -> None:
    loader = MigrationLoader(None)
    trouble = [
        sentence
        for name in names_since_cut()[1:]
        for sentence in find_trouble(loader.disk_migrations[APP, name], version=VERSION)
    ]
    assert trouble == []


WIDER = Q(state__in=["planned", "gone"])
BAD: list[list[Operation]] = [
    [migrations.AddField("step", "colour", models.CharField(max_length=9, default="red"))],
    [migrations.RemoveField("step", "minutes")],
    [migrations.RenameField("step", "minutes", "long")],
    [migrations.AlterField("step", "minutes", models.SmallIntegerField())],
    [migrations.DeleteModel("Organisation")],
    [migrations.RemoveConstraint("step", "step_state_known")],
    [migrations.AddConstraint("step", models.CheckConstraint(condition=WIDER, name="step_state_known"))],
    [migrations.AddIndex("step", models.Index(fields=["kind"], name="step_by_kind"))],
    [migrations.RunSQL("UPDATE workshop_step SET minutes = 1")],
]
GOOD: list[list[Operation]] = [
    [migrations.AddField("step", "colour", models.CharField(max_length=9, null=True))],
    [migrations.AddField("step", "colour", models.CharField(max_length=9, db_default="red"))],
    [AlterChoices("step", "state", models.CharField(max_length=12, choices=[("gone", "gone")]))],
    [
        migrations.RemoveConstraint("step", "step_state_known"),
        AddConstraintGently("step", models.CheckConstraint(condition=WIDER, name="step_state_known")),
    ],
]


def migration(name: str, operations: list[Operation], **more: Any) -> migrations.Migration:
    made = type("Migration", (migrations.Migration,), {"operations": operations, **more})
    return made(name, APP)


@pytest.mark.parametrize("operations", BAD, ids=lambda found: found[0].describe())
def test_what_the_code_of_before_cannot_live_with_is_found(operations: list[Operation]) -> None:
    assert len(find_trouble(migration("0009_more", operations), version="1.0.0")) == 1


@pytest.mark.parametrize("operations", GOOD, ids=lambda found: found[0].describe())
def test_what_it_can_live_with_is_not(operations: list[Operation]) -> None:
    assert find_trouble(migration("0009_more", operations), version="1.0.0") == []


def test_what_is_no_longer_used_goes_one_release_later() -> None:
    gone: list[Operation] = [migrations.RemoveField("step", "minutes")]
    assert find_trouble(migration("0009_contract_minutes", gone), version="1.1.0")
    assert find_trouble(migration("0009_contract_minutes", gone, after_release="1.1.0"), version="1.1.0")
    assert find_trouble(migration("0009_contract_minutes", gone, after_release="1.0.0"), version="1.1.0") == []


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", names_since_cut())
def test_the_models_of_before_work_on_the_tables_of_now(name: str) -> None:
    """Read and written through Django's own memory of what the models were."""
    room = make_room()
    room.join("onderwijs", n=2)
    room.open_vote(items=3)
    before = MigrationExecutor(connection).loader.project_state((APP, name)).apps
    for model in before.get_app_config(APP).get_models():
        for row in model._default_manager.all()[:20]:
            row.save()
    session = before.get_model(APP, "Session").objects.get(pk=room.session.pk)
    step = before.get_model(APP, "Step").objects.create(
        session=session, public_id=new_id(), kind=StepKind.BREAK, position=9, title_nl="Pauze", title_en="Break"
    )
    person = session.participants.first()
    person.pk, person.public_id, person.token_hash = None, new_id(), None
    person.save(force_insert=True)
    assert room.session.steps.filter(pk=step.pk).exists()
    assert room.session.participants.count() == 3


@pytest.mark.usefixtures("database")
def test_what_is_added_gently_is_added_on_both_engines() -> None:
    """Without a transaction around it, as `atomic = False` says; and taken away again."""
    check = models.CheckConstraint(condition=Q(position__lte=9_999), name="step_position_sane")
    operations: list[Operation] = [
        AddConstraintGently("step", check),
        ValidateGently("step", check.name),
        AddIndexGently("step", models.Index(fields=["kind"], name="step_by_kind")),
    ]
    made = migration("0009_gently", operations, atomic=False)
    start = MigrationExecutor(connection).loader.project_state((APP, names()[-1]))
    with connection.cursor() as cursor:
        # Left behind by a process that ended before the migration was noted down.
        cursor.execute("CREATE INDEX step_by_kind ON workshop_step (position)")
    with connection.schema_editor(atomic=False) as editor:
        made.apply(start.clone(), editor)
    assert {check.name, "step_by_kind"} <= _constraints()
    with connection.schema_editor(atomic=False) as editor:
        made.unapply(start.clone(), editor)
    assert not {check.name, "step_by_kind"} & _constraints()


@pytest.mark.usefixtures("database")
def test_what_comes_thousands_a_second_has_no_index_twice() -> None:
    for table in ("workshop_vote", "workshop_ballot", "workshop_event"):
        assert not _repeated(table), table


@pytest.mark.usefixtures("database")
def test_the_index_of_a_key_goes_and_comes_back() -> None:
    key = models.ForeignKey("workshop.Session", models.CASCADE, related_name="steps", db_index=False)
    made = migration("0009_fewer", [DropKeyIndex("step", "session", key)])
    start = MigrationExecutor(connection).loader.project_state((APP, names()[-1]))
    before = _columns("workshop_step")
    with connection.schema_editor() as editor:
        made.apply(start.clone(), editor)
    assert before - _columns("workshop_step") == {("session_id",)}
    with connection.schema_editor() as editor:
        made.unapply(start.clone(), editor)
    assert _columns("workshop_step") == before


def _columns(table: str) -> set[tuple[str, ...]]:
    """Return the columns of each index."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table).values()
    return {tuple(told["columns"]) for told in found if told["index"]}


def _repeated(table: str) -> list[tuple[str, ...]]:
    """Return the indexes of which a longer one begins with the same columns."""
    found = _columns(table)
    return [one for one in found if any(one != other and other[: len(one)] == one for other in found)]


def _constraints() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, "workshop_step"))
