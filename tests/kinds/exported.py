"""What the core team's files say."""

from __future__ import annotations

import csv
import io

from sessions.enums import Role
from sessions.exchange.files import FILES, read_file
from sessions.exchange.spool import read_pieces
from sessions.models import Session, Step


def export(session: Session, name: str) -> str:
    pieces = read_pieces(lambda: read_file(found=FILES[name], session_id=session.pk, role=Role.CORE))
    return b"".join(pieces).decode()


def lines_of(session: Session, step: Step, *files: str) -> list[dict[str, str]]:
    """Return the lines of these files that are of a step."""
    fresh = Session.objects.get(pk=session.pk)
    texts = [io.StringIO(export(fresh, name), newline="") for name in files]
    lines = [line for text in texts for line in csv.DictReader(text, strict=True)]
    return [line for line in lines if line["step"] == step.public_id]
