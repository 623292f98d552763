import django.db.models.deletion
from django.db import migrations, models

import sessions.models.ids


class Migration(migrations.Migration):
    """A programme keeps agendas and steps of its own to begin with."""

    dependencies = [("workshop", "0032_ballot_figures")]

    operations = [
        migrations.CreateModel(
            "KeptAgenda",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=sessions.models.ids.new_id, max_length=12, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("is_step", models.BooleanField()),
                ("kind", models.CharField(max_length=12)),
                ("minutes", models.PositiveSmallIntegerField(null=True)),
                ("steps", models.JSONField()),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workshop.programme",
                    ),
                ),
            ],
            options={"ordering": ["name", "id"]},
        ),
    ]
