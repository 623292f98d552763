from django.db import migrations, models


class Migration(migrations.Migration):
    """How long a session is to take, and who was invited: what the check of its agenda counts with."""

    dependencies = [("workshop", "0030_acts")]

    operations = [
        migrations.AddField("Session", "minutes", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("Session", "invited", models.JSONField(null=True)),
    ]
