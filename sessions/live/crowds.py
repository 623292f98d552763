"""Simulated people of a rehearsal, started and stopped by a button: a process of their own, which joins as phones do.

A row (models/crowd.py) decides that there is one such process per session, whichever server's process started it; who
started it says every second that it is there, and looks whether somebody wants it to stop. It ends with Stop, with the
rehearsal, after a time, and with the server: its input is a pipe whose other end is here.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from datetime import timedelta
from typing import IO, Any

from django.conf import settings
from django.db import DatabaseError, IntegrityError, InterfaceError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from ..domain.rules import check_crowds, check_rehearsal, check_session_open
from ..enums import Pace
from ..errors import Code, Refused
from ..limits import SIMULATED_MINUTES
from ..models import Crowd, Session
from ..models.ids import new_id

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=15)
"""After so long without a sign of life from the server that started them, they are taken to be gone."""
END_S = 3.0


SECONDS = {Pace.SLOW: 30, Pace.NORMAL: 12, Pace.FAST: 4}
"""Between two acts of somebody, on average."""


class _Server:
    """Where this process listens, and the processes it started, by session."""

    base = ""
    running: dict[int, subprocess.Popen[str]] = {}


def listen_at(*, host: str, port: int) -> None:
    """Say where the server of this process listens. Before that nobody can be started."""
    own = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    _Server.base = f"http://{own}:{port}"


def end_all() -> None:
    """The server stops."""
    for process in list(_Server.running.values()):
        process.terminate()


def find_crowd(session_id: int) -> Crowd | None:
    """Return what is known of the newest start."""
    return Crowd.objects.filter(pk=session_id).first()


def is_running(crowd: Crowd | None) -> bool:
    return crowd is not None and crowd.ended_at is None and crowd.beat_at > timezone.now() - LEASE


def start_crowd(session: Session, *, people: int, pace: Pace) -> None:
    """Start them, unless they are there. Raises Refused where it is no rehearsal, when too many run already, and when
    this server does not know its address.
    """
    check_rehearsal(session)
    check_session_open(archived_at=session.archived_at, wiping_at=session.wiping_at)
    if not _Server.base:
        raise Refused(Code.CROWD_NO_ADDRESS)
    token = _claim(session.pk, people=people, pace=pace)
    if token is None:
        return
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "simulate", session.code, "--url", _Server.base]
    command += ["--people", str(people), "--minutes", str(SIMULATED_MINUTES), "--only-people", str(SECONDS[pace])]
    try:
        process = subprocess.Popen(  # noqa: S603 - ourselves, with a code that we made and two numbers
            command,
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATA_DIR": str(settings.DATA_DIR)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
    except OSError:
        _note(session.pk, token, ended_at=timezone.now(), failed=True)
        raise
    _Server.running[session.pk] = process
    threading.Thread(target=_watch, args=(session.pk, token, process), name="crowd", daemon=True).start()


def stop_crowd(session_id: int, *, wait_s: float = 10.0) -> None:
    """Let them go, whichever process they belong to, and return when they are gone."""
    wanted = Crowd.objects.filter(pk=session_id, ended_at=None)
    if not wanted.exists():
        return
    wanted.update(is_stopping=True)
    if (process := _Server.running.get(session_id)) is not None:
        process.terminate()
    ends = time.monotonic() + wait_s
    while is_running(find_crowd(session_id)) and time.monotonic() < ends:
        time.sleep(0.05)


def _claim(session_id: int, *, people: int, pace: Pace) -> str | None:
    """Return the token of a new row, or None when another one holds. Raises Refused when too many run."""
    now, token = timezone.now(), new_id()
    alive = Crowd.objects.filter(ended_at=None, beat_at__gt=now - LEASE).exclude(pk=session_id)
    check_crowds(running=alive.count())
    try:
        with transaction.atomic():
            gone = Q(ended_at__isnull=False) | Q(beat_at__lte=now - LEASE)
            Crowd.objects.filter(gone, pk=session_id).delete()
            Crowd.objects.create(session_id=session_id, token=token, people=people, pace=pace.value, beat_at=now)
    except IntegrityError:
        return None
    return token


def _note(session_id: int, token: str, **changes: Any) -> bool:
    """Return whether the row is still ours, and nobody wants them to stop."""
    ours = Crowd.objects.filter(pk=session_id, token=token)
    return bool(ours.update(**changes)) and ours.filter(is_stopping=False).exists()


def _watch(session_id: int, token: str, process: subprocess.Popen[str]) -> None:
    """Write down what they tell once a second, until they are gone or are to go."""
    try:
        assert process.stdout is not None
        _follow(session_id, token, process, process.stdout)
    except (DatabaseError, InterfaceError) as error:
        log.warning("The database does not answer for simulated people: %s", type(error).__name__)
        connection.close()
    finally:
        _end(process)
        if _Server.running.get(session_id) is process:
            del _Server.running[session_id]
        if process.returncode > 0:
            log.warning("Simulated people could not go on: manage.py simulate ended with %s", process.returncode)
        try:
            _note(session_id, token, ended_at=timezone.now(), failed=process.returncode > 0)
        except (DatabaseError, InterfaceError):
            log.warning("The database did not answer when simulated people went")
        connection.close()


def _follow(session_id: int, token: str, process: subprocess.Popen[str], told: IO[str]) -> None:
    here = Session.objects.filter(pk=session_id, rehearsal=True, archived_at=None, wiping_at=None)
    for line in told:
        if not _note(session_id, token, beat_at=timezone.now(), **json.loads(line)) or not here.exists():
            return


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
