"""Addresses of everything that the program answers at, and of what is not there."""

from __future__ import annotations

from sessions.exchange.files import FILES
from sessions.exchange.report.outlets import REPORTS

NOTHING = [
    "/nothing", "/s/ZZZZ22/", "/link/nothing/", "/programmes/nothing/", "/static/nothing.js", "/api/v1/sessions/ZZZZ22",
    "/api/v1/nothing", "/%00", "/é", "//elsewhere.example/",
]  # fmt: skip
"""Addresses of what is not there."""


SETUP = (
    "setup/",
    *(
        f"setup/{part}/"
        for part in ("pillars", "pillars/gone", "sectors", "sectors/gone", "partners", "privacy", "archive")
    ),
    *("acts/", "members/", "members/0/", "invitations/gone/withdraw/"),
)


def gone(code: str) -> list[str]:
    """Return addresses of a round and of a template that are none."""
    return [f"/s/{code}/pictures/abcdefghijkl-nl.svg", f"/s/{code}/agenda/templates/abcdefghijkl/"]


def addresses(code: str) -> list[str]:
    """Return an address of everything that is there."""
    room, studio = f"/s/{code}/", f"/programmes/kennispark/sessions/{code}/"
    return [
        "/", "/signin/", "/receipt/", "/guide/", "/favicon.ico", "/health/live", "/health/ready", "/metrics",
        "/signout/", f"/{code}/", f"/join/{code}/", f"/join/{code}/waiting/", room, "/s/worker.js", "/programmes/",
        *(room + name for name in ("console/", "console/earlier/", "console/link/", "stage/", "here/", "read/")),
        room + "console/simulated/", room + "console/simulated/stop/",
        room + "agenda/", room + "agenda/check/", room + "agenda/templates/", room + "print/",
        "/receipt/data/", "/receipt/erase/",
        room + "console/phone/", room + "console/phone/now/",
        room + "manifest.webmanifest", "/guide/ballots/", "/guide/report/", f"/join/{code}/privacy/",
        *(room + f"stage/{act}/" for act in ("link", "revoke")),
        *(room + f"export/{file}" for file in FILES), room + "report/", *(room + f"report/{file}" for file in REPORTS),
        *gone(code),
        "/programmes/kennispark/", *(f"/programmes/kennispark/export/programme.{form}" for form in ("zip", "xlsx")),
        studio,
        *(studio + f"{act}/" for act in ("revoke", "duplicate", "rehearse", "archive", "wipe", "delete")),
        studio + "erase/", studio + "keep/",
        "/programmes/new/", *("/programmes/kennispark/" + page for page in SETUP),
        "/static/icons/icon-192.png", "/api/v1/openapi.json", f"/api/v1/sessions/{code}",
        f"/api/v1/sessions/{code}/participants", f"/api/v1/sessions/{code}/move-code",
        f"/api/v1/sessions/{code}/earlier",
    ]  # fmt: skip
