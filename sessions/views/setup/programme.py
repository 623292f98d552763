"""Programmes are made, changed and put away here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ...domain.programmes import edit_programme, has_begun, make_programme, may_make, put_away, set_partners
from ...enums import Role
from ...live.deletion_job import archive_session
from ...models import Programme
from ..access import ask_to_sign_in, deny, require_role
from .forms import (
    changes_of_partners,
    new_programme_form,
    partners_form,
    programme_form,
    read_new_programme,
    read_programme,
)
from .page import back, show

MOST_OF_A_NAME = 100
"""Programmes whose address would be the same; then it has a number."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Ask for what a programme needs; on POST, make it and show its set-up."""
    if not request.user.is_authenticated:
        return ask_to_sign_in(request)
    if not may_make(request.user):
        return deny(request)
    form = new_programme_form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        values = read_new_programme(form)
        if not form.is_wrong:
            slug = values.pop("slug")
            for number in range(1, MOST_OF_A_NAME):
                free = slug if number == 1 else f"{slug}-{number}"
                made = make_programme(by=request.user, slug=free, **values)
                if made is not None:
                    return HttpResponseRedirect(reverse("setup", kwargs={"slug": made.slug}))
            form["name_en"].error = _("There are too many programmes of this name.")
    context = {"form": form, "place": "new"}
    return render(request, "workshop/setup_new.html", context, status=400 if form.is_wrong else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@require_role(Role.CORE)
def setup(request: HttpRequest, *, programme: Programme, role: Role) -> HttpResponseBase:
    """Show what is fixed in a programme; on POST, change its name, languages, time zone, threshold and address."""
    if request.method != "POST":
        return show(request, programme)
    form = programme_form(programme, threshold=not has_begun(programme), typed=request.POST)
    values = read_programme(form)
    if form.is_wrong:
        return show(request, programme, typed=form, status=400)
    if values and not edit_programme(programme.pk, **values):
        form["slug"].error = _("Another programme has this address.")
        return show(request, programme, typed=form, status=409)
    programme.refresh_from_db()
    return back(programme)


@require_POST
@require_role(Role.CORE)
def partners(request: HttpRequest, *, programme: Programme, role: Role) -> HttpResponseBase:
    form = partners_form(programme, typed=request.POST)
    added, gone = changes_of_partners(form)
    if form.is_wrong:
        return show(request, programme, typed=form, status=400)
    set_partners(programme.pk, added=added, gone=gone)
    return back(programme, "partners")


@require_POST
@require_role(Role.CORE)
def archive(request: HttpRequest, *, programme: Programme, role: Role) -> HttpResponseBase:
    """Put the programme away with its sessions, or take it back out; its sessions stay archived then."""
    for session_id in put_away(programme.pk, on=request.POST.get("on") == "1"):
        archive_session(session_id, on=True)
    return back(programme, "archive")
