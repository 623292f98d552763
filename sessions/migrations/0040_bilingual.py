from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether the projectors show both languages."""

    dependencies = [("workshop", "0039_sound")]

    operations = [migrations.AddField("Session", "bilingual", models.BooleanField(db_default=False, default=False))]
