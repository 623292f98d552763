"""Who looks: an audience, and of phones the group whose part it is about."""

from __future__ import annotations

from typing import NamedTuple

from ..enums import Audience


class Viewer(NamedTuple):
    """`group`: the table id of a group, when what only its people see is asked about."""

    audience: Audience
    group: int | None = None
