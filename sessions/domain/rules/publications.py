"""Publications: when the result of a round is shown anew."""

from __future__ import annotations

from collections.abc import Mapping

from ...errors import Code, Refused
from ...models import Round
from ..revealed import is_revealed


def check_may_publish(*, late: int, is_per_item: bool, may_follow: bool, missing: Mapping[str, str]) -> None:
    """A later result of a round is shown only where its difference from the earlier ones exposes nobody.

    `late`: ballots that differ from what is shown. `is_per_item`: each item has its own people. `missing`: what is
    still needed, by language.
    """
    if late == 0:
        raise Refused(Code.RESULT_SAME)
    if is_per_item:
        raise Refused(Code.RESULT_STANDS)
    if not may_follow:
        raise Refused(Code.RESULT_WAITS, **{f"missing_{language}": told for language, told in missing.items()})


def check_was_revealed(round_: Round) -> None:
    """Shown anew is what was shown."""
    if not is_revealed(round_):
        raise Refused(Code.ROUND_NOT_REVEALED)
