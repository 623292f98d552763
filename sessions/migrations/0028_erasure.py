from django.db import migrations, models

from sessions.models.schema import ValidateGently


class Migration(migrations.Migration):
    """One person can be erased from a session, which says afterwards how many were."""

    dependencies = [("workshop", "0027_consent")]

    operations = [
        migrations.AddField("Session", "erased", models.PositiveIntegerField(db_default=0, default=0)),
        ValidateGently("Session", "session_consent_known"),
    ]
