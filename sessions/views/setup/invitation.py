"""What an invitation leads to: somebody with an account joins the programme, anybody else makes an account first."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from ...domain.memberships import accept, find_invitation
from ...models import Invitation, Member
from ...wording.words import in_language
from ..addresses import warn_of_address
from ..error_pages import message_page
from ..known_browsers import note_browser
from ..signin import BACKEND
from ..typed_form import Field, TypedForm
from .members import name_roles


def _account_form(invitation: Invitation, typed: Any = None) -> TypedForm:
    fields = [
        Field("name", _("Your name"), invitation.name, most=120, autocomplete="name"),
        Field(
            "login",
            _("Name or e-mail address to sign in with"),
            invitation.email,
            most=150,
            autocomplete="username",
        ),
        Field(
            "password",
            _("Password"),
            kind="password",
            most=256,
            hint=_("At least ten characters, and none that everybody uses."),
            autocomplete="new-password",
        ),
    ]
    return TypedForm("account", fields, typed=typed)


@never_cache
@sensitive_variables("token", "password")
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, *, token: str) -> HttpResponseBase:
    """Show what the link is for; pressing the button uses it up. Two presses at once: one of them joins."""
    found = find_invitation(token)
    if found is None:
        return _spent(request)
    # The first account is a new one, whoever the browser says it is.
    signed_in = request.user if isinstance(request.user, Member) and found.programme is not None else None
    if request.method != "POST":
        return _show(request, found, _account_form(found), member=signed_in)
    if signed_in is not None:
        return _lead_in(found) if accept(found, lambda: signed_in) else _spent(request)
    form = _account_form(found, request.POST)
    make = _read_account(form)
    if make is None:
        return _show(request, found, form, status=400)
    try:
        member = accept(found, make)
    except IntegrityError:
        form["login"].error = _("Somebody has this name already. Are you that one? Then sign in.")
        return _show(request, found, form, status=409)
    if member is None:
        return _spent(request)
    login(request, member, backend=BACKEND)
    response = _lead_in(found)
    note_browser(request, response, member)
    return response


def _read_account(form: TypedForm) -> Any:
    """Return what makes the account; None, and what is wrong in the form, when something is."""
    name, user = form.read_text("name"), form.read_text("login")
    password = form["password"].value
    form["password"].value = ""
    made = Member(username=user, first_name=name[:150], email=user if "@" in user else "", language=get_language())
    if user and Member.objects.filter(Q(username__iexact=user) | Q(email__iexact=user)).exists():
        form["login"].error = _("Somebody has this name already. Are you that one? Then sign in.")
    try:
        validate_password(password, made)
    except ValidationError as wrong:
        form["password"].error = " ".join(_explain(each) for each in wrong.error_list)
    if len(password) > 256:
        form["password"].error = _("At most %(n)s characters.") % {"n": 256}
    if form.is_wrong:
        return None
    made.set_password(password)

    def make() -> Member:
        made.save(force_insert=True)
        return made

    return make


def _explain(wrong: ValidationError) -> str:
    """Django's catalogue has another sentence than its code for a short one, and so no Dutch."""
    if wrong.code == "password_too_short":
        return _("This password is too short: at least %(min_length)s characters.") % (wrong.params or {})
    return " ".join(wrong.messages)


def _lead_in(found: Invitation) -> HttpResponseRedirect:
    if found.programme is None:
        return HttpResponseRedirect(reverse("programme-new"))
    return HttpResponseRedirect(reverse("programme", kwargs={"slug": found.programme.slug}))


def _show(
    request: HttpRequest, found: Invitation, form: TypedForm, *, member: Member | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "title": in_language(found.programme, "name") if found.programme else "",
        "role_name": name_roles()[found.role],
        "member": (member.get_full_name() or member.get_username()) if member else "",
        "form": form,
        "elsewhere": warn_of_address(request),
        "signin": f"{reverse('account_login')}?next={quote(request.path, safe='/')}" if found.programme else "",
    }
    return render(request, "workshop/invitation.html", context, status=status)


def _spent(request: HttpRequest) -> HttpResponse:
    return message_page(
        request,
        status=410,
        title=_("This link no longer works"),
        text=_("It was used before, was taken back, or its time is over. Ask the core team for a new one."),
        action=(reverse("account_login"), _("Sign in")),
    )
