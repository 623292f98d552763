"""What a refusal may tell: about oneself and about what one sees anyway, never what others chose or who wrote what.

`TELLS` has the verdict per code: what whoever is refused learns by it of others.
"""

from __future__ import annotations

from uuid import uuid4

import pytest

from sessions.ballots.dots import DotsRules
from sessions.domain.actor import Actor
from sessions.domain.commands import (
    CastVote,
    ChangeSector,
    Command,
    EditCard,
    EditStep,
    OpenStep,
    UndoStep,
    WithdrawCard,
    WriteCard,
)
from sessions.domain.world import CommandRequest
from sessions.enums import Aspect
from sessions.errors import Code
from sessions.kinds import Keys as StepKind

from ..factory import SessionHarness, make_room
from .checks import codes

OWN = "nothing: it is about the message, the key or the person who asks"
SHOWN = "nothing: everybody who may ask it is shown the same anyway"
TELLS: dict[Code, str] = {
    Code.BAD_MESSAGE: OWN,
    Code.TOO_LARGE: OWN,
    Code.UNKNOWN_COMMAND: OWN,
    Code.KEY_MISSING: OWN,
    Code.KEY_REUSED: OWN,  # a key is looked up among those of the same actor
    Code.HELLO_FIRST: OWN,
    Code.PROTOCOL_VERSION: OWN,
    Code.NOT_ALLOWED: OWN,
    Code.SIGNED_OUT: OWN,
    Code.ACCOUNT_CLOSED: OWN,
    Code.NO_ROLE: OWN,  # the same for a session of another programme as for one of this programme
    Code.LINK_REVOKED: OWN,  # the same for a link that never was
    Code.NOT_JOINED: OWN,
    Code.RETIRED: OWN,
    Code.WENT_ON: OWN,
    Code.MOVE_UNKNOWN: "that no code of now leads to anybody of the session; how often that may be asked is bounded",
    Code.STAGE_ELSEWHERE: SHOWN,
    Code.SLOW_DOWN: OWN,  # a bucket per person
    Code.FLOODED: OWN,  # a bucket per socket
    Code.UNAVAILABLE: "that the database does not answer",
    Code.INTERNAL: "that the server failed",
    Code.SESSION_UNKNOWN: "that no session has the code; how often that may be asked is bounded",
    Code.SESSION_LOCKED: SHOWN,
    Code.JOIN_REFUSED: OWN,
    Code.JOIN_FULL: "that very many people wait at the door",
    Code.SESSION_ARCHIVED: SHOWN,
    Code.CONSENT_LOOSER: SHOWN,
    Code.CONSENT_CHANGED: SHOWN,
    Code.SESSION_DELETED: "to a socket that was open in it: that it was deleted. To anybody else it is unknown",
    Code.SESSION_NO_REHEARSAL: SHOWN,
    Code.SECTOR_UNKNOWN: SHOWN,
    Code.SECTOR_FIXED: OWN,
    Code.STEP_UNKNOWN: "that a step with this random id is not there; phones do not know ids of steps to come",
    Code.STEP_WRONG_KIND: SHOWN,
    Code.STEP_NOT_OPEN: SHOWN,
    Code.STEP_CLOSED: SHOWN,
    Code.STEP_NOT_CLOSED: SHOWN,
    Code.STEP_SEALED: SHOWN,
    Code.STEP_REVEALED: SHOWN,
    Code.SEAL_TOO_EARLY: SHOWN,
    Code.SEAL_COUNT: OWN,
    Code.STEP_HAS_ANSWERS: (
        "to a console: that the step was opened; after an undone opening that somebody voted, which its count of"
        " who answered told at the time. Never what"
    ),
    Code.STEP_NOT_REVEALABLE: SHOWN,
    Code.UNDO_TOO_LATE: SHOWN,
    Code.TEXT_EMPTY: OWN,
    Code.TEXT_BAD: OWN,
    Code.TEXT_LONG: OWN,
    Code.CARD_UNKNOWN: "that a card with this random id is not the asker's: the same for another's card as for none",
    Code.CARD_LIMIT: OWN,
    Code.CARD_IN_VOTE: (
        "to the card's writer: that a vote with it was opened; after an undone opening that somebody in the room"
        " voted in those seconds. Never whether on this card"
    ),
    Code.CARD_REDACTED: (
        "to the card's writer: that it was redacted, which their phone shows; to a console: that words of an item were"
    ),
    Code.PILLAR_MISSING: OWN,
    Code.PILLAR_UNKNOWN: SHOWN,
    Code.ROUND_UNKNOWN: "that a round with this random id is not there",
    Code.ROUND_CLOSED: SHOWN,
    Code.ROUND_NOT_OPEN: SHOWN,
    Code.ROUND_EMPTY: SHOWN,
    Code.ROUND_STARTED: "to a console: the same as step.has_answers. Never whether anybody voted on this card",
    Code.ROUND_REVEALED: SHOWN,
    Code.ROUND_NOT_REVEALED: SHOWN,
    Code.ITEM_UNKNOWN: SHOWN,
    Code.ITEM_LIMIT: SHOWN,
    Code.ITEM_IS_CARD: SHOWN,
    Code.ITEM_SEEN: "to a console: that a vote with it was opened, which its agenda shows",
    Code.ITEM_DOCUMENT: OWN,
    Code.BUDGET_SPENT: OWN,
    Code.TOO_MANY: OWN,
    Code.POINTS_SPENT: OWN,
    Code.POINTS_LEFT: OWN,
    Code.TOO_DEAR: OWN,
    Code.PLACE_TAKEN: OWN,
    Code.VOTE_VALUE: OWN,
    Code.BAD_MARK: OWN,
    Code.GROUP_UNKNOWN: OWN,
    Code.GROUP_MISSING: OWN,  # where one sits oneself
    Code.PARTICIPANT_UNKNOWN: "to a console: that nobody has this id, among people it is shown",
    Code.AGENDA_BAD: SHOWN,
    Code.WORDS_TWICE: "to a console: that a round holds these words, which it shows; or the own settings do",
    Code.AGENDA_CHANGED: "to a console: that a field of a step is another than it said, which its agenda shows",
    Code.AGENDA_FULL: "to a console: how many steps the agenda has, which it shows",
    Code.TEMPLATE_UNKNOWN: "to a console: that a template with this random key is not there; only of its own programme",
    Code.KEPT_LIMIT: "to a facilitator: how many templates the programme keeps, which the agenda's page lists",
    Code.CROWD_LIMIT: "to a facilitator: that three rehearsals, of any programme, have simulated people now",
    Code.CROWD_NO_ADDRESS: "how the server was started",
    Code.BALLOT_EMPTY: OWN,
    Code.BALLOT_NUMBER: "to a console: that a paper ballot has this number, which its list of them shows",
    Code.ROUND_FOLLOWED: SHOWN,
    Code.RESULT_SAME: "to a console: that no ballot differs from what is shown, which the round says beside its result",
    Code.RESULT_STANDS: SHOWN,
    Code.RESULT_WAITS: "to a console: how many ballots an O still lacks, of those that are typed in beside it",
}


