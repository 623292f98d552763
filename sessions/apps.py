from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WorkshopConfig(AppConfig):
    """The folder is `sessions`; Django's own session app already owns that label."""

    name = "sessions"
    label = "workshop"
    verbose_name = "Workshop sessions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .views import checks  # noqa: F401 - registers what `manage.py check` says of a missing build

        post_migrate.connect(_adopt_rounds, sender=self)


def _adopt_rounds(plan: Any = (), **_: Any) -> None:
    """After the tables for publications came: make publications of the rounds that were revealed before."""
    if any(migration.name == "0003_publications" and not backwards for migration, backwards in plan):
        from .domain.publication import adopt

        adopt()
