from django.db import migrations, models


class Migration(migrations.Migration):
    """A session is deleted after the day that was set; what was erased stays so after a restore."""

    dependencies = [("workshop", "0028_erasure")]

    operations = [
        migrations.AddField("Session", "keep_until", models.DateField(null=True)),
        migrations.CreateModel(
            "Erasure",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of", models.CharField(max_length=64, unique=True)),
                ("at", models.DateTimeField()),
            ],
        ),
    ]
