from django.db import migrations, models

REASONS = [
    ("name", "a name or other personal data"),
    ("off_topic", "off topic"),
    ("rude", "rude"),
    ("double", "double"),
    ("unknown", "hidden before there were reasons"),
]


class Migration(migrations.Migration):
    """An item's own words are redacted for a reason, as a card is."""

    dependencies = [("workshop", "0020_answered")]

    operations = [
        migrations.AddField("Item", "hidden_at", models.DateTimeField(null=True)),
        migrations.AddField("Item", "reason", models.CharField(max_length=12, choices=REASONS, null=True)),
        migrations.AddField("Item", "destroyed_at", models.DateTimeField(null=True)),
    ]
