"""Online schema changes: without long locks on PostgreSQL, plain on SQLite.

Django's own operations of this kind know PostgreSQL only, and our migrations run on both.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres import operations as postgres
from django.db import migrations


class AddIndexGently(postgres.AddIndexConcurrently):
    """Build an index while others write. The migration needs `atomic = False`.

    A process that ends before the migration is noted down leaves the index behind, on PostgreSQL perhaps one that is
    half built and never used. The next process builds it anew.
    """

    def database_forwards(self, app_label: Any, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        gently = "CONCURRENTLY " if _is_postgres(schema_editor) else ""
        schema_editor.execute(f"DROP INDEX {gently}IF EXISTS {schema_editor.quote_name(self.index.name)}")
        own = postgres.AddIndexConcurrently if _is_postgres(schema_editor) else migrations.AddIndex
        own.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: Any, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        own = postgres.AddIndexConcurrently if _is_postgres(schema_editor) else migrations.AddIndex
        own.database_backwards(self, app_label, schema_editor, from_state, to_state)


class AddConstraintGently(postgres.AddConstraintNotValid):
    """Hold new rows to a check at once; `ValidateGently` in a later migration looks through the old ones."""

    def database_forwards(self, app_label: Any, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        own = postgres.AddConstraintNotValid if _is_postgres(schema_editor) else migrations.AddConstraint
        own.database_forwards(self, app_label, schema_editor, from_state, to_state)


class AddUnique(migrations.AddConstraint):
    """A unique constraint on a table of few rows: in place of a stricter one, or of what older code does not write."""


class ValidateGently(postgres.ValidateConstraint):
    """Look through old rows without keeping others from writing. SQLite did it when the constraint came."""

    def database_forwards(self, app_label: Any, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if _is_postgres(schema_editor):
            super().database_forwards(app_label, schema_editor, from_state, to_state)


def _is_postgres(schema_editor: Any) -> bool:
    return bool(schema_editor.connection.vendor == "postgresql")


class _AlterNothing(migrations.AlterField):
    """A change that Django knows of and the table does not."""

    def database_forwards(self, *args: Any, **kwargs: Any) -> None:
        """Nothing to do."""

    def database_backwards(self, *args: Any, **kwargs: Any) -> None:
        """Nothing to do."""


class AlterChoices(_AlterNothing):
    """Other words that a field may hold: Django knows them, the table has a check for the same."""

    def describe(self) -> str:
        return f"Other choices for {self.name} on {self.model_name}"


class AlterDeletion(_AlterNothing):
    """What Django does with a row when the one it points to is deleted."""

    def describe(self) -> str:
        return f"Another deletion for {self.name} on {self.model_name}"


class DropKeyIndex(migrations.AlterField):
    """Drop the index that Django gave a foreign key: a unique constraint begins with the same column and serves for it.

    The table is not made anew, as Django would do on SQLite.
    """

    def database_forwards(self, app_label: Any, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table, column = self._place(app_label, from_state)
        with schema_editor.connection.cursor() as cursor:
            found = schema_editor.connection.introspection.get_constraints(cursor, table)
        for name, told in found.items():
            if told["index"] and not told["unique"] and told["columns"] == [column]:
                schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")

    def database_backwards(self, app_label: Any, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table, column = self._place(app_label, to_state)
        schema_editor.execute(
            f"CREATE INDEX {schema_editor.quote_name(f'{table}_{column}')} ON {schema_editor.quote_name(table)}"
            f" ({schema_editor.quote_name(column)})"
        )

    def describe(self) -> str:
        return f"No index of its own for {self.name} on {self.model_name}"

    def _place(self, app_label: str, state: Any) -> tuple[str, str]:
        meta = state.apps.get_model(app_label, self.model_name)._meta
        return meta.db_table, meta.get_field(self.name).column
