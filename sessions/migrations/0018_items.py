from django.db import migrations, models
from django.db.models import Q

from sessions.models.schema import AddConstraintGently


class Migration(migrations.Migration):
    """Items with words of their own: a price per round, the document they are from, the item they were carried from."""

    dependencies = [
        ("workshop", "0017_ballots"),
    ]

    operations = [
        migrations.AddField(
            "item", "document", models.CharField(blank=True, db_default="", default="", max_length=120)
        ),
        migrations.AddField("item", "origin", models.CharField(blank=True, db_default="", default="", max_length=12)),
        migrations.AddField("rounditem", "price", models.BigIntegerField(null=True)),
        AddConstraintGently(
            "rounditem",
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0), name="round_item_price_not_negative"
            ),
        ),
    ]
