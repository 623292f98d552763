from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

BATCH = 200


def freeze_rules(apps: Any, schema_editor: Any) -> None:
    """Dots per person and per item become the rules of the ballot that there was."""
    rounds = apps.get_model("workshop", "Round")
    for round_ in rounds.objects.filter(budget__isnull=False).iterator(chunk_size=BATCH):
        rounds.objects.filter(pk=round_.pk).update(rules={"budget": round_.budget, "most": round_.max_per_item})


def thaw_rules(apps: Any, schema_editor: Any) -> None:
    rounds = apps.get_model("workshop", "Round")
    for round_ in rounds.objects.filter(rules__isnull=False).iterator(chunk_size=BATCH):
        rounds.objects.filter(pk=round_.pk).update(budget=round_.rules["budget"], max_per_item=round_.rules["most"])


def rewrite_undo(apps: Any, schema_editor: Any) -> None:
    """A step change that can be undone at this moment still can."""
    sessions = apps.get_model("workshop", "Session")
    for session in sessions._base_manager.filter(undo__isnull=False).iterator(chunk_size=BATCH):
        undo: dict[str, Any] | None = session.undo
        while undo is not None:
            for before in undo.get("rounds", {}).values():
                budget, most = before.pop("budget", None), before.pop("max_per_item", 1)
                before["rules"] = None if budget is None else {"budget": budget, "most": most}
            undo = undo.get("under")
        sessions._base_manager.filter(pk=session.pk).update(undo=session.undo)


def tell_figures(apps: Any, schema_editor: Any) -> None:
    """Published figures say the same in the words that every ballot has: of how many people, and what is told besides."""
    publications = apps.get_model("workshop", "Publication")
    for publication in publications.objects.iterator(chunk_size=BATCH):
        figures = publication.figures
        figures["told"] = {} if (dots := figures.pop("dots")) is None else {"dots": dots}
        for item in figures["items"]:
            item["told"] = {"dots": item.pop("dots")}
            item["of"] = figures["n"]
            item["group_of"] = [group["n"] for group in figures["groups"]]
        publications.objects.filter(pk=publication.pk).update(figures=figures)


def untell_figures(apps: Any, schema_editor: Any) -> None:
    publications = apps.get_model("workshop", "Publication")
    for publication in publications.objects.iterator(chunk_size=BATCH):
        figures = publication.figures
        figures["dots"] = figures.pop("told").get("dots")
        for item in figures["items"]:
            item["dots"] = item.pop("told")["dots"]
            del item["of"], item["group_of"]
        publications.objects.filter(pk=publication.pk).update(figures=figures)


class Migration(migrations.Migration):
    """A round names its ballot and holds its rules; items need not be cards; a mark may be taken back or be large.

    Before the first release and at once, so no process of before goes on beside it.
    """

    clean_cut = True

    dependencies = [
        ("workshop", "0016_groups"),
    ]

    operations = [
        migrations.AddField("round", "ballot", models.CharField(default="dots", max_length=16)),
        migrations.AddField("round", "rules", models.JSONField(null=True)),
        migrations.RemoveConstraint("round", "round_open_has_budget"),
        migrations.RunPython(freeze_rules, thaw_rules, elidable=True),
        migrations.RunPython(rewrite_undo, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("round", "budget"),
        migrations.RemoveField("round", "max_per_item"),
        migrations.AddConstraint(
            "round",
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(rules__isnull=False), name="round_open_has_rules"
            ),
        ),
        migrations.RenameField("publication", "dots", "votes"),
        migrations.RunPython(tell_figures, untell_figures, elidable=True),
        migrations.AddField(
            "item",
            "source",
            models.CharField(
                choices=[
                    ("card", "a card"),
                    ("cluster", "cards that were put together"),
                    ("pair", "two items to compare"),
                    ("option", "an answer to choose"),
                    ("statement", "a statement, typed or imported"),
                    ("place", "a place on a map or plane"),
                ],
                default="card",
                max_length=12,
            ),
        ),
        migrations.AddField("item", "text_nl", models.CharField(blank=True, default="", max_length=500)),
        migrations.AddField("item", "text_en", models.CharField(blank=True, default="", max_length=500)),
        migrations.AlterField("item", "text_nl", models.CharField(blank=True, max_length=500)),
        migrations.AlterField("item", "text_en", models.CharField(blank=True, max_length=500)),
        migrations.AddField("item", "price", models.BigIntegerField(null=True)),
        migrations.AddField(
            "item",
            "whose",
            models.CharField(
                choices=[
                    ("participant", "a participant's"),
                    ("team", "the team's"),
                    ("document", "a document's"),
                ],
                default="participant",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            "item",
            "contribution",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="item",
                to="workshop.contribution",
            ),
        ),
        migrations.AddConstraint(
            "item",
            models.CheckConstraint(
                condition=Q(source="card", contribution__isnull=False)
                | (~Q(source="card") & Q(contribution__isnull=True)),
                name="item_card_has_card",
            ),
        ),
        migrations.AddConstraint(
            "item",
            models.CheckConstraint(condition=Q(price__isnull=True) | Q(price__gte=0), name="item_price_not_negative"),
        ),
        migrations.RemoveConstraint("vote", "vote_value_0_to_50"),
        migrations.AlterField("vote", "value", models.BigIntegerField(null=True)),
        migrations.RemoveConstraint("ballot", "ballot_within_budget"),
        migrations.AlterField("ballot", "spent", models.BigIntegerField()),
        migrations.AlterField("ballot", "budget", models.BigIntegerField(null=True)),
        migrations.AddConstraint(
            "ballot",
            models.CheckConstraint(
                condition=Q(spent__gte=0) & (Q(budget__isnull=True) | Q(spent__lte=F("budget"))),
                name="ballot_within_budget",
            ),
        ),
    ]
