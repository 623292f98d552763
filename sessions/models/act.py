"""What members did that leaves no line in the log of a session, or outlives it."""

from __future__ import annotations

from django.db import models

from .people import Member
from .programme import Programme
from .session import Session


class MemberAct(models.Model):
    """One act. Who and on which session, as long as these are there; never a text of anybody."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    act = models.CharField(max_length=16)
    """A value of `Act` in domain/acts.py."""
    file = models.CharField(max_length=40, blank=True, default="", db_default="")
    """Of an export: which file."""
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["programme", "at"], name="act_by_programme")]

    def __str__(self) -> str:
        return self.act
