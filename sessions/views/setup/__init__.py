"""The set-up of programmes: pages of the studio for the core team, and what an invitation leads to."""

from __future__ import annotations

from django.urls import path

from . import acts, invitation, members, parts, privacy, programme

urlpatterns = [
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("programmes/new/", programme.new, name="programme-new"),
    path("programmes/<slug:slug>/setup/", programme.setup, name="setup"),
    path("programmes/<slug:slug>/setup/pillars/", parts.new_pillar, name="setup-pillars"),
    path("programmes/<slug:slug>/setup/pillars/<slug:key>/", parts.pillar, name="setup-pillar"),
    path("programmes/<slug:slug>/setup/sectors/", parts.new_sector, name="setup-sectors"),
    path("programmes/<slug:slug>/setup/sectors/<slug:key>/", parts.sector, name="setup-sector"),
    path("programmes/<slug:slug>/setup/partners/", programme.partners, name="setup-partners"),
    path("programmes/<slug:slug>/setup/privacy/", privacy.privacy, name="setup-privacy"),
    path("programmes/<slug:slug>/setup/archive/", programme.archive, name="setup-archive"),
    path("programmes/<slug:slug>/acts/", acts.acts, name="acts"),
    path("programmes/<slug:slug>/members/", members.members, name="members"),
    path("programmes/<slug:slug>/members/<int:number>/", members.member, name="member"),
    path(
        "programmes/<slug:slug>/invitations/<str:name>/withdraw/",
        members.withdraw_invitation,
        name="invitation-withdraw",
    ),
]
