"""The step kinds that there are: this list is the registry, and importing it registers them.

Each is one file, or a folder of its own. docs/adding-a-kind.md says how one is made.
"""

from __future__ import annotations

from enum import StrEnum

from ..domain.kind import is_known, register
from .break_ import Break
from .close import Close
from .collect import Collect
from .question import Question
from .reveal import Reveal
from .vote import Vote
from .welcome import Welcome

KINDS = (Welcome(), Collect(), Vote(), Question(), Reveal(), Break(), Close())

for _kind in KINDS:
    if not is_known(_kind.key):
        register(_kind)

Keys = StrEnum("StepKind", {kind.key.upper(): kind.key for kind in KINDS})  # type: ignore[misc]
"""Their names as an enum: the type `StepKind` of the wire."""
