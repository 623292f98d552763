from django.db import migrations

from sessions.models.schema import ValidateGently


class Migration(migrations.Migration):
    """Apart from the one before: rows are read without holding others up."""

    atomic = False

    dependencies = [
        ("workshop", "0010_stage"),
    ]

    operations = [
        ValidateGently(model_name="event", name="event_actor_known"),
    ]
