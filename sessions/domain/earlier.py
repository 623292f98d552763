"""Everything a phone may see of steps, rounds and results, in pages: also what its snapshot does not hold.

Made by the functions that make it for the socket, for the same audience (audience.py).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ..enums import Audience
from . import audience as see
from .documents import EarlierDoc, ResultDoc, RoundDoc, StepDoc
from .state import State

PAGE_BYTES = 30_000
"""What a page holds at the most, unless one round alone is longer."""


def show_earlier(state: State) -> Iterator[StepDoc | RoundDoc | ResultDoc]:
    """Yield step by step what a phone may see, in the order of the agenda."""
    for step in sorted(state.steps.values(), key=lambda step: (step.position, step.pk)):
        if (shown := see.show_step(state, step, Audience.PHONE)) is None:
            continue
        yield shown
        for round_ in state.rounds_of(step):
            if (told := see.show_round(state, round_, Audience.PHONE)) is not None:
                yield told
            if (result := see.show_result(state, round_, Audience.PHONE)) is not None:
                yield result


def pack_earlier(state: State, *, seq: int) -> list[bytes]:
    """Return the pages, encoded. `state` is at line `seq`."""
    parts: list[list[StepDoc | RoundDoc | ResultDoc]] = [[]]
    left = PAGE_BYTES
    for document in show_earlier(state):
        size = len(_encode(document))
        if size > left and parts[-1]:
            parts.append([])
            left = PAGE_BYTES
        parts[-1].append(document)
        left -= size
    return [
        _encode(
            EarlierDoc(
                epoch=state.session.epoch,
                number=seq,
                pages=len(parts),
                steps=[found for found in part if isinstance(found, StepDoc)],
                rounds=[found for found in part if isinstance(found, RoundDoc)],
                results=[found for found in part if isinstance(found, ResultDoc)],
            )
        )
        for part in parts
    ]


_encode = msgspec.json.Encoder().encode
