from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshop", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="participant",
            name="receipt_hash",
            field=models.CharField(max_length=64, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="presencereport",
            name="consoles",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="presencereport",
            name="held",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="step",
            name="sealed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="step",
            name="sealed_confirmed",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="step",
            name="sealed_of",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="step",
            name="sealed_whole",
            field=models.BooleanField(null=True),
        ),
    ]
