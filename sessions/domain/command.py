"""What a command is: the content of one command, what it reads, and how a phone keeps it until it is answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal, NamedTuple

import msgspec

from ..errors import Code
from ..limits import BODY_LENGTH, CARD_LENGTH, LAST_MS, NOTES_LENGTH, PROMPT_LENGTH, TITLE_LENGTH

Id = Annotated[str, msgspec.Meta(pattern="^[0-9a-z]{12}$", max_length=12)]
Text = Annotated[str, msgspec.Meta(max_length=CARD_LENGTH)]
Title = Annotated[str, msgspec.Meta(max_length=TITLE_LENGTH)]
Prompt = Annotated[str, msgspec.Meta(max_length=PROMPT_LENGTH)]
Body = Annotated[str, msgspec.Meta(max_length=BODY_LENGTH)]
Notes = Annotated[str, msgspec.Meta(max_length=NOTES_LENGTH)]
Language = Literal["nl", "en"]
Tap = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Number = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]
MarkValue = Number | Annotated[list[Number | None], msgspec.Meta(max_length=5)] | None
People = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Moment = Annotated[int, msgspec.Meta(ge=0, le=LAST_MS)]

MOMENTARY_MS = 15_000
"""A step, a clock or a projector is moved now or not at all: who was away does not want it later."""


class Reads(NamedTuple):
    """What rules ask of a command besides agenda and rounds, so that a batch reads it for all of them at once."""

    card: str = ""
    """The field that names a card."""
    participant: str = ""
    """The field that names somebody else than the giver, who is then read whole."""
    marks: bool = False
    """What the giver has on the places it names (`places`), and spent in their rounds. Of the giver no more is read
    than that, so that a room that votes all at once need not be read whole."""


class Outbox(NamedTuple):
    """How a phone or a console keeps a command that was not answered yet."""

    collapses: tuple[str, ...] = ()
    """Fields: of two that follow each other and agree in them, only the newer is sent."""
    told: tuple[Code, ...] | None = ()
    """Refusals that stay in sight until they were read; None: any."""
    untold: tuple[Code, ...] = ()
    """Of those, what is no news."""
    expires_ms: int | None = None
    """After so long it is not sent any more."""


class Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A command's content. `do` is its name on the wire. Written without its defaults, so that a digest is over the
    fields as they were sent: a default that is added later makes no other command of it.
    """

    do: ClassVar[str]
    reads: ClassVar[Reads] = Reads()
    outbox: ClassVar[Outbox] = Outbox()

    def weight(self) -> float:
        """Return what it costs the writer and the screens, in single votes: its rate limit and its part of a batch."""
        return 1.0

    def places(self) -> Iterable[tuple[str, str]]:
        """Yield (round, item) of every mark it sets; only asked of commands that read marks."""
        return ()
