"""The simulated people of a rehearsal."""

from __future__ import annotations

from django.db import models

from .session import Session


class Crowd(models.Model):
    """Simulated people in a rehearsal, and which server's process they are; of the newest start. live/crowds.py"""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, primary_key=True, related_name="+")
    token = models.CharField(max_length=12)
    """Made at each start. A server that holds another one watches an earlier start, and changes nothing here."""
    people = models.PositiveSmallIntegerField()
    pace = models.CharField(max_length=12)
    joined = models.PositiveSmallIntegerField(default=0)
    wrote = models.PositiveSmallIntegerField(default=0)
    voted = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField()
    """When its server last said that they are there."""
    is_stopping = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    failed = models.BooleanField(default=False)
    """They ended by an error."""

    def __str__(self) -> str:
        return f"{self.people} in {self.session}"
