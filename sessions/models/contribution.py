"""One card."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from ..enums import Aspect, Reason, Source
from ..limits import CARD_LENGTH
from .ids import new_id, new_rank
from .participant import Participant
from .people import Member
from .programme import Pillar, Sector
from .session import Session, Step

models.CharField.register_lookup(Length)

GIVEN_REASONS = [reason.value for reason in Reason if reason is not Reason.UNKNOWN]


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
    text = models.CharField(max_length=CARD_LENGTH)
    language = models.CharField(max_length=2)
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.OWN)
    slot = models.PositiveSmallIntegerField(null=True)
    """Which of this person's places in the step the card takes: keeps the limit of cards in the database."""
    rank = models.IntegerField(default=new_rank)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    """Since when it is redacted: on no screen but the console, and without its text in every file."""
    reason = models.CharField(max_length=12, choices=Reason.choices, null=True)  # noqa: DJ001 - none: not redacted
    """Why. None with `hidden_at`: hidden by a version that asked for no reason."""
    destroyed_at = models.DateTimeField(null=True)
    """Since when the text of a redacted card is no more; see domain/redaction.py."""
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["step", "participant", "slot"], name="contribution_slot_once"),
            models.CheckConstraint(condition=Q(slot__isnull=True) | Q(slot__lte=100), name="contribution_slot_limit"),
            models.CheckConstraint(condition=Q(aspect__in=Aspect.values), name="contribution_aspect_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="contribution_source_known"),
            models.CheckConstraint(
                condition=Q(text__length__gte=1) | Q(withdrawn_at__isnull=False) | Q(destroyed_at__isnull=False),
                name="contribution_has_text",
            ),
            models.CheckConstraint(
                condition=Q(reason__isnull=True) | Q(reason__in=GIVEN_REASONS), name="contribution_reason_known"
            ),
            models.CheckConstraint(
                # Also says no to a server of the version before, which would show a card without text again.
                condition=Q(destroyed_at__isnull=True) | (Q(hidden_at__isnull=False) & Q(text="")),
                name="contribution_destroyed_stays",
            ),
            models.CheckConstraint(
                condition=Q(participant__isnull=False) | ~Q(source=Source.OWN), name="contribution_own_has_writer"
            ),
        ]
        indexes = [
            # What is asked every two seconds: redacted, and not destroyed yet.
            models.Index(
                fields=["hidden_at"],
                condition=Q(hidden_at__isnull=False, destroyed_at__isnull=True),
                name="contribution_to_destroy",
            )
        ]

    def __str__(self) -> str:
        return self.public_id
