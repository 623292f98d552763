from django.db import migrations, models

from ..models.schema import DropKeyIndex


def _key(to: str, name: str) -> models.ForeignKey:
    return models.ForeignKey(f"workshop.{to}", on_delete=models.deletion.CASCADE, related_name=name, db_index=False)


class Migration(migrations.Migration):
    """Votes, ballots and lines of the log are written thousands a second: no index that a constraint has already."""

    dependencies = [("workshop", "0035_crowds")]

    operations = [
        DropKeyIndex("Vote", "round_item", _key("RoundItem", "votes")),
        DropKeyIndex("Ballot", "round", _key("Round", "ballots")),
        DropKeyIndex("Event", "session", _key("Session", "events")),
    ]
