from django.db import migrations, models


class Migration(migrations.Migration):
    """Of how many people of each O a session was when some of them were erased: the report goes on counting them."""

    dependencies = [("workshop", "0033_kept_agendas")]

    operations = [migrations.AddField("Session", "erased_of", models.JSONField(null=True))]
