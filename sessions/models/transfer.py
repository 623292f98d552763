"""How a person goes on in another browser: the code that lets them, and the browsers they had before."""

from __future__ import annotations

from django.db import models

from .participant import Participant


class MoveCode(models.Model):
    """Lets a person go on in another browser, once and for a few minutes. Only a keyed hash of it is stored."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="move_code")
    code_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"move code of {self.participant}"


class FormerBrowser(models.Model):
    """A browser that a person had before. Its cookie gives no rights; its receipt still leads to the person."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="former_browsers")
    token_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - a scribed person had none
    receipt_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - from before receipts
    left_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"former browser of {self.participant}"
