from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether the projectors give a sound when the time of a step is over."""

    dependencies = [("workshop", "0038_notes")]

    operations = [migrations.AddField("Session", "sound", models.BooleanField(db_default=False, default=False))]
