from django.db import migrations, models
from django.db.models import Q

from sessions.models.schema import AddIndexGently


class Migration(migrations.Migration):
    """Apart from the one before: the index is built without holding others up."""

    atomic = False

    dependencies = [("workshop", "0021_items_redacted")]

    operations = [
        AddIndexGently(
            "item", models.Index(fields=["hidden_at"], condition=Q(hidden_at__isnull=False), name="item_redacted")
        ),
    ]
