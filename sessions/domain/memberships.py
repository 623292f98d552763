"""Members of a programme: invited by a one-time link, given a role, ended. The core team never becomes empty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress

from django.db import DatabaseError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from ..enums import Role
from ..models import Invitation, Member, Membership, Programme
from ..models.ids import new_token, token_hash

INVITATION_LASTS = dt.timedelta(days=7)
SEEN_EVERY = dt.timedelta(hours=1)


def invite(
    *, programme: Programme | None, role: Role, by: Member | None = None, name: str = "", email: str = ""
) -> tuple[Invitation, str]:
    """Return an invitation and its token, which is told once: only its hash is stored."""
    token, now = new_token(), timezone.now()
    made = Invitation.objects.create(
        programme=programme,
        role=role,
        name=name,
        email=email,
        token_hash=token_hash(token),
        made_by=by,
        made_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    return made, token


def is_anybody_there() -> bool:
    """Whether anybody has an account that can be signed in to."""
    return Member.objects.filter(is_active=True).exists()


def invite_first() -> str | None:
    """Return a token that makes the first account, in place of those of before; None when there is an account."""
    with transaction.atomic():
        Invitation.objects.filter(programme=None).delete()
        if is_anybody_there():
            return None
        _, token = invite(programme=None, role=Role.CORE)
    return token


def find_invitation(token: str) -> Invitation | None:
    """Return the invitation that this token can still be used for."""
    found = _usable().select_related("programme").filter(token_hash=token_hash(token)).first()
    if found is not None and found.programme is None and is_anybody_there():
        return None
    return found


def open_invitations(programme: Programme) -> list[Invitation]:
    """Return what was sent and not used yet, the newest first."""
    return list(_usable().filter(programme=programme).order_by("-made_at"))


def accept(invitation: Invitation, find: Callable[[], Member]) -> Member | None:
    """Use an invitation up for the member that `find` returns or makes. Of two at once one gets it, the other None.

    Who has a role in the programme already keeps it.
    """
    with transaction.atomic():
        # Writing first, so that SQLite waits its turn.
        if not _usable().filter(pk=invitation.pk).update(used_at=timezone.now()):
            return None
        member = find()
        if invitation.programme is None:
            member.makes_programmes = True
            member.save(update_fields=["makes_programmes"])
        else:
            Membership.objects.get_or_create(
                programme=invitation.programme, member=member, defaults={"role": invitation.role}
            )
    return member


def withdraw(programme: Programme, *, public_id: str) -> None:
    """Take an invitation back: its link no longer works."""
    programme.invitations.filter(public_id=public_id, used_at=None).delete()


def set_role(programme: Programme, *, member_id: int, role: Role) -> bool:
    """Give a member another role. False when nobody would be left in the core team."""
    with transaction.atomic():
        _take(programme)
        if role is not Role.CORE and _is_last_core(programme, member_id):
            return False
        Membership.objects.filter(programme=programme, member_id=member_id).update(role=role)
    return True


def end_membership(programme: Programme, *, member_id: int) -> bool:
    """Take a member's role away, at once and on every screen. False for the last one of the core team."""
    with transaction.atomic():
        _take(programme)
        if _is_last_core(programme, member_id):
            return False
        Membership.objects.filter(programme=programme, member_id=member_id).delete()
    return True


def let_make(*, member_id: int, on: bool) -> bool:
    """Let somebody make programmes, or no longer. False when nobody could any more."""
    with transaction.atomic():
        makers = Member.objects.filter(Q(makes_programmes=True) | Q(is_superuser=True), is_active=True)
        # Writing first, so that two who take it from each other wait for one another.
        makers.update(makes_programmes=F("makes_programmes"))
        if not on and not makers.exclude(pk=member_id).exists():
            return False
        Member.objects.filter(pk=member_id).update(makes_programmes=on)
    return True


def note_seen(membership: Membership) -> None:
    """Remember that the member was here; once an hour is enough."""
    now = timezone.now()
    if membership.seen_at is None or membership.seen_at < now - SEEN_EVERY:
        # Where nothing can be written, on a full disk for example, pages can still be read.
        with suppress(DatabaseError), transaction.atomic():
            Membership.objects.filter(pk=membership.pk).update(seen_at=now)


def _usable() -> models.QuerySet[Invitation]:
    return Invitation.objects.filter(used_at=None, expires_at__gt=timezone.now())


def _take(programme: Programme) -> None:
    """Let nobody else change the members until the commit."""
    Programme.objects.filter(pk=programme.pk).update(slug=F("slug"))


def _is_last_core(programme: Programme, member_id: int) -> bool:
    core = Membership.objects.filter(programme=programme, role=Role.CORE, member__is_active=True)
    return core.filter(member_id=member_id).exists() and not core.exclude(member_id=member_id).exists()
