"""Another machine on another wire: a network namespace with a cable to this one that can be pulled out.

Its phones reach the server at an address that is not the loopback's, as phones in a room do. When all of this program
is killed the namespace stays, empty, until the next one comes by and finds its maker gone.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

from sessions.management.simulation.websocket import WebSocket

from .dial import connect_with
from .stand import Skip

CLONE_NEWNET = 0x4000_0000
NAMESPACES = Path("/run/netns")
PREFIX = "faults-"
"""The process that made one follows in its name."""


class Network:
    """`host` is the server's address on the cable. `dial` opens a socket from the other end."""

    def __init__(self) -> None:
        number = os.getpid() % 16_384
        here = f"10.213.{number // 64}.{number % 64 * 4}"
        self.name = f"{PREFIX}{os.getpid()}"
        self._near, self._far = f"fn{os.getpid()}", f"ff{os.getpid()}"
        first, _, last = here.rpartition(".")
        self.host, self._phone = f"{first}.{int(last) + 1}", f"{first}.{int(last) + 2}"

    def __enter__(self) -> Self:
        if shutil.which("ip") is None:
            raise Skip("there is no `ip` (Debian's iproute2) to make a network with")
        remove_orphans()
        try:
            self._ip("netns", "add", self.name)
            self._ip("link", "add", self._near, "type", "veth", "peer", "name", self._far, "netns", self.name)
            self._ip("addr", "add", f"{self.host}/30", "dev", self._near)
            self._ip("link", "set", self._near, "up")
            self._ip("-n", self.name, "addr", "add", f"{self._phone}/30", "dev", self._far)
            self._ip("-n", self.name, "link", "set", "lo", "up")
            self.mend()
        except subprocess.CalledProcessError as error:
            self._remove()
            raise Skip(f"no network namespace can be made here: {error.stderr.strip()}") from error
        # Its one thread lives there: a socket belongs to where it was made, whoever uses it then.
        self._there = ThreadPoolExecutor(max_workers=1, initializer=self._move)
        return self

    def __exit__(self, *_: object) -> None:
        self._there.shutdown()
        self._remove()

    def cut(self) -> None:
        """Pull the cable out at the phones' end; the server's machine is told nothing."""
        self._ip("-n", self.name, "link", "set", self._far, "down")

    def mend(self) -> None:
        self._ip("-n", self.name, "link", "set", self._far, "up")

    async def dial(self, address: str, cookies: dict[str, str]) -> WebSocket:
        return await connect_with(self._there.submit(socket.socket).result(), address, cookies)

    def program(self, program: str, folder: Path) -> str:
        """Return a command that runs a program over there."""
        script = folder / f"{Path(program).name}-there"
        script.write_text(f'#!/bin/sh\nexec ip netns exec {self.name} {program} "$@"\n')
        script.chmod(0o755)
        return str(script)

    def _move(self) -> None:
        with (NAMESPACES / self.name).open() as there:
            if ctypes.CDLL(None, use_errno=True).setns(there.fileno(), CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")

    def _remove(self) -> None:
        _delete(self.name)

    @staticmethod
    def _ip(*words: str) -> None:
        subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


def remove_orphans() -> None:
    """Remove the networks of processes that are no more."""
    for found in NAMESPACES.glob(f"{PREFIX}*"):
        maker = found.name.removeprefix(PREFIX)
        if maker.isdigit() and not Path(f"/proc/{maker}").exists():
            _delete(found.name)


def _delete(name: str) -> None:
    # The cable goes with the namespace it ends in.
    subprocess.run(["ip", "netns", "del", name], capture_output=True)
