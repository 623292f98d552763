"""Which changes of the schema the code of before can live with; see docs/decisions/0022.

`find_trouble` reads a migration's operations; it runs none of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.migrations import AddField, CreateModel, Migration, RemoveConstraint
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED

from sessions.models.schema import (
    AddConstraintGently,
    AddIndexGently,
    AddUnique,
    AlterChoices,
    AlterDeletion,
    DropKeyIndex,
    ValidateGently,
)

EXPANDS = (
    CreateModel,
    AddConstraintGently,
    AddUnique,
    AddIndexGently,
    AlterChoices,
    AlterDeletion,
    DropKeyIndex,
    ValidateGently,
)


def find_trouble(migration: Migration, *, version: str) -> list[str]:
    """Return what is wrong with a migration, in sentences. `version`: the one that is being made.

    A clean cut, before the first release, changes everything at once; no process of before goes on beside it.
    """
    if getattr(migration, "clean_cut", False):
        return []
    if "_contract_" in migration.name:
        after = getattr(migration, "after_release", None)
        if after is None:
            return [f"{migration.name}: say in `after_release` which release no longer used it"]
        if _numbers(after) >= _numbers(version):
            return [f"{migration.name}: release {after}, which no longer uses it, is not out yet"]
        return []
    found = [
        _trouble(operation, migration.operations[number + 1 :]) for number, operation in enumerate(migration.operations)
    ]
    return [f"{migration.name}: {sentence}" for sentence in found if sentence]


def _trouble(operation: Operation, later: Sequence[Operation]) -> str:
    if isinstance(operation, EXPANDS):
        return ""
    if isinstance(operation, AddField):
        has_default = operation.field.db_default is not NOT_PROVIDED
        if operation.field.null or operation.field.many_to_many or has_default:
            return ""
        return f"{operation.describe()}: the code of before does not fill it in; null=True or db_default"
    if isinstance(operation, RemoveConstraint) and any(_replaces(operation, other) for other in later):
        return ""
    return f"{operation.describe()}: the code of before may still need it; only in a migration named …_contract_…"


def _replaces(gone: RemoveConstraint, other: Operation) -> bool:
    """Whether a constraint that goes comes back in the same breath, wider; its rows are checked later."""
    if not isinstance(other, AddConstraintGently | AddUnique):
        return False
    return (other.model_name_lower, other.constraint.name) == (gone.model_name_lower, gone.name)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
