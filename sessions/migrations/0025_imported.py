from django.db import migrations, models


class Migration(migrations.Migration):
    """An imported item keeps its name in the file; an imported person may be of no O."""

    dependencies = [("workshop", "0024_editions")]

    operations = [
        migrations.AddField(
            "Item", "source_id", models.CharField(max_length=80, blank=True, default="", db_default="")
        ),
        migrations.AddField("Participant", "in_sector", models.BooleanField(default=True, db_default=True)),
    ]
