from django.db import migrations, models


class Migration(migrations.Migration):
    """Of a question from the room it is kept since when it is answered."""

    dependencies = [("workshop", "0019_items_validated")]

    operations = [
        migrations.AddField("RoundItem", "answered_at", models.DateTimeField(null=True)),
    ]
