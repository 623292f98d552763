"""A server whose program is altered before it serves, by a module of the tests that has a function `alter`.

The server's environment names the module. A server of the fork server alters itself (fork_server.py); elsewhere it is
started as `python -m tests.altered serve …`.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

BY = "ALTERED_BY"


def alter_as_told() -> None:
    """Alter the program of this process, where its environment says so. The command line must be settled."""
    if name := os.environ.get(BY):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")
        import_module(name).alter()


if __name__ == "__main__":
    from cocreation.start import settle
    from manage import main

    settle(sys.argv[2:])
    alter_as_told()
    main()
