from django.db import migrations, models


class Migration(migrations.Migration):
    """What facilitators note of a step for themselves."""

    dependencies = [("workshop", "0037_message")]

    operations = [
        migrations.AddField("Step", "notes", models.TextField(blank=True, db_default="", default="", max_length=2000)),
    ]
