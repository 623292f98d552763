"""Pages of a session within its programme."""

from __future__ import annotations

from sessions.management.demo import SLUG
from sessions.models import Session

PROGRAMME = f"/programmes/{SLUG}/"


ENGLISH = {"accept-language": "en"}


def page_of(session: Session, act: str = "") -> str:
    return f"{PROGRAMME}sessions/{session.code}/" + (f"{act}/" if act else "")
