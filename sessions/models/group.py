"""Groups of a step: a table, a cluster, a pair. Who sits where, and what lies where.

No step kind of the program has groups yet; the kind `circles` in `tests/kinds/circles.py` does.
"""

from __future__ import annotations

from django.db import models

from ..enums import ActorKind
from .contribution import Contribution
from .ids import new_id
from .participant import Participant
from .session import Session, Step


class Group(models.Model):
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="groups")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="groups")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "number"], name="group_number_once")]

    def __str__(self) -> str:
        return f"group {self.number}"


class Seat(models.Model):
    """Where one person sits in one step. (A `Member` is somebody who signs in.)"""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="seats")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="seats")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "participant"], name="seat_once_per_step")]

    def __str__(self) -> str:
        return f"{self.participant} in {self.group}"


class Placement(models.Model):
    """A card lies in a group. A link, never a move: the card stays of its step and its writer."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="placements")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="placements")
    by_kind = models.CharField(max_length=12, choices=ActorKind.choices)
    by_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "contribution"], name="placement_once")]

    def __str__(self) -> str:
        return f"{self.contribution} in {self.group}"
