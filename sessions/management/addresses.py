"""What a start makes and tells: the demo, fresh links into it, and the addresses of everything."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from cocreation.start import ALL

from ..domain.memberships import invite_first
from ..views.signin import drop_old_links, new_sign_in_link
from ..views.stagelinks import new_stage_link
from .demo import SLUG, make_demo

Addresses = dict[str, Any]
LOCAL = ("localhost", "127.0.0.1", "::1")
_PAGES = ("join", "console", "stage", "studio")

log = logging.getLogger(__name__)


def prepare() -> tuple[str, Addresses]:
    """Make the demo and fresh links, and return what it is called and the addresses of everything."""
    session, members = make_demo()
    drop_old_links()
    console = reverse("console", kwargs={"code": session.code})
    studio = reverse("programme", kwargs={"slug": SLUG})
    ways = {"facilitator": console, "core": studio}
    addresses = {
        "code": session.code,
        "join": settings.PUBLIC_URL + reverse("join", kwargs={"code": session.code}),
        "console": settings.PUBLIC_URL + console,
        # With its own right, so that the projector's computer signs in to nothing.
        "stage": new_stage_link(session),
        "studio": settings.PUBLIC_URL + studio,
        "signin": {name: new_sign_in_link(members[name], next_path=path) for name, path in ways.items()},
    }
    return f"{session.programme.name_en} · {session.title_en} · code {session.code}", addresses


def name_pages() -> tuple[str, Addresses]:
    """Return the addresses of a server without the demo, with the link to the first account where there is none."""
    addresses = {"join": f"{settings.PUBLIC_URL}/", "studio": settings.PUBLIC_URL + settings.LOGIN_REDIRECT_URL}
    # What is written to a log is read by others than who may have this link: there the command prints it.
    if settings.LOG_FORMAT != "json" and (link := new_first_link()) is not None:
        addresses["first"] = link
    return "", addresses


def new_first_link(base: str | None = None) -> str | None:
    """Return a link that makes the first account, in place of those of before; None when there is an account."""
    token = invite_first()
    way = reverse("invitation", kwargs={"token": token}) if token is not None else None
    return None if way is None else (settings.PUBLIC_URL if base is None else base) + way


def describe(title: str, addresses: Addresses, *, host: str, troubles: list[str]) -> str:
    """Return what a person at the shell is told when the server is ready."""
    public = settings.PUBLIC_URL
    lines = ["", title, ""] if title else [""]
    local = _locally(host)
    alone = urlsplit(public).hostname in LOCAL
    if local and local != public and not alone:
        lines += ["On this machine"]
        lines += _rows({name: _on(local, addresses[name]) for name in _PAGES if name in addresses})
        lines += ["", "For phones on the same network"]
    else:
        lines += ["Addresses"]
    lines += _rows({name: addresses[name] for name in _PAGES if name in addresses})
    if addresses.get("signin"):
        lines += ["", "Sign in with one of these; each works once, within 24 hours"]
        lines += _rows(addresses["signin"])
    if "first" in addresses:
        lines += ["", "Nobody has an account yet. This link makes the first one; it works once, within seven days"]
        lines += _rows({"first": addresses["first"]})
    if troubles:
        lines += ["", "To look at (manage.py doctor says more):", *(f"  {trouble}" for trouble in troubles)]
    return "\n".join([*lines, "", "ready"])


def log_ready(troubles: list[str], *, is_new: bool) -> None:
    """Without addresses and links: such logs are collected, and read by others than who may sign in."""
    log.info("Ready on port %d", settings.PORT)
    if is_new:
        log.info("Nobody has an account yet: manage.py first_account prints a link that makes the first one")
    for trouble in troubles:
        log.warning("%s", trouble)


def write_whole(path: Path, text: str) -> None:
    """Write so that a reader sees the whole file or none; it holds sign-in links, so only the owner may read."""
    new = path.with_suffix(".new")
    with suppress(FileNotFoundError):
        new.unlink()
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


def _rows(addresses: dict[str, str]) -> list[str]:
    width = max(len(name) for name in addresses)
    return [f"  {name:<{width}}  {address}" for name, address in addresses.items()]


def _locally(host: str) -> str | None:
    """Return how this machine reaches itself, if it listens there."""
    return f"http://localhost:{settings.PORT}" if host in (*ALL, *LOCAL) else None


def _on(base: str, address: str) -> str:
    return base + address.removeprefix(settings.PUBLIC_URL)
