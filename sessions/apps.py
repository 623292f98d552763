from django.apps import AppConfig


class WorkshopConfig(AppConfig):
    """The folder is `sessions`; Django's own session app already owns that label."""

    name = "sessions"
    label = "workshop"
    verbose_name = "Workshop sessions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .views import checks  # noqa: F401 - registers what `manage.py check` says of a missing build
