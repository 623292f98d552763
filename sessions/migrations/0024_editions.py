import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import sessions.models.ids
from sessions.models.schema import AddUnique

ROLES = [("core", "core team"), ("facilitator", "facilitator"), ("steering", "steering group")]


class Migration(migrations.Migration):
    """Programmes are set up on pages: pillars and O's keep what sessions had, members are invited by a link."""

    dependencies = [("workshop", "0023_shapes")]

    operations = [
        migrations.AddField(
            "programme", "languages", models.CharField(db_default="nl,en", default="nl,en", max_length=5)
        ),
        migrations.AddField("programme", "archived_at", models.DateTimeField(null=True)),
        migrations.AddField("programme", "edition", models.PositiveIntegerField(db_default=1, default=1)),
        migrations.AddField("pillar", "since", models.PositiveIntegerField(db_default=1, default=1)),
        migrations.AddField("pillar", "until", models.PositiveIntegerField(null=True)),
        migrations.AddField(
            "pillar", "first_id", models.CharField(blank=True, db_default="", default="", max_length=12)
        ),
        migrations.AddField("sector", "since", models.PositiveIntegerField(db_default=1, default=1)),
        migrations.AddField("sector", "until", models.PositiveIntegerField(null=True)),
        migrations.AddField("session", "edition", models.PositiveIntegerField(null=True)),
        migrations.AddField("member", "makes_programmes", models.BooleanField(db_default=False, default=False)),
        migrations.AddField("membership", "seen_at", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("pillar", "pillar_number_once"),
        AddUnique(
            "pillar",
            models.UniqueConstraint(
                condition=Q(("until", None)), fields=("programme", "number"), name="pillar_number_once"
            ),
        ),
        migrations.RemoveConstraint("sector", "sector_key_once"),
        AddUnique(
            "sector",
            models.UniqueConstraint(condition=Q(("until", None)), fields=("programme", "key"), name="sector_key_once"),
        ),
        migrations.RemoveConstraint("sector", "sector_position_once"),
        AddUnique(
            "sector",
            models.UniqueConstraint(
                condition=Q(("until", None)), fields=("programme", "position"), name="sector_position_once"
            ),
        ),
        AddUnique(
            "sector",
            models.UniqueConstraint(
                condition=Q(("until", None)) & ~Q(("chosen_shape", "")),
                fields=("programme", "chosen_shape"),
                name="sector_shape_once",
            ),
        ),
        migrations.CreateModel(
            "Invitation",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=sessions.models.ids.new_id, max_length=12, unique=True)),
                ("role", models.CharField(choices=ROLES, max_length=12)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="workshop.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("role__in", ["core", "facilitator", "steering"])), name="invitation_role_known"
                    )
                ]
            },
        ),
    ]
