"""A person goes on in another browser, and this one is theirs no more."""

from __future__ import annotations

from ...errors import Code
from ...models import FormerBrowser, JoinRequest, MoveCode, Participant
from .. import rules
from ..actor import Actor
from ..commands import GoOn
from ..log import LogKind
from ..lookup import require
from ..transfer import find_by_code
from ..world import World
from .people import retire_person


def transfer_participant(*, world: World, actor: Actor, command: GoOn) -> str:
    """Give a person the secret of another browser. Who that browser was until now is retired. Returns the person's id.

    The caller holds the session's row: of two browsers with one code the first gets it, and the second finds none.
    """
    person = require(find_by_code(session=world.session, code=command.code, at=world.at), Code.MOVE_UNKNOWN)
    rules.check_not_retired(person)
    others = Participant.objects.filter(session=world.session, token_hash=command.instead_of)
    here = others.first() if command.instead_of is not None else None
    FormerBrowser.objects.create(
        participant=person, token_hash=person.token_hash, receipt_hash=person.receipt_hash, left_at=world.at
    )
    person.token_hash, person.receipt_hash = command.token_hash, command.receipt_hash
    world.change(person, "token_hash", "receipt_hash")
    MoveCode.objects.filter(participant=person).delete()
    world.note(LogKind.PARTICIPANT_WENT_ON, participant=person.public_id, made=person.public_id)
    if command.waiting is not None:
        JoinRequest.objects.filter(session=world.session, token_hash=command.waiting).delete()
    if here is not None and here.pk != person.pk:
        retire_person(world=world, person=here)
    return person.public_id
