"""The short form: fewer people, the faults that a room meets first. `make faults` plays all of them, whole."""

from __future__ import annotations

import pytest
from pytest_django import DjangoDbBlocker

from .table import FAULTS, Fault, play

pytestmark = [pytest.mark.slow, pytest.mark.servers, pytest.mark.e2e]


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.short], ids=lambda fault: fault.name)
def test_a_fault_loses_nothing_and_doubles_nothing(fault: Fault, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():  # the databases looked into are those of the row's own servers
        row = play(fault, 1, short=True)
    if row.skipped:
        pytest.skip(row.skipped)
    assert (row.lost, row.doubled, row.missed) == (0, 0, []), row.notes
