from django.db import migrations, models
from django.db.models import Q

from sessions.models.schema import AddIndexGently, ValidateGently


class Migration(migrations.Migration):
    """Apart from the one before: rows are read, and an index built, without holding others up."""

    atomic = False

    dependencies = [
        ("workshop", "0018_items"),
    ]

    operations = [
        ValidateGently(model_name="rounditem", name="round_item_price_not_negative"),
        AddIndexGently("item", models.Index(fields=["origin"], condition=~Q(origin=""), name="item_by_origin")),
    ]
