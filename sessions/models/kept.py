"""Agendas that a programme keeps to begin with."""

from __future__ import annotations

from django.db import models

from .ids import new_id
from .programme import Programme


class KeptAgenda(models.Model):
    """A template of a programme's own, or one step of its own."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    name = models.CharField(max_length=120)
    is_step = models.BooleanField()
    kind = models.CharField(max_length=12)
    """Of the session that it was the agenda of."""
    minutes = models.PositiveSmallIntegerField(null=True)
    """How long that session was to take."""
    steps = models.JSONField()
    """As the files of domain/agendas/ have them."""

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
