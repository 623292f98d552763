"""What `make faults` leaves behind on a machine. The faults themselves are played by it alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tools.faults.network import NAMESPACES, PREFIX, Network
from tools.faults.stand import Skip


def test_the_network_of_a_run_that_was_killed_is_removed_by_the_next() -> None:
    """Not that of one that is at work."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    names = {"gone": f"{PREFIX}{gone.pid}", "here": f"{PREFIX}{os.getppid()}"}
    ip = shutil.which("ip")
    if ip is None or any(subprocess.run([ip, "netns", "add", name]).returncode for name in names.values()):
        pytest.skip("no network namespace can be made here")
    try:
        with Network() as network:
            left = {found.name for found in NAMESPACES.glob(f"{PREFIX}*")}
            assert {network.name, names["here"]} <= left
            assert names["gone"] not in left
    except Skip as reason:
        pytest.skip(str(reason))
    finally:
        subprocess.run([ip, "netns", "del", names["here"]])
