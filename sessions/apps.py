from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.models.signals import post_migrate


class WorkshopConfig(AppConfig):
    """The folder is `sessions`; Django's own session app already owns that label."""

    name = "sessions"
    label = "workshop"
    verbose_name = "Workshop sessions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import kinds  # noqa: F401 - registers the step kinds
        from .views import checks  # noqa: F401 - registers what `manage.py check` says of a missing build

        post_migrate.connect(_adopt_rounds, sender=self)


def _adopt_rounds(using: str, **_: Any) -> None:
    """After every migrate: make publications of rounds that were revealed before publications existed. Repeated because
    an earlier migrate may have ended before it came to this.

    After every migrate, not only after the one that brought the table: that one may have ended before it came to this.
    """
    if _is_up_to_date(using):
        from .domain.publication import adopt

        adopt()


def _is_up_to_date(using: str) -> bool:
    loader = MigrationLoader(connections[using])
    ours = {found for found in loader.disk_migrations if found[0] == WorkshopConfig.label}
    return ours <= set(loader.applied_migrations)
