from django.db import migrations, models

from sessions.models.schema import AddConstraintGently, AlterChoices


class Migration(migrations.Migration):
    """Projectors are turned: where they are, and that a projector's link may be who did it."""

    dependencies = [
        ("workshop", "0009_approval"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="stage",
            field=models.JSONField(null=True),
        ),
        migrations.RemoveConstraint(
            model_name="event",
            name="event_actor_known",
        ),
        AddConstraintGently(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("actor_kind__in", ["participant", "member", "stage", "system"])),
                name="event_actor_known",
            ),
        ),
        AlterChoices(
            model_name="event",
            name="actor_kind",
            field=models.CharField(
                choices=[
                    ("participant", "participant"),
                    ("member", "member"),
                    ("stage", "projector"),
                    ("system", "system"),
                ],
                max_length=12,
            ),
        ),
    ]
