"""A message to all phones: put there, taken away, and undone like a turn of the projectors.

The log says that there was one, and not what it said: its words stand in the session's row alone.
"""

from __future__ import annotations

from typing import Any

from ...models.ids import new_id
from .. import rules
from ..actor import Actor
from ..commands import PutMessage, RemoveMessage
from ..log import LogKind
from ..moment import to_ms
from ..sanitiser import clean_line
from ..world import World


def put_message(*, world: World, actor: Actor, command: PutMessage) -> str:
    """Let it stand on all phones. Returns its id."""
    nl, en = clean_line(command.text_nl), clean_line(command.text_en)
    rules.check_has_words(nl, en)
    message = {"id": new_id(), "nl": nl, "en": en, "at": to_ms(world.at)}
    _remember(world, PutMessage.do)
    world.session.message = message
    world.note(LogKind.MESSAGE_PUT, message=message["id"], made=message["id"])
    return str(message["id"])


def remove_message(*, world: World, actor: Actor, command: RemoveMessage) -> None:
    """Take it away, unless another one took its place before the press came."""
    stands: dict[str, Any] | None = world.session.message
    if stands is None or stands["id"] != command.message:
        return
    _remember(world, RemoveMessage.do)
    world.session.message = None
    world.note(LogKind.MESSAGE_REMOVED, message=stands["id"])


def undo_message(*, world: World, undo: dict[str, Any]) -> None:
    """Let what stood there before stand there again. What could be undone before it can be undone again."""
    before: dict[str, Any] | None = undo["message"]
    about = before or world.session.message
    assert about is not None, "a message was put or taken away"
    world.session.undo, world.session.message = undo["under"], before
    world.change_session()
    kind = LogKind.MESSAGE_REMOVED if before is None else LogKind.MESSAGE_PUT
    world.note(kind, message=about["id"], undo=True)


def _remember(world: World, do: str) -> None:
    """Let this be what is undone next, on top of the last step change, which stays open to be undone."""
    world.session.undo = {
        "do": do,
        "step": None,
        "at": to_ms(world.at),
        "now": None,
        "steps": {},
        "rounds": {},
        "message": world.session.message,
        "under": rules.step_change_in(world.session.undo),
    }
    world.change_session()
