"""Members, who sign in, and the links by which they do. Participants never have an account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from ..enums import Role
from .ids import new_id
from .programme import Programme
from .session import Session


class Member(AbstractUser):
    """Somebody of the core team, a facilitator or the steering group."""

    language = models.CharField(max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], default="nl")
    makes_programmes = models.BooleanField(default=False, db_default=False)
    """May make programmes, and let others."""


class Membership(models.Model):
    """The role of one member in one programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    seen_at = models.DateTimeField(null=True)
    """When the member last opened a page of the programme, to the hour."""

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


class Invitation(models.Model):
    """A one-time link by which somebody becomes a member of a programme, with an account of before or a new one.

    Only its hash is stored. Without a programme it makes the first account, which may make programmes.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, null=True, related_name="invitations")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    role = models.CharField(max_length=12, choices=Role.choices)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(role__in=Role.values), name="invitation_role_known")]

    def __str__(self) -> str:
        return f"invitation as {self.role}"


class StageLink(models.Model):
    """Lets a projector's computer show a session's stage without signing in; can be revoked."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="stage_links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"stage link for {self.session}"
