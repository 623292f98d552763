"""Lets a server's comparison with chance take until a file is there. Its environment names the file: GO."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from sessions.synthesis import permutation_test

largest_spreads = permutation_test.largest_spreads


def wait_and_compare(**given: Any) -> Any:
    while not Path(os.environ["GO"]).exists():
        time.sleep(0.02)
    return largest_spreads(**given)


def alter() -> None:
    permutation_test.largest_spreads = wait_and_compare
