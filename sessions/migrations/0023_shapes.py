from django.db import migrations, models


class Migration(migrations.Migration):
    """An O has one of eight shapes, chosen for it; of a row from before it follows from the key."""

    dependencies = [("workshop", "0022_items_redacted_indexed")]

    operations = [
        migrations.AddField(
            "sector",
            "chosen_shape",
            models.CharField(
                blank=True,
                choices=[
                    ("circle", "circle"),
                    ("diamond", "diamond"),
                    ("triangle", "triangle"),
                    ("square", "square"),
                    ("house", "house"),
                    ("cross", "cross"),
                    ("wedge", "triangle on its point"),
                    ("slant", "leaning square"),
                ],
                db_default="",
                default="",
                max_length=8,
            ),
        ),
    ]
