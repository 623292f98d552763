"""One person in one session: a random token and a sector. No name, no address."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ..enums import Source
from .ids import new_id, new_rank, new_tag
from .programme import Sector
from .session import Session


class Participant(models.Model):
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="participants")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    """The pseudonym in files."""
    tag = models.CharField(max_length=4, default=new_tag)
    """Shown on the phone and the console, never in a file: "which of these phones was yours?" """
    token_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - many without one
    receipt_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - many without one
    """Of the receipt code, which only the person has; see models/ids.py."""
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    in_sector = models.BooleanField(default=True, db_default=True)
    """Not of somebody who was imported without a group: they count in heads only, and `sector` says nothing."""
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.OWN)
    order_seed = models.IntegerField(default=new_rank)
    """Settles the order in which this person sees items; see domain/order.py."""
    joined_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    """When a phone of this person was first let in; see domain/flood.py."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(source__in=Source.values), name="participant_source_known"),
        ]

    def __str__(self) -> str:
        return self.public_id
