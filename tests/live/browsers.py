"""One browser per role, and what each address of the program answers to them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sessions.enums import Role
from sessions.models import SignInLink, StageLink
from sessions.models.ids import new_token, token_hash

from ..factory import SessionHarness, make_member, make_room, make_session
from .permissions import ROLES, SIGN_IN_FIRST


def make_browsers(room: SessionHarness) -> dict[str, Client]:
    other_programme = make_room()
    other_session = make_session(room.session.programme)
    browsers = {role: Client() for role in ROLES}
    (person,) = room.join("onderwijs")
    browsers["participant"].cookies[f"p_{room.session.public_id}"] = room.tokens[person.id]
    neighbours = SessionHarness(session=other_session, member=room.member, sectors=room.sectors, pillars=room.pillars)
    (neighbour,) = neighbours.join("onderwijs")
    # Also under the name of this session's cookie, as somebody would who tries.
    for session in (room.session, other_session):
        browsers["elsewhere"].cookies[f"p_{session.public_id}"] = neighbours.tokens[neighbour.id]
    token = new_token()
    StageLink.objects.create(session=room.session, token_hash=token_hash(token), created_at=timezone.now())
    browsers["stage"].cookies[f"stage_{room.session.public_id}"] = token
    browsers["facilitator"].force_login(room.member)
    browsers["stranger"].force_login(other_programme.member)
    for role in (Role.CORE, Role.STEERING):
        browsers[role.value].force_login(make_member(room.session.programme, role))
    return browsers


def address(room: SessionHarness, name: str) -> str:
    name, _, file = name.partition(" ")
    session = room.session
    of: dict[str, str | int] = {"slug": session.programme.slug}
    arguments: dict[str, dict[str, str | int]] = {
        "programme": {"slug": session.programme.slug},
        "programme-download": {"slug": session.programme.slug},
        "programme-workbook": {"slug": session.programme.slug},
        "studio-session": {"of": session.programme.slug, "code": session.code},
        **{
            f"studio-{act}": {"of": session.programme.slug, "code": session.code}
            for act in ("revoke", "duplicate", "rehearse", "archive", "wipe", "delete", "erase", "keep")
        },
        "programme-new": {},
        **dict.fromkeys(("setup", "setup-pillars", "setup-sectors", "setup-partners", "setup-archive", "members"), of),
        **dict.fromkeys(("setup-privacy", "acts"), of),
        "setup-pillar": of | {"key": "gone"},
        "setup-sector": of | {"key": "gone"},
        "member": of | {"number": 0},
        "invitation-withdraw": of | {"name": "gone"},
        "invitation": {"token": "gone"},
        "download": {"code": session.code, "file": file},
        "report-file": {"code": session.code, "file": file},
        "agenda-template": {"code": session.code, "key": "gone"},
        "picture": {"code": session.code, "file": file},
        "link": {"token": _link(room) if name == "link" else ""},
    }
    plain = (
        "home",
        "account_login",
        "account_logout",
        "api-description",
        "health-live",
        "health-ready",
        "metrics",
        "programmes",
        "guide",
        "guide-ballots",
        "guide-report",
        "receipt",
        "own-data",
        "own-erasure",
        "worker",
        "icon",
    )
    return reverse(name, kwargs=arguments.get(name, {} if name in plain else {"code": session.code}))


def _link(room: SessionHarness) -> str:
    token = new_token()
    expires = timezone.now() + dt.timedelta(hours=1)
    SignInLink.objects.create(member=room.member, token_hash=token_hash(token), expires_at=expires)
    return token


def body(room: SessionHarness, name: str) -> dict[str, Any]:
    sector = room.sectors["onderwijs"].public_id
    if name == "api-participants":
        return {"data": {"sector": sector}, "content_type": "application/json"}
    data = {"code": room.session.code, "sector": sector, "login": "nobody", "password": "wrong"}
    return {"data": data | {"title": room.session.title_nl}}


def ask_as_everybody(room: SessionHarness, browsers: dict[str, Client], method: str, name: str) -> dict[str, int]:
    """Return role → status."""
    statuses = {}
    for role in ROLES:
        path = address(room, name)
        answer = browsers[role].get(path) if method == "GET" else browsers[role].post(path, **body(room, name))
        statuses[role] = answer.status_code
        if (
            answer.status_code == 302
            and name.split()[0] in SIGN_IN_FIRST
            and role in ("nobody", "participant", "stage")
        ):
            assert answer.headers["Location"].startswith("/signin/?next=")
    return statuses
