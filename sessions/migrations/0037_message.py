from django.db import migrations, models


class Migration(migrations.Migration):
    """A message of the facilitator to all phones."""

    dependencies = [("workshop", "0036_fewer_indexes")]

    operations = [migrations.AddField("Session", "message", models.JSONField(null=True))]
