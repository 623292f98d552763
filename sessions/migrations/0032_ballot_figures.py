import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Figures that are made of whole ballots, each published once per round."""

    dependencies = [("workshop", "0031_planned_length")]

    operations = [
        migrations.CreateModel(
            name="BallotFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                ("publication", models.PositiveSmallIntegerField(null=True)),
                ("parameters", models.JSONField()),
                ("figures", models.JSONField(null=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ballot_figures",
                        to="workshop.round",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["round", "name"], name="ballot_figure_once")],
            },
        ),
    ]