def test_every_code_has_its_verdict() -> None:
    assert set(TELLS) == set(Code)


class TwinSessions:
    """Two rooms alike, in which the same things are asked; others did something else in each."""

    def __init__(self, *, votes: bool) -> None:
        self.room: SessionHarness = make_room(sectors=("onderwijs", "overheden"), threshold=3)
        self.me, *self.others = [*self.room.join("onderwijs", n=3), *self.room.join("overheden", n=3)]
        collect = self.room.step(StepKind.COLLECT)
        self.round, self.items = self.room.open_vote(items=3, rules=DotsRules(budget=2, most=2))
        self.room.lead(OpenStep(step=collect.public_id))
        self.mine = self._write(self.me, collect.public_id)
        self.theirs = self._write(self.others[0], collect.public_id)
        self.room.lead(OpenStep(step=self.round.step.public_id))
        self.first = self.items[0]
        for person in self.others:
            self.room.vote(person, self.round, self.items[0 if votes else 1], tap=1)

    def _write(self, person: Actor, step: str) -> str:
        pillar = self.room.pillars[0].public_id
        made = self.room.ask(
            person, WriteCard(step=step, text=f"van {person.id}", aspect=Aspect.BOTH, lang="nl", pillar=pillar)
        ).id
        assert made is not None
        return made

    def asked(self) -> list[Code | None]:
        """Everything a phone or a console may try to learn where dots are, and who wrote a card."""
        lead, me = self.room.facilitator, self.me
        nobody = "0" * 12
        cards = dict(self._cards())
        asks: list[tuple[Actor, Command]] = [
            (me, EditCard(card=self.theirs, aspect=Aspect.SOFTWARE)),
            (me, EditCard(card=nobody, aspect=Aspect.SOFTWARE)),
            (me, WithdrawCard(card=self.theirs)),
            (me, WithdrawCard(card=cards[self.first])),
            (me, ChangeSector(sector=self.room.sectors["overheden"].public_id)),
            (me, CastVote(round=self.round.public_id, item=self.first, value=2, tap=1)),
            (me, CastVote(round=self.round.public_id, item=self.items[1], value=1, tap=2)),
            (lead, EditStep(step=self.round.step.public_id, settings={"rules": {"ballot": "dots", "budget": 5}})),
            (lead, EditStep(step=self.round.step.public_id, settings={"silent": False})),
            (lead, UndoStep()),
        ]
        return [codes(self.room.batch(CommandRequest(actor, command, uuid4())))[0] for actor, command in asks]

    def _cards(self) -> list[tuple[str, str]]:
        places = self.round.round_items.values_list("item__public_id", "item__contribution__public_id")
        return [(str(item), str(card)) for item, card in places]


@pytest.mark.usefixtures("database")
def test_answers_are_the_same_whatever_others_chose() -> None:
    one, two = TwinSessions(votes=True).asked(), TwinSessions(votes=False).asked()
    assert one == two
    assert one[:3] == [Code.CARD_UNKNOWN] * 3
