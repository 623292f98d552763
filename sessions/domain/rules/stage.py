"""The projectors: a press that comes late turns nothing."""

from __future__ import annotations

from ...errors import Code, Refused
from ...models import Step


def check_on_stage(*, step: Step, shown: Step | None) -> None:
    """They are turned in the step that they show."""
    if shown is not step:
        raise Refused(Code.STAGE_ELSEWHERE)
