"""One card."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from ..enums import Aspect, Source
from .ids import new_id, new_rank
from .participant import Participant
from .people import Member
from .programme import Pillar, Sector
from .session import Session, Step

models.CharField.register_lookup(Length)

TEXT_LENGTH = 240


class Contribution(models.Model):
    """One card: who wrote it is known by sector only, outside of this table."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="contributions")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="contributions")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="contributions")
    scribe = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    pillar = models.ForeignKey(Pillar, on_delete=models.PROTECT, related_name="+")
    aspect = models.CharField(max_length=10, choices=Aspect.choices, default=Aspect.UNSURE)
    text = models.CharField(max_length=TEXT_LENGTH)
    language = models.CharField(max_length=2)
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.OWN)
    slot = models.PositiveSmallIntegerField(null=True)
    """Which of this person's places in the step the card takes: keeps the limit of cards in the database."""
    rank = models.IntegerField(default=new_rank)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["step", "participant", "slot"], name="contribution_slot_once"),
            models.CheckConstraint(condition=Q(slot__isnull=True) | Q(slot__lte=100), name="contribution_slot_limit"),
            models.CheckConstraint(condition=Q(aspect__in=Aspect.values), name="contribution_aspect_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="contribution_source_known"),
            models.CheckConstraint(
                condition=Q(text__length__gte=1) | Q(withdrawn_at__isnull=False), name="contribution_has_text"
            ),
            models.CheckConstraint(
                condition=Q(participant__isnull=False) | ~Q(source=Source.OWN), name="contribution_own_has_writer"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
