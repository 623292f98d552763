from django.db import migrations, models


class Migration(migrations.Migration):
    """A programme tells people what is kept of them, in words of its own where it has any."""

    dependencies = [("workshop", "0025_imported")]

    operations = [migrations.AddField("Programme", "privacy", models.JSONField(null=True))]
