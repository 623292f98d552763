"""Members, who sign in, and the links by which they do. Participants never have an account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from ..enums import Role
from .programme import Programme
from .session import Session


class Member(AbstractUser):
    """Somebody of the core team, a facilitator or the steering group."""

    language = models.CharField(max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], default="nl")


class Membership(models.Model):
    """The role of one member in one programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "member"], name="membership_one_role"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.role})"


class SignInLink(models.Model):
    """A one-time link. Only its hash is stored; opening shows a button, pressing the button uses it up."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="sign_in_links")
    token_hash = models.CharField(max_length=64, unique=True)
    next_path = models.CharField(max_length=200, default="/")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link for {self.member}"


class StageLink(models.Model):
    """Lets a projector's computer show a session's stage without signing in; can be revoked."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="stage_links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"stage link for {self.session}"
