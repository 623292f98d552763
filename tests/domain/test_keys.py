"""A key stays the key of its command, whatever fields commands get later."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from sessions.domain.command_request import digest_of, digest_whole_of
from sessions.domain.commands import CastVote
from sessions.errors import Code, Refused
from sessions.models import Event, Vote

from ..factory import SessionHarness, make_room

pytestmark = pytest.mark.usefixtures("database")


def voted(*, key: UUID) -> tuple[SessionHarness, Any, CastVote]:
    room = make_room()
    round_, (item, *_) = room.open_vote()
    (person,) = room.join("onderwijs")
    command = CastVote(round=round_.public_id, item=item, value=1, tap=1)
    room.ask(person, command, key=key)
    return room, person, command


def test_a_field_with_a_default_that_is_added_later_makes_no_committed_vote_another_one() -> None:
    """The same frame, read by a later program whose command has one field more."""

    class LaterVote(CastVote, frozen=True):
        reason: str | None = None

    sent = b'{"round":"000000000000","item":"111111111111","value":1,"tap":1}'
    before = msgspec.json.decode(sent, type=CastVote)
    later = msgspec.json.decode(sent, type=LaterVote)
    assert digest_of(before) == digest_of(later)
    assert digest_whole_of(before) != digest_whole_of(later)


def test_a_vote_that_was_committed_before_protocol_2_is_answered_again_and_not_carried_out() -> None:
    key = uuid4()
    room, person, command = voted(key=key)
    Event.objects.filter(session=room.session, key=key).update(digest=digest_whole_of(command))
    again = room.ask(person, command, key=key)
    assert again.seq == Event.objects.get(session=room.session, key=key).seq
    assert Vote.objects.filter(round_item__round__step__session=room.session).count() == 1


def test_another_content_under_a_key_is_refused() -> None:
    key = uuid4()
    room, person, command = voted(key=key)
    with pytest.raises(Refused) as refused:
        room.ask(person, msgspec.structs.replace(command, value=0), key=key)
    assert refused.value.code is Code.KEY_REUSED
