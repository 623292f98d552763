"""Another browser, the same person: they keep what they gave, count once, and a code lets one browser in."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from sessions.domain.actor import Actor
from sessions.domain.commands import AdmitRequests, CastVote, GoOn, Join, RetireParticipant, RevealStep
from sessions.domain.moment import to_ms
from sessions.domain.receipt import read_receipt
from sessions.domain.state import State
from sessions.domain.transfer import LASTS, find_by_receipt, has_left, issue_move_code, tidy_move_code
from sessions.domain.world import CommandRequest, CommandResult
from sessions.errors import Code, Refused
from sessions.live.writer import Writer
from sessions.models import Ballot, MoveCode, Participant, Session
from sessions.models.ids import MOVE_LENGTH, RECEIPT_LENGTH, new_token, receipt_code, token_hash

from ..factory import SessionHarness, make_room, make_session

pytestmark = pytest.mark.usefixtures("database")


def code_of(room: SessionHarness, person: Actor, *, at: dt.datetime | None = None) -> str:
    return issue_move_code(person=room.person(person), at=at or timezone.now())[0]


def going_on(code: str, *, token: str, instead_of: str | None = None) -> GoOn:
    return GoOn(
        code=code,
        token_hash=token_hash(token),
        receipt_hash=token_hash(receipt_code(token)),
        instead_of=token_hash(instead_of) if instead_of else None,
    )


def refusal(room: SessionHarness, command: GoOn) -> Code:
    with pytest.raises(Refused) as refused:
        room.ask(Actor.system(), command)
    return refused.value.code


def by_token(token: str) -> int | None:
    return Participant.objects.filter(token_hash=token_hash(token)).values_list("pk", flat=True).first()


def test_a_person_goes_on_with_what_they_gave_and_the_browser_before_is_nobodys() -> None:
    room = make_room()
    people = room.join("onderwijs", n=5)
    round_, items = room.open_vote()
    for person in people:
        room.vote(person, round_, items[0], tap=1)
    # Somebody whom a facilitator typed in has no browser: they are nobody's second self.
    on_paper = Participant.objects.create(
        session=room.session, sector=room.sectors["overheden"], source="scribed", joined_at=timezone.now()
    )
    mover, old, new = people[0], room.tokens[people[0].id], new_token()
    before = State.load(room.session.pk)
    room.ask(Actor.system(), going_on(code_of(room, mover), token=new))
    after = State.load(room.session.pk)
    assert (by_token(new), by_token(old)) == (mover.id, None)
    assert has_left(session=room.session, token=old)
    assert not has_left(session=room.session, token=new)
    for state in (before, after):
        assert (len(state.taking_part), len(state.on_paper)) == (5, 1)
        assert state.voters[round_.public_id] == {person.id for person in people}
        assert state.tallies[round_.public_id][items[0]].heads[""] == 5
    on_paper.refresh_from_db()
    assert on_paper.retired_at is None
    # The dot that they have is not a second one here: it stands until a later tap.
    room.vote(mover, round_, items[0], value=0, tap=2)
    assert Ballot.objects.get(participant=mover.id).spent == 0


def test_who_the_new_browser_was_until_now_is_retired_and_no_longer_counts() -> None:
    """A QR code opened a second time in another browser: a second person with all dots."""
    room = make_room()
    people = room.join("onderwijs", n=6)
    round_, items = room.open_vote()
    for person in people:
        room.vote(person, round_, items[0], tap=1)
    first, second = people[0], people[5]
    token = room.tokens[second.id]
    room.ask(Actor.system(), going_on(code_of(room, first), token=new_token(), instead_of=token))
    assert room.person(second).retired_at is not None
    assert room.person(first).retired_at is None
    state = State.load(room.session.pk)
    assert len(state.taking_part) == 5
    assert state.tallies[round_.public_id][items[0]].heads[""] == 5
    room.lead(RevealStep(step=round_.step.public_id))
    assert State.load(room.session.pk).results[round_.public_id].n == 5


def test_a_vote_of_the_second_person_in_the_same_batch_counts_no_more() -> None:
    room = make_room()
    people = room.join("onderwijs", n=6)
    round_, items = room.open_vote()
    first, second = people[0], people[5]
    vote = CastVote(round=round_.public_id, item=items[0], value=1, tap=1)
    move = going_on(code_of(room, first), token=new_token(), instead_of=room.tokens[second.id])
    later = CastVote(round=round_.public_id, item=items[1], value=1, tap=2)
    asks = [
        CommandRequest(second, vote, uuid4()),
        CommandRequest(Actor.system(), move, uuid4()),
        CommandRequest(second, later, uuid4()),
    ]
    voted, moved, refused = room.batch(*asks)
    assert isinstance(voted, CommandResult)
    assert isinstance(moved, CommandResult)
    assert isinstance(refused, Refused)
    assert refused.code is Code.RETIRED
    assert not Ballot.objects.get(participant=second.id).counted


def test_a_code_is_good_for_five_minutes_and_once_and_only_the_newest() -> None:
    room = make_room()
    (person,) = room.join("onderwijs")
    assert dt.timedelta(minutes=5) == LASTS
    over = code_of(room, person, at=timezone.now() - LASTS)
    assert refusal(room, going_on(over, token=new_token())) is Code.MOVE_UNKNOWN
    replaced, newest = code_of(room, person), code_of(room, person)
    assert refusal(room, going_on(replaced, token=new_token())) is Code.MOVE_UNKNOWN
    room.ask(Actor.system(), going_on(newest, token=new_token()))
    assert refusal(room, going_on(newest, token=new_token())) is Code.MOVE_UNKNOWN
    assert not MoveCode.objects.filter(participant__session=room.session).exists()


def test_a_code_is_nothing_in_another_session_and_no_table_has_it() -> None:
    room = make_room()
    (person,) = room.join("onderwijs")
    code = code_of(room, person)
    other = replace(room, session=make_session(room.session.programme))
    assert refusal(other, going_on(code, token=new_token())) is Code.MOVE_UNKNOWN
    receipt = receipt_code(room.tokens[person.id])
    assert refusal(other, going_on(receipt, token=new_token())) is Code.MOVE_UNKNOWN
    assert code not in str(MoveCode.objects.values())
    assert token_hash(code) not in str(MoveCode.objects.values())


def test_a_receipt_moves_too_and_every_receipt_of_a_person_goes_on_showing_theirs() -> None:
    room = make_room()
    (person,) = room.join("onderwijs")
    first = receipt_code(room.tokens[person.id])
    Participant.objects.filter(pk=person.id).update(receipt_hash=token_hash(first))
    token = new_token()
    room.ask(Actor.system(), going_on(first, token=token))
    second = receipt_code(token)
    for code in (first, second):
        found = find_by_receipt(code)
        assert found is not None
        assert found.pk == person.id
        assert read_receipt(code) is not None
    # Also the one from before: whoever wrote it down comes back with it.
    room.ask(Actor.system(), going_on(first, token=new_token()))
    assert by_token(token) is None


def test_a_person_who_was_retired_does_not_come_back_by_a_code() -> None:
    room = make_room()
    (person,) = room.join("onderwijs")
    code = code_of(room, person)
    room.lead(RetireParticipant(participant=room.person(person).public_id))
    assert refusal(room, going_on(code, token=new_token())) is Code.RETIRED


def test_who_types_the_own_code_in_the_own_browser_stays_who_they_are() -> None:
    room = make_room()
    (person,) = room.join("onderwijs")
    token = new_token()
    room.ask(Actor.system(), going_on(code_of(room, person), token=token, instead_of=room.tokens[person.id]))
    assert by_token(token) == person.id
    assert room.person(person).retired_at is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("abcd-efgh", "ABCDEFGH"),
        (" ABCD EFGH ", "ABCDEFGH"),
        ("0bcdefgh", "QBCDEFGH"),
        ("ABCDEFG", ""),
        ("ABCDEFGHJ", ""),
        ("A" * RECEIPT_LENGTH, "A" * RECEIPT_LENGTH),
        ("\ud800" * MOVE_LENGTH, ""),
        ("", ""),
    ],
)
def test_a_code_is_read_however_it_was_typed(typed: str, read: str) -> None:
    assert tidy_move_code(typed) == read


@pytest.mark.servers
def test_two_browsers_with_one_code_at_once_and_one_gets_in(database: str) -> None:
    """As two server processes do, on one database; ten times."""
    room = make_room()
    for person in room.join("onderwijs", n=10):
        code = code_of(room, person)
        tokens = [new_token() for _ in range(4)]
        start = threading.Barrier(len(tokens))
        answers: list[CommandResult | Refused] = []

        def send(token: str, code: str = code, start: threading.Barrier = start, answers: list = answers) -> None:  # type: ignore[type-arg]
            mine = replace(room, writer=Writer())
            start.wait()
            answers.extend(mine.batch(CommandRequest(Actor.system(), going_on(code, token=token), uuid4())))
            connection.close()

        threads = [threading.Thread(target=send, args=(token,)) for token in tokens]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        refused = [answer.code for answer in answers if isinstance(answer, Refused)]
        assert refused == [Code.MOVE_UNKNOWN] * 3
        assert [by_token(token) for token in tokens].count(person.id) == 1
    assert Participant.objects.filter(session=room.session).count() == 10
    assert Session.objects.get(pk=room.session.pk).events.filter(kind="participant.went_on").count() == 10


@pytest.mark.servers
def test_what_the_old_browser_gives_during_the_move_is_the_persons_own_and_counts_once(database: str) -> None:
    """Its socket lives until the next turn. Both browsers, the ghost and the move write at once, as processes do."""
    room = make_room()
    people = room.join("onderwijs", n=6)
    round_, items = room.open_vote(budget=3)
    ghost = people.pop()
    room.vote(ghost, round_, items[0], tap=1)
    for number, person in enumerate(people):
        token = new_token()
        move = going_on(code_of(room, person), token=token, instead_of=room.tokens[ghost.id] if number == 0 else None)
        taps = [CastVote(round=round_.public_id, item=items[n % 3], value=1, tap=n + 1) for n in range(4)]
        asks = [CommandRequest(Actor.system(), move, uuid4()), *(CommandRequest(person, tap, uuid4()) for tap in taps)]
        if number == 0:
            asks.append(CommandRequest(ghost, CastVote(round=round_.public_id, item=items[1], value=1, tap=2), uuid4()))
        start = threading.Barrier(len(asks))
        answers: list[CommandResult | Refused] = []

        def send(ask: CommandRequest, start: threading.Barrier = start, answers: list = answers) -> None:  # type: ignore[type-arg]
            mine = replace(room, writer=Writer())
            start.wait()
            answers.extend(mine.batch(ask))
            connection.close()

        threads = [threading.Thread(target=send, args=(ask,)) for ask in asks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(answers) == len(asks)
        # Only who the new browser was until now may have come too late.
        assert {answer.code for answer in answers if isinstance(answer, Refused)} <= {Code.RETIRED}
        assert by_token(token) == person.id
        assert Ballot.objects.get(participant=person.id).spent == 3
    assert room.person(ghost).retired_at is not None
    assert not Ballot.objects.get(participant=ghost.id).counted
    state = State.load(room.session.pk)
    assert state.voters[round_.public_id] == {person.id for person in people}
    assert [state.tallies[round_.public_id][item].heads[""] for item in items[:3]] == [5, 5, 5]
    room.lead(RevealStep(step=round_.step.public_id))
    assert State.load(room.session.pk).results[round_.public_id].n == 5


def test_who_was_never_let_in_has_nothing_to_go_on_with() -> None:
    """Where the facilitator lets people in, a browser that waits becomes nobody by any code but a person's own."""
    room = make_room()
    (person,) = room.join("onderwijs")
    Session.objects.filter(pk=room.session.pk).update(approval=True)
    waiting = new_token()
    join = Join(
        sector=room.sectors["onderwijs"].public_id,
        token_hash=token_hash(waiting),
        receipt_hash=token_hash(receipt_code(waiting)),
    )
    assert room.ask(Actor.system(), join).id is None
    assert refusal(room, going_on(receipt_code(waiting), token=new_token())) is Code.MOVE_UNKNOWN
    # Nor when they were let in, and did not come in yet.
    room.lead(AdmitRequests(until=to_ms(timezone.now()) or 0))
    assert refusal(room, going_on(receipt_code(waiting), token=new_token())) is Code.MOVE_UNKNOWN
    assert Participant.objects.filter(session=room.session).get().pk == person.id


def test_an_archived_session_lets_nobody_go_on() -> None:
    room = make_room()
    (person,) = room.join("onderwijs")
    code = code_of(room, person)
    Session.objects.filter(pk=room.session.pk).update(archived_at=timezone.now())
    assert refusal(room, going_on(code, token=new_token())) is Code.SESSION_ARCHIVED
