"""A server that waits less than the program does, so that a test of what comes after need not wait as long.

    RunningServer(data_dir=tmp_path, waits={"sessions.live.hub.LINGER_S": 1})

How long the program itself waits is held against the documents by tests/docs/test_protocol.py.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from importlib import import_module

NAME = "WAITS"


def shorter(seconds: Mapping[str, float]) -> dict[str, str]:
    """Return what such a server's environment says: constant → seconds."""
    return {NAME: json.dumps(dict(seconds))}


def alter() -> None:
    import django

    django.setup()
    for name, seconds in json.loads(os.environ[NAME]).items():
        place, _, constant = name.rpartition(".")
        module = import_module(place)
        was = getattr(module, constant)
        setattr(module, constant, dt.timedelta(seconds=seconds) if isinstance(was, dt.timedelta) else float(seconds))
