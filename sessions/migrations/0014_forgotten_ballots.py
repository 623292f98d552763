from django.db import migrations, models

import sessions.models.publication
from sessions.models.schema import AlterDeletion


class Migration(migrations.Migration):
    """Nothing changes in the database: what a program does with the ballots of whoever is erased."""

    dependencies = [
        ("workshop", "0013_company"),
    ]

    operations = [
        AlterDeletion(
            model_name="publishedballot",
            name="participant",
            field=models.ForeignKey(
                null=True,
                on_delete=sessions.models.publication.forget_ballot,
                related_name="+",
                to="workshop.participant",
            ),
        ),
    ]
