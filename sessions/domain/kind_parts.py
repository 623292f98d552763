"""The words in which a step kind is declared: what people give, who sees it, what the suite tries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

import msgspec

Settled = Annotated[dict[str, Any], msgspec.Meta(extra={"words": "StepSettings"})]
"""Settings as they are sent and stored: those of the step's kind."""
KindKey = Annotated[str, msgspec.Meta(max_length=12, extra={"words": "StepKind"})]
"""A kind's name on the wire. Which there are is known once they are registered."""


class Input(StrEnum):
    """What people give in a step, and so where it is stored."""

    NONE = "none"
    CARDS = "cards"
    MARKS = "marks"
    PLACEMENTS = "placements"


class Scope(StrEnum):
    """Who sees the answers of a step: everybody, or each group its own."""

    ROOM = "room"
    GROUP = "group"


class Part(StrEnum):
    """What there may be to see of a step besides the step itself."""

    CARDS = "cards"
    """The cards written in it."""
    TALLY = "tally"
    """Counts while people vote."""
    RESULT = "result"
    """The figures of a round, as they were published."""
    SUMMARY = "summary"
    """What its cards say together; see `StepKind.summary`."""


class Name(NamedTuple):
    """What a kind is called, for people."""

    nl: str
    en: str


class Offered(NamedTuple):
    """Words that a step puts to the vote; one language is enough."""

    nl: str
    en: str


class Example(NamedTuple):
    """One command in a step of this kind. `refused`: the code that it is refused with; none: it is done."""

    do: str
    content: Mapping[str, Any]
    refused: str | None = None
    after: tuple[str, ...] = ()
    """What the facilitator did to the step before: `step.open`, `step.close`, `step.reveal`, `step.seal`."""
    settings: Mapping[str, Any] = {}
    """Of the step in which it is tried, besides the defaults."""


class Rows(NamedTuple):
    """What one file of the export must hold of a step: every stored row once, and nothing else."""

    file: str
    key: tuple[str, ...]
    """The columns by which a row is known."""
    stored: Collection[tuple[str, ...]]
    blank: Mapping[str, str] = {}
    """What stands in a row of the file that is there for completeness and stored nowhere."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what a facilitator sets of a step of one kind. A field has its default and its limits here, once."""
