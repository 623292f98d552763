from django.db import migrations, models

from sessions.models.schema import AddIndexGently, ValidateGently


class Migration(migrations.Migration):
    """Apart from the one before: an index that is built while others write cannot be in a transaction."""

    atomic = False

    dependencies = [
        ("workshop", "0007_redaction"),
    ]

    operations = [
        AddIndexGently(
            model_name="contribution",
            index=models.Index(
                condition=models.Q(("destroyed_at__isnull", True), ("hidden_at__isnull", False)),
                fields=["hidden_at"],
                name="contribution_to_destroy",
            ),
        ),
        ValidateGently(model_name="contribution", name="contribution_has_text"),
        ValidateGently(model_name="contribution", name="contribution_reason_known"),
        ValidateGently(model_name="contribution", name="contribution_destroyed_stays"),
    ]
