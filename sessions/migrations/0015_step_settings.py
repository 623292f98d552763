from typing import Any

from django.db import migrations, models

FIELDS: dict[str, tuple[str, ...]] = {"collect": ("silent", "max_cards"), "vote": ("live", "budget", "max_per_item")}
"""Which columns said something, by kind. The others held their default."""


def keep_as_settings(apps: Any, schema_editor: Any) -> None:
    """Put what stood in columns into one value per step."""
    steps = apps.get_model("workshop", "Step").objects.using(schema_editor.connection.alias)
    for kind, fields in FIELDS.items():
        for step in steps.filter(kind=kind).only("pk", "settings", *fields).iterator():
            step.settings = {field: getattr(step, field) for field in fields}
            step.save(update_fields=["settings"])


def keep_as_columns(apps: Any, schema_editor: Any) -> None:
    """The way back."""
    steps = apps.get_model("workshop", "Step").objects.using(schema_editor.connection.alias)
    for kind, fields in FIELDS.items():
        for step in steps.filter(kind=kind).iterator():
            for field in fields:
                if field in step.settings:
                    setattr(step, field, step.settings[field])
            step.save(update_fields=fields)


class Migration(migrations.Migration):
    """What is set of a step is one value, typed by its kind; a kind needs no column and no constraint of its own."""

    clean_cut = True
    """The code of before does not live with it: see docs/decisions/0034."""

    dependencies = [
        ("workshop", "0014_forgotten_ballots"),
    ]

    operations = [
        migrations.AddField("step", "settings", models.JSONField(default=dict)),
        migrations.RunPython(keep_as_settings, keep_as_columns),
        migrations.RemoveConstraint("step", "step_kind_known"),
        migrations.RemoveConstraint("step", "step_budget_1_to_50"),
        migrations.RemoveConstraint("step", "step_max_1_to_50"),
        migrations.RemoveConstraint("step", "step_cards_1_to_100"),
        migrations.AlterField("step", "kind", models.CharField(max_length=12)),
        migrations.RemoveField("step", "silent"),
        migrations.RemoveField("step", "live"),
        migrations.RemoveField("step", "budget"),
        migrations.RemoveField("step", "max_per_item"),
        migrations.RemoveField("step", "max_cards"),
    ]
