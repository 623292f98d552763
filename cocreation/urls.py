"""Every address of the program, but the socket's (`/ws/s/<code>/`, see sessions/live)."""

from __future__ import annotations

from django.urls import path, re_path

from sessions.models.ids import CODE_LENGTH
from sessions.views import (
    agenda_check,
    agenda_templates,
    api,
    api_person,
    carrying,
    crowd,
    downloads,
    error_pages,
    guide,
    health,
    icon,
    installable,
    join,
    own_data,
    ownlink,
    pictures,
    privacy,
    reading_along,
    receipt,
    report,
    screens,
    setup,
    signin,
    stagelinks,
    studio,
    transfer,
    waiting_room,
    watched,
)

urlpatterns = [
    path("", join.home, name="home"),
    path("join/<str:code>/", join.join, name="join"),
    path("join/<str:code>/waiting/", waiting_room.look_again, name="join-waiting"),
    path("join/<str:code>/privacy/", privacy.privacy, name="privacy"),
    path("s/worker.js", installable.worker, name="worker"),
    path("s/<str:code>/", screens.phone, name="phone"),
    path("s/<str:code>/manifest.webmanifest", installable.manifest, name="manifest"),
    path("s/<str:code>/here/", transfer.transfer, name="here"),
    path("s/<str:code>/read/", reading_along.read, name="read"),
    path("s/<str:code>/console/", screens.console, name="console"),
    path("s/<str:code>/console/link/", ownlink.make, name="own-link"),
    path("s/<str:code>/console/phone/", screens.watched, name="watched"),
    path("s/<str:code>/console/phone/now/", watched.watched_now, name="watched-now"),
    path("s/<str:code>/console/earlier/", carrying.earlier, name="console-earlier"),
    path("s/<str:code>/console/simulated/", crowd.crowd, name="crowd"),
    path("s/<str:code>/console/simulated/stop/", crowd.stop, name="crowd-stop"),
    path("s/<str:code>/agenda/", screens.agenda, name="agenda"),
    path("s/<str:code>/agenda/check/", agenda_check.check, name="agenda-check"),
    path("s/<str:code>/agenda/templates/", agenda_templates.templates, name="agenda-templates"),
    path("s/<str:code>/agenda/templates/<str:key>/", agenda_templates.template, name="agenda-template"),
    path("s/<str:code>/print/", screens.on_paper, name="print"),
    path("s/<str:code>/stage/", screens.stage, name="stage"),
    path("s/<str:code>/stage/link/", stagelinks.make, name="stage-link"),
    path("s/<str:code>/stage/revoke/", stagelinks.revoke, name="stage-revoke"),
    # allauth looks for its sign-in and sign-out by these names. It has no other pages here.
    path("signin/", signin.signin, name="account_login"),
    path("signout/", signin.signout, name="account_logout"),
    path("guide/", guide.guide, {"document": "facilitator"}, name="guide"),
    path("guide/ballots/", guide.guide, {"document": "ballots"}, name="guide-ballots"),
    path("guide/report/", guide.guide, {"document": "report"}, name="guide-report"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("receipt/data/", own_data.download, name="own-data"),
    path("receipt/erase/", own_data.erase, name="own-erasure"),
    path("link/<str:token>/", signin.link, name="link"),
    path("api/v1/sessions/<str:code>", api.session_now, name="api-session"),
    path("api/v1/sessions/<str:code>/participants", api.participants, name="api-participants"),
    path("api/v1/sessions/<str:code>/earlier", api_person.earlier, name="api-earlier"),
    path("api/v1/sessions/<str:code>/move-code", api_person.move_code, name="api-move-code"),
    path("api/v1/openapi.json", api.openapi, name="api-description"),
    path("health/live", health.liveness, name="health-live"),
    path("health/ready", health.readiness, name="health-ready"),
    path("metrics", health.metrics, name="metrics"),
    path("favicon.ico", icon.icon, name="icon"),
    *downloads.urlpatterns,
    *pictures.urlpatterns,
    *report.urlpatterns,
    *setup.urlpatterns,
    *studio.urlpatterns,
    re_path(rf"^(?P<code>[0-9A-Za-z]{{{CODE_LENGTH}}})/$", join.short, name="short"),
]

handler400 = error_pages.bad_request
handler403 = error_pages.forbidden
handler404 = error_pages.not_found
handler429 = error_pages.too_many
handler500 = error_pages.server_error
