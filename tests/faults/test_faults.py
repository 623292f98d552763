"""The short form: fewer people, the faults that a room meets first. `make faults` plays all of them, whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from pytest_django import DjangoDbBlocker

from .network import NAMESPACES, PREFIX, Network
from .stand import Skip
from .table import FAULTS, Fault, play

pytestmark = [pytest.mark.slow, pytest.mark.servers, pytest.mark.e2e]


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.short], ids=lambda fault: fault.name)
def test_a_fault_loses_nothing_and_doubles_nothing(fault: Fault, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():  # the databases looked into are those of the row's own servers
        row = play(fault, 1, short=True)
    if row.skipped:
        pytest.skip(row.skipped)
    assert (row.lost, row.doubled, row.missed) == (0, 0, []), row.notes


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
