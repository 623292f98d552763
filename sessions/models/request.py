"""Somebody who asked to join a session whose facilitator lets people in: no participant yet, and counted nowhere.

A row is there while they wait, and from being let in until their browser comes in. Refused: it is gone.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .ids import new_id, new_tag
from .programme import Sector
from .session import Session


class JoinRequest(models.Model):
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="join_requests")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    tag = models.CharField(max_length=4, default=new_tag)
    """Shown where they wait and on the console; theirs as a participant too."""
    token_hash = models.CharField(max_length=64, unique=True)
    """Of the secret in the waiting browser's cookie, which becomes the participant's."""
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True)
    """When they were let in; none: they wait."""

    class Meta:
        indexes = [
            models.Index(fields=["session", "asked_at"], condition=Q(admitted_at=None), name="joinrequest_waiting"),
        ]

    def __str__(self) -> str:
        return self.public_id
