"""The numbered log of a session, and who is with us now."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ..enums import ActorKind
from .session import Session


class Event(models.Model):
    """One line: what happened, by whom, when. Ids and small values only, never the text of a card."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="events", db_index=False)
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=32)
    version = models.PositiveSmallIntegerField(default=1)
    actor_kind = models.CharField(max_length=12, choices=ActorKind.choices)
    actor_id = models.BigIntegerField(default=0)
    key = models.UUIDField(null=True)
    """Made once where the command was given; makes a repeat find the first answer."""
    digest = models.BigIntegerField(null=True)
    """Of the command's content: the same key with other content is refused."""
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["session", "seq"], name="event_seq_once"),
            models.UniqueConstraint(fields=["session", "key", "actor_kind", "actor_id"], name="event_key_once"),
            models.CheckConstraint(condition=Q(actor_kind__in=ActorKind.values), name="event_actor_known"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class PresenceReport(models.Model):
    """Who is connected to one process, written every few seconds. An old one counts for what it saw of a step."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="presence")
    process = models.CharField(max_length=24)
    people = models.JSONField()
    """{participant's id: how many answers the phone still has to send}"""
    held = models.JSONField(null=True)
    """{participant's id: [closed step, when it was closed, how many answers to it the phone still has]}"""
    consoles = models.JSONField(null=True)
    """The names of the members whose consoles are with this process."""
    seen = models.JSONField(null=True)
    """{step: [participants who were there while it was open, whether it was watched from its opening on]}"""
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "process"], name="presence_one_per_process")]

    def __str__(self) -> str:
        return self.process
