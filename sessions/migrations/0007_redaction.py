from django.db import migrations, models

from sessions.models.schema import AddConstraintGently


class Migration(migrations.Migration):
    dependencies = [
        ("workshop", "0006_deletion"),
    ]

    operations = [
        migrations.AddField(
            model_name="contribution",
            name="destroyed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="reason",
            field=models.CharField(
                choices=[
                    ("name", "a name or other personal data"),
                    ("off_topic", "off topic"),
                    ("rude", "rude"),
                    ("double", "double"),
                    ("unknown", "hidden before there were reasons"),
                ],
                max_length=12,
                null=True,
            ),
        ),
        migrations.RemoveConstraint(model_name="contribution", name="contribution_has_text"),
        AddConstraintGently(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("text__length__gte", 1),
                    ("withdrawn_at__isnull", False),
                    ("destroyed_at__isnull", False),
                    _connector="OR",
                ),
                name="contribution_has_text",
            ),
        ),
        AddConstraintGently(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason__isnull", True), ("reason__in", ["name", "off_topic", "rude", "double"]), _connector="OR"
                ),
                name="contribution_reason_known",
            ),
        ),
        AddConstraintGently(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("destroyed_at__isnull", True),
                    models.Q(("hidden_at__isnull", False), ("text", "")),
                    _connector="OR",
                ),
                name="contribution_destroyed_stays",
            ),
        ),
    ]
