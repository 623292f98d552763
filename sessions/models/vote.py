"""Votes and ballots. A vote is a current value; its history is in the log."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .participant import Participant
from .programme import Sector
from .session import Round, RoundItem


class Vote(models.Model):
    round_item = models.ForeignKey(RoundItem, on_delete=models.CASCADE, related_name="votes", db_index=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="votes")
    criterion = models.SmallIntegerField(default=0)
    """Which of the ballot's questions about the item; see `BallotKind.criteria`."""
    value = models.BigIntegerField(null=True)
    """Null: taken back. The row stays, so that the tap is not lost."""
    tap = models.BigIntegerField()
    """The tap that set the value. An older one, arriving late, changes nothing."""
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round_item", "participant", "criterion"], name="vote_once"),
        ]

    def __str__(self) -> str:
        return f"{self.value} on {self.round_item_id}"


class Ballot(models.Model):
    """What one person spent in one round. That it exists says: took part, even if everything was taken back."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="ballots", db_index=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="ballots")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    """The O it counts for. It follows the person until the reveal and stays then: what was shown does not move."""
    counted = models.BooleanField(default=True)
    """Not when the person was retired before the reveal."""
    spent = models.BigIntegerField()
    budget = models.BigIntegerField(null=True)
    """The most that it may be, by the round's rules; null: nothing is spent."""
    first_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "participant"], name="ballot_once"),
            models.CheckConstraint(
                condition=Q(spent__gte=0) & (Q(budget__isnull=True) | Q(spent__lte=F("budget"))),
                name="ballot_within_budget",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spent} of {self.budget}"
