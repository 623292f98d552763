"""A PostgreSQL shared by all processes of a test run: started on first use, stopped when the run ends.

The process that started the run holds it, because it outlives the others: whichever of those came first may end first.
They ask over a socket whose path is in their environment. Each makes databases of its own (tests/migrated.py).
"""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

from .services import postgres

PLACE = "TESTS_LANDLORD"
ASK_S = 120


class SharedPostgres:
    """Listens from the first moment; a server is started when one is asked for."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="cocreation-tests-"))
        self._stack = ExitStack()
        self._url = ""
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(self._folder / "door"))
        self._door.listen(64)
        os.environ[PLACE] = str(self._folder / "door")
        threading.Thread(target=self._answer, name="landlord", daemon=True).start()

    def _answer(self) -> None:
        """Answer one after the other: the second waits until the server of the first stands."""
        while True:
            try:
                caller, _ = self._door.accept()
            except OSError:
                return  # closed
            with caller:
                try:
                    self._url = self._url or self._stack.enter_context(postgres()).url
                    caller.sendall(self._url.encode())
                except Exception as error:  # the one who asked fails, and says why
                    caller.sendall(f"! {error}".encode())

    def close(self) -> None:
        os.environ.pop(PLACE, None)
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._stack.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def ask_for_postgres() -> str:
    """Return the address of the run's PostgreSQL."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(ASK_S)
        line.connect(os.environ[PLACE])
        pieces = []
        while piece := line.recv(4096):
            pieces.append(piece)
    told = b"".join(pieces).decode()
    if not told or told.startswith("!"):
        raise RuntimeError(f"no PostgreSQL for this run: {told[2:] or 'the run is over'}")
    return told
