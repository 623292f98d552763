"""Background job: a thread per process that deletes sessions whose retention date is over.

Two processes that look at the same moment do no harm: deleting what is being deleted changes nothing.
"""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, InterfaceError, connection

from ..domain.retention import find_over
from .deletion_job import delete_session

log = logging.getLogger(__name__)

LOOK_S = 600.0


def delete_over(*, wait_s: float = 0.0) -> int:
    """Delete them as the core team would. Returns how many."""
    found = find_over()
    for session_id in found:
        delete_session(session_id, wait_s=wait_s)
    if found:
        log.info("Sessions whose retention date is over: %s deleted", len(found))
    return len(found)


def start_retention_job() -> None:
    """Start the job. It ends with the process; the next start catches up."""
    threading.Thread(target=_work, name="retention", daemon=True).start()


def _work() -> None:
    pause = threading.Event()
    while True:
        try:
            delete_over()
        except (DatabaseError, InterfaceError) as error:
            log.warning("The database does not answer the retention job: %s", type(error).__name__)
            connection.close()
        except Exception:
            log.exception("The retention job failed")
        pause.wait(LOOK_S)
