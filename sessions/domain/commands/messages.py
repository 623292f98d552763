"""What the facilitator says to all phones."""

from __future__ import annotations

from typing import Annotated

import msgspec

from ...limits import MESSAGE_LENGTH
from ..command import MOMENTARY_MS, Command, Id, Outbox

Message = Annotated[str, msgspec.Meta(max_length=MESSAGE_LENGTH)]


class PutMessage(Command, frozen=True):
    """Let this stand on all phones, in the place of an earlier message. One language is enough. The reply has `id`."""

    do = "message.put"
    outbox = Outbox(expires_ms=MOMENTARY_MS)
    text_nl: Message = ""
    text_en: Message = ""


class RemoveMessage(Command, frozen=True):
    """Take this message away. When another one stands there by now, nothing changes."""

    do = "message.remove"
    outbox = Outbox(expires_ms=MOMENTARY_MS)
    message: Id
