import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The simulated people of a rehearsal."""

    dependencies = [("workshop", "0034_erased_of")]

    operations = [
        migrations.CreateModel(
            name="Crowd",
            fields=[
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="workshop.session",
                    ),
                ),
                ("token", models.CharField(max_length=12)),
                ("people", models.PositiveSmallIntegerField()),
                ("pace", models.CharField(max_length=12)),
                ("joined", models.PositiveSmallIntegerField(default=0)),
                ("wrote", models.PositiveSmallIntegerField(default=0)),
                ("voted", models.PositiveSmallIntegerField(default=0)),
                ("beat_at", models.DateTimeField()),
                ("is_stopping", models.BooleanField(default=False)),
                ("ended_at", models.DateTimeField(null=True)),
                ("failed", models.BooleanField(default=False)),
            ],
        )
    ]
