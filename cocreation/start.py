"""What `manage.py serve` is told must be in the environment before Django is loaded: settings are read once.

Loading it takes a second of processor time, so that is not the moment to find out.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from .address import public_url
from .environment import read_port

ALL = ("0.0.0.0", "::")  # noqa: S104


def add_place(parser: ArgumentParser) -> None:
    """Add the options that say where the server lives."""
    parser.add_argument("--port", type=int, help="default: PORT, else 8000")
    parser.add_argument("--data-dir", help="where everything is kept; default: DATA_DIR, else ./data")
    parser.add_argument("--host", default=ALL[0], help="the address to listen on; default: all")


def environment_of(arguments: Sequence[str]) -> dict[str, str]:
    """Return what of the environment these options settle."""
    parser = ArgumentParser(prog="manage.py serve", add_help=False)
    add_place(parser)
    place, _ = parser.parse_known_args(arguments)
    port = place.port or read_port("PORT", 8000)
    wanted = {"PORT": str(port)}
    if place.data_dir:
        wanted["DATA_DIR"] = str(Path(place.data_dir).resolve())
    # Else glibc keeps a heap for every thread that ever served a page, and gives little of it back.
    wanted["MALLOC_ARENA_MAX"] = os.environ.get("MALLOC_ARENA_MAX", "2")
    if not os.environ.get("PUBLIC_URL"):
        wanted["PUBLIC_URL"] = public_url(port)[0] if place.host in ALL else f"http://{place.host}:{port}"
    return wanted


def settle(arguments: Sequence[str]) -> None:
    """Start again with the environment that the options mean, unless it is so already."""
    wanted = environment_of(arguments)
    if all(os.environ.get(name) == value for name, value in wanted.items()):
        return
    os.environ.update(wanted)
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - ourselves
