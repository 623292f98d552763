"""The rows of a session's files, as a program of somebody else reads them."""

from __future__ import annotations

import csv
import io

from sessions.enums import Role
from sessions.exchange.files import FILES, read_file
from sessions.exchange.spool import read_pieces
from sessions.models import Session


def export(session: Session, name: str, role: Role = Role.CORE) -> bytes:
    return b"".join(read_pieces(lambda: read_file(found=FILES[name], session_id=session.pk, role=role)))


def rows(session: Session, name: str, role: Role = Role.CORE) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export(session, name, role).decode(), newline=""), strict=True))
