"""Background job: a thread per process that has redacted texts destroyed when they are due, and the practice of
archived sessions thrown away.

It only looks and asks: the writer destroys, as it does everything that changes a session. So two processes that look at
the same moment do no harm, the second command finds nothing left. Afterwards the database's files are purged.
"""

from __future__ import annotations

import logging
import threading
from typing import Protocol

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import Q

from ..domain.actor import Actor
from ..domain.command_request import CommandRequest
from ..domain.commands import Command, DestroyRedacted, EndPractice
from ..domain.handlers import perform
from ..domain.redaction import find_due
from ..domain.sessions import find_practice_left
from ..domain.world import World
from ..errors import Code, Refused
from ..models import Contribution, Item, Session, purge
from .writer import submit_and_wait

log = logging.getLogger(__name__)

LOOK_S = 2.0


class Give(Protocol):
    """Gives a command, and returns once it is stored. Raises Refused."""

    def __call__(self, *, session_id: int, actor: Actor, command: Command) -> object: ...


def erase_due() -> None:
    """Destroy every text that is due now, in all sessions, and purge the files."""
    destroy_due()
    purge.clean_file(is_used=is_used)


def destroy_due(give: Give = submit_and_wait) -> None:
    """Destroy them without a look at the files; and what people practised in sessions that were archived since."""
    owed: list[tuple[int, Command]] = [(found, DestroyRedacted()) for found in find_due()]
    owed += [(found, EndPractice()) for found in find_practice_left()]
    for session_id, command in owed:
        try:
            give(session_id=session_id, actor=Actor.system(), command=command)
        except Refused as refused:
            log.warning("%s was refused: %s", command.do, refused.code.value)


def give_here(*, session_id: int, actor: Actor, command: Command) -> None:
    """Commit one command in this thread: for the shell, where no writer runs. A server beside it waits its turn."""
    request = CommandRequest(actor, command)
    try:
        with transaction.atomic(durable=True):
            world = World.open(session_id=session_id, requests=[request], remembered=None)
            perform(world=world, request=request)
            world.save()
    except Session.DoesNotExist:  # somebody else deleted it meanwhile
        raise Refused(Code.SESSION_UNKNOWN) from None


def is_used(text: str) -> bool:
    """Whether a current card or item contains this text: somebody else may have written the same."""
    items = Item.objects.filter(Q(text_nl__contains=text) | Q(text_en__contains=text))
    return Contribution.objects.filter(text__contains=text).exists() or items.exists()


def start_erasure_job() -> None:
    """Start the job. It ends with the process; the next start catches up."""
    threading.Thread(target=_work, name="eraser", daemon=True).start()


def _work() -> None:
    pause = threading.Event()
    while True:
        try:
            erase_due()
        except (DatabaseError, InterfaceError) as error:
            log.warning("The database does not answer the eraser: %s", type(error).__name__)
            connection.close()
        except Exception:
            log.exception("The eraser failed")
        pause.wait(LOOK_S)
