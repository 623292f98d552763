"""What was erased or deleted, so that a restored backup does not bring it back."""

from __future__ import annotations

from django.db import models


class Erasure(models.Model):
    """Of one person or one session. Only a hash of the public id is kept: it leads to nobody, and is found again where
    a backup brings the row back.
    """

    of = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.of[:8]
