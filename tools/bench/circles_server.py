"""`manage.py` with the step kind of tests/kinds/circles.py: no kind of the program itself has answers scoped to groups.

`python -m tools.bench.circles_server serve …` starts the product with one more kind in its registry, and nothing else.
"""

from __future__ import annotations

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")

from cocreation.start import settle

if __name__ == "__main__":
    settle(sys.argv[2:])

import django

django.setup()

from django.core.management import execute_from_command_line  # noqa: E402 - Django must be ready first

from sessions.domain.kind import register  # noqa: E402
from tests.kinds.circles import Circles  # noqa: E402

register(Circles())

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
