"""Who is a member of a programme, and as what: invited by a link, given another role, ended."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from ...domain.memberships import end_membership, invite, let_make, open_invitations, set_role, withdraw
from ...domain.programmes import may_make
from ...enums import Role
from ...models import Member, Programme
from ...wording.words import programme_context
from ..access import deny, require_role
from ..mail import send_invitation
from ..typed_form import Field, TypedForm


def name_roles() -> dict[str, str]:
    return {
        Role.FACILITATOR.value: _("Facilitator"),
        Role.CORE.value: _("Core team"),
        Role.STEERING.value: _("Steering group"),
    }


def _invite_form(typed: Any = None) -> TypedForm:
    mailed = _("The link is sent there.") if settings.EMAIL_HOST else _("This server sends no mail: pass the link on.")
    fields = [
        Field("role", _("Role"), Role.FACILITATOR.value, "select", options=name_roles()),
        Field("name", _("Name"), most=120, hint=_("To know the invitation by.")),
        Field("email", _("E-mail address, may be left empty"), kind="email", most=254, hint=mailed),
    ]
    return TypedForm("invite", fields, typed=typed)


@never_cache
@sensitive_variables("token", "link")
@require_http_methods(["GET", "HEAD", "POST"])
@require_role(Role.CORE)
def members(request: HttpRequest, *, programme: Programme, role: Role) -> HttpResponseBase:
    """List the members and open invitations; on POST, invite somebody and show the link, this once."""
    if request.method != "POST":
        return _show(request, programme)
    form = _invite_form(request.POST)
    chosen, name = form.read_choice("role"), form.read_text("name", needed=False)
    email = form.read_text("email", needed=False)
    if email and ("@" not in email or " " in email):
        form["email"].error = _("This is no e-mail address.")
    if form.is_wrong:
        return _show(request, programme, form=form, status=400)
    _made, token = invite(programme=programme, role=Role(chosen), by=cast(Member, request.user), name=name, email=email)
    link = f"{settings.PUBLIC_URL}{reverse('invitation', kwargs={'token': token})}"
    sent = send_invitation(to=email, programme=programme, role=name_roles()[chosen], link=link) if email else None
    return _show(request, programme, link=link, invited=name or email, sent=sent)


@require_POST
@require_role(Role.CORE)
def member(request: HttpRequest, *, programme: Programme, role: Role, number: int) -> HttpResponseBase:
    """Change somebody's role, end it, or let them make programmes."""
    act = request.POST.get("act", "")
    if act in ("makes", "makes-not"):
        if not may_make(request.user):
            return deny(request)
        if not programme.memberships.filter(member_id=number).exists():
            return deny(request)
        if not let_make(member_id=number, on=act == "makes"):
            return _show(request, programme, error=_("Somebody has to be able to make programmes."), status=409)
        return _back(programme)
    if act == "end":
        kept = not end_membership(programme, member_id=number)
    else:
        wanted = request.POST.get("role", "")
        if wanted not in Role.values:
            return _show(request, programme, error=_("Choose one of these."), status=400)
        kept = not set_role(programme, member_id=number, role=Role(wanted))
    if kept:
        return _show(
            request,
            programme,
            error=_("This is the last one of the core team. Let somebody else join it first."),
            status=409,
        )
    return _back(programme)


@require_POST
@require_role(Role.CORE)
def withdraw_invitation(request: HttpRequest, *, programme: Programme, role: Role, name: str) -> HttpResponseBase:
    withdraw(programme, public_id=name)
    return _back(programme)


def _back(programme: Programme) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('members', kwargs={'slug': programme.slug})}?done=saved")


def _show(
    request: HttpRequest,
    programme: Programme,
    *,
    form: TypedForm | None = None,
    link: str = "",
    invited: str = "",
    sent: bool | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    makes, roles = may_make(request.user), name_roles()
    rows = programme.memberships.select_related("member").order_by("member__first_name", "member__username")
    context = {
        "programme": programme_context(programme),
        "time_zone": programme.time_zone,
        "role": Role.CORE,
        "place": "members",
        "roles": roles,
        "makes": makes,
        "lines": [
            {
                "name": row.member.get_full_name() or row.member.get_username(),
                "account": row.member.get_username(),
                "role": row.role,
                "seen_at": row.seen_at,
                "makes": row.member.makes_programmes or row.member.is_superuser,
                "is_self": row.member_id == request.user.pk,
                "href": reverse("member", kwargs={"slug": programme.slug, "number": row.member_id}),
            }
            for row in rows
        ],
        "invitations": [
            {
                "role": roles[found.role],
                "to": found.name or found.email or _("no name"),
                "expires_at": found.expires_at,
                "href": reverse("invitation-withdraw", kwargs={"slug": programme.slug, "name": found.public_id}),
            }
            for found in open_invitations(programme)
        ],
        "form": form or _invite_form(),
        "link": link,
        "invited": invited,
        "sent": sent,
        "error": error,
        "done": _("Saved.") if request.GET.get("done") == "saved" else "",
    }
    return render(request, "workshop/setup_members.html", context, status=status)
