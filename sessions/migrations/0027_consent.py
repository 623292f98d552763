from django.db import migrations, models
from django.db.models import Q

from sessions.models.schema import AddConstraintGently

CHOICES = [("full", "everything"), ("chatham", "Chatham House"), ("figures", "figures only")]


class Migration(migrations.Migration):
    """People of a session agree to what may leave it."""

    dependencies = [("workshop", "0026_privacy_notice")]

    operations = [
        migrations.AddField(
            "Session", "consent", models.CharField(choices=CHOICES, db_default="full", default="full", max_length=8)
        ),
        AddConstraintGently(
            "Session",
            models.CheckConstraint(
                condition=Q(("consent__in", ["full", "chatham", "figures"])), name="session_consent_known"
            ),
        ),
    ]
