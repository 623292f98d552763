from django.db import migrations, models


class Migration(migrations.Migration):
    """O's whose cards had no mark stay together where a mark would tell whose the others are."""

    dependencies = [
        ("workshop", "0012_moving"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="company",
            field=models.JSONField(null=True),
        ),
    ]
