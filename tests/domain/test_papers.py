"""Paper ballots: checked by the round's ballot, counted with the others, told apart from phones."""

from __future__ import annotations

import threading
from random import Random
from uuid import uuid4

import pytest
from django.db import connection

from sessions.ballots import Ballot as BallotKind
from sessions.ballots import all_ballots
from sessions.ballots.mark import Value, write_mark
from sessions.domain.commands import (
    AddBallot,
    AddRound,
    CloseStep,
    EditBallot,
    MarkGiven,
    MoveParticipant,
    OpenStep,
    RemoveBallot,
    RetireParticipant,
    RevealStep,
    SealStep,
    UndoStep,
)
from sessions.domain.commands.votes import MARKS_PER_VOTE
from sessions.domain.documents import NowDoc
from sessions.domain.log import read_entries
from sessions.domain.snapshot import show_done, show_snapshot
from sessions.domain.state import State
from sessions.domain.turnout import count_turnout
from sessions.domain.world import CommandRequest, CommandResult
from sessions.enums import Audience, Source
from sessions.errors import Code, Refused
from sessions.kinds import Keys
from sessions.limits import MOST_ITEMS
from sessions.live.limits import BURST
from sessions.live.writer import Writer
from sessions.models import Ballot, Participant, Round, Session, Vote

from ..depth import on_engines
from ..factory import SessionHarness, make_room
from ..kinds.ballots import STORED_APART, Own, act_by_chance, documented
from ..kinds.voting import Voted, compare
from .checks import check_stored
from .papers import PaperVote, given
from .reveals import H, N, W, Z, refused

__all__ = ["documented"]


@pytest.fixture
def vote(database: str) -> PaperVote:
    made = PaperVote()
    made.cast(W, yes=6, no=2)
    made.cast(N, yes=2, no=5)
    return made


def filled(voted: Voted, chance: Random) -> dict[str, Value]:
    """Return what a whole paper says: all that a simulated person casts one after the other."""
    own = Own(voted.kind, voted.voting.rules, voted.prices)
    for _ in range(4):
        for act in act_by_chance(own, voted.items, chance):
            own.cast(act)
    marks = {item: write_mark(mark) for item, mark in own.marks.items() if voted.kind.says(mark)}
    assert marks, "a simulated person says something"
    return marks


@on_engines(
    "kind",
    [(kind,) for kind in all_ballots()],
    ids=lambda value: value[0].key,
    on_postgresql=lambda value: value[0].key in STORED_APART,
)
def test_papers_and_phones_are_counted_alike(database: str, kind: BallotKind) -> None:
    """Log, rows, live count, file and result agree when papers come in, are corrected and taken back between votes."""
    voted, chance = Voted(kind), Random(7)
    room, round_ = voted.room, voted.round.public_id
    sectors = [room.sectors[key].public_id for key in (W, N, H)]
    voted.act(chance, 3)
    papers = [
        room.lead(AddBallot(round=round_, sector=chance.choice(sectors), marks=given(filled(voted, chance)))).id or ""
        for _ in range(6)
    ]
    assert compare(voted) == []
    for paper in papers[:3]:
        content = given(filled(voted, chance))
        room.lead(EditBallot(round=round_, participant=paper, sector=chance.choice(sectors), marks=content))
    room.lead(RemoveBallot(round=round_, participant=papers[5]))
    room.lead(RemoveBallot(round=round_, participant=papers[4]))
    voted.act(chance, 2)
    assert compare(voted) == []
    room.lead(UndoStep())
    assert compare(voted) == []
    room.lead(RevealStep(step=voted.step))
    assert compare(voted, result=voted.result()) == []
    assert voted.result().scribed == 5


# -- the life of a paper --------------------------------------------------------------------------------------------


def test_numbers_count_on_and_one_that_was_taken_back_is_free(vote: PaperVote) -> None:
    papers = vote.type_in(W, n=2)
    vote.remove(papers[1])
    papers += vote.type_in(H)
    papers.append(vote.add(N, {vote.items[1]: 1}, number=2))
    assert vote.numbers(papers) == ["1", "2", "3", "2"]
    command = AddBallot(
        round=vote.round.public_id, sector=vote.room.sectors[N].public_id, marks=given({vote.items[0]: 1}), number=2
    )
    assert refused(vote.room, command) is Code.BALLOT_NUMBER


def test_a_paper_comes_in_after_closing_until_the_step_is_closed_for_good(vote: PaperVote) -> None:
    vote.room.lead(CloseStep(step=vote.step))
    paper = vote.type_in(W)[0]
    assert vote.reveal().n == 16
    late = vote.type_in(W)[0]
    vote.room.lead(SealStep(step=vote.step))
    content = given({vote.items[0]: 1})
    sector = vote.room.sectors[W].public_id
    for command in (
        AddBallot(round=vote.round.public_id, sector=sector, marks=content),
        EditBallot(round=vote.round.public_id, participant=paper, sector=sector, marks=content),
        RemoveBallot(round=vote.round.public_id, participant=late),
    ):
        assert refused(vote.room, command) is Code.STEP_SEALED


def test_a_correction_stands_whole_and_what_is_left_out_is_gone(vote: PaperVote) -> None:
    paper = vote.add(W, {vote.items[0]: 1})
    vote.edit(paper, H, {vote.items[1]: 1})
    person = Participant.objects.get(public_id=paper)
    stored = Vote.objects.filter(participant=person).order_by("pk")
    assert [(row.round_item.item.public_id, row.value, row.tap) for row in stored] == [
        (vote.items[0], None, 2),
        (vote.items[1], 1, 2),
    ]
    ballot = Ballot.objects.get(participant=person)
    assert (person.sector, ballot.sector, ballot.spent) == (vote.room.sectors[H], vote.room.sectors[H], 1)


def test_a_person_without_a_phone_keeps_the_number_in_the_next_round(vote: PaperVote) -> None:
    first = vote.type_in(W, n=5)
    vote.reveal()
    Session.objects.filter(pk=vote.room.session.pk).update(undo=None)
    made = vote.room.lead(AddRound(step=vote.step)).id
    vote.room.lead(OpenStep(step=vote.step))
    earlier = AddBallot(
        round=vote.round.public_id, sector=vote.room.sectors[W].public_id, marks=given({vote.items[0]: 1})
    )
    assert refused(vote.room, earlier) is Code.ROUND_FOLLOWED
    vote.round = Round.objects.get(public_id=made)
    assert vote.add(W, {vote.items[1]: 1}, number=3) == first[2]
    assert vote.numbers([vote.type_in(W)[0]]) == ["6"]
    # Another O's paper may not have the number.
    other = AddBallot(
        round=vote.round.public_id, sector=vote.room.sectors[H].public_id, marks=given({vote.items[0]: 1}), number=4
    )
    assert refused(vote.room, other) is Code.BALLOT_NUMBER


def test_a_paper_is_neither_signed_off_nor_moved_as_a_phone(vote: PaperVote) -> None:
    paper = vote.type_in(W)[0]
    sector = vote.room.sectors[H].public_id
    for command in (RetireParticipant(participant=paper), MoveParticipant(participant=paper, sector=sector)):
        assert refused(vote.room, command) is Code.PARTICIPANT_UNKNOWN
    phone = vote.name(W)
    assert refused(vote.room, RemoveBallot(round=vote.round.public_id, participant=phone)) is Code.PARTICIPANT_UNKNOWN


def test_a_paper_weighs_as_many_rows_as_it_has(vote: PaperVote) -> None:
    marks = [MarkGiven(item=item, value=[5] * 5) for item in vote.items]
    about = {"round": vote.round.public_id, "sector": vote.room.sectors[W].public_id, "marks": marks}
    assert AddBallot(**about).weight() == EditBallot(**about, participant="p").weight() == 1 + 10 / MARKS_PER_VOTE
    longest = {**about, "marks": marks * (MOST_ITEMS // 2)}
    assert AddBallot(**longest).weight() <= BURST


def test_a_repeat_stores_one_paper(vote: PaperVote) -> None:
    command = AddBallot(
        round=vote.round.public_id, sector=vote.room.sectors[W].public_id, marks=given({vote.items[0]: 1})
    )
    request = CommandRequest(vote.room.facilitator, command, uuid4())
    results = vote.room.batch(request, request)
    results += vote.room.batch(request)
    assert len({found.id for found in results if isinstance(found, CommandResult)}) == 1
    assert len(results) == 3
    assert Ballot.objects.filter(round=vote.round, participant__source=Source.SCRIBED).count() == 1


def test_two_facilitators_type_in_at_once(vote: PaperVote) -> None:
    """Each writer is another process's. Every paper has a number of its own; one number is given once."""
    sector = vote.room.sectors[W].public_id
    marks = given({vote.items[0]: 1})
    wanted: list[int | None] = [None, 40, None, None, 41]
    codes: list[Code] = []

    def type_in(writer: Writer) -> None:
        room = type(vote.room)(**(vars(vote.room) | {"writer": writer}))
        for number in wanted:
            command = AddBallot(round=vote.round.public_id, sector=sector, marks=marks, number=number)
            (result,) = room.batch(CommandRequest(room.facilitator, command, uuid4()))
            if isinstance(result, Refused):
                codes.append(result.code)
        connection.close()

    threads = [threading.Thread(target=type_in, args=(writer,)) for writer in (Writer(), Writer(), Writer())]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(codes) <= {Code.BALLOT_NUMBER}
    papers = Participant.objects.filter(session=vote.room.session, source=Source.SCRIBED)
    numbers = [int(tag) for tag in papers.values_list("tag", flat=True)]
    assert len(numbers) == len(set(numbers)) == 15 - len(codes)
    assert {40, 41} <= set(numbers)
    assert Ballot.objects.filter(round=vote.round, participant__source=Source.SCRIBED).count() == len(numbers)
    check_stored(vote.room)


def test_practice_takes_no_paper(database: str) -> None:
    room = make_room()
    vote = room.step(Keys.VOTE, practice=True)
    round_ = Round.objects.get(step=vote)
    command = AddBallot(round=round_.public_id, sector=room.sectors[W].public_id, marks=given({"0" * 12: 1}))
    assert refused(room, command) is Code.STEP_WRONG_KIND


# -- what screens are told ------------------------------------------------------------------------------------------


def follow(room: SessionHarness, state: State, seq: int) -> int:
    now = Session.objects.get(pk=room.session.pk).seq
    state.apply(read_entries(session_id=room.session.pk, after=seq, up_to=now))
    return now


def test_papers_are_no_phones(vote: PaperVote) -> None:
    """Turnout and people per O count phones; papers stand beside them, from the threshold on."""
    room, state = vote.room, State.load(vote.room.session.pk)
    seq = Session.objects.get(pk=room.session.pk).seq
    step = state.step_now()
    everybody = [actor.id for people in vote.people.values() for actor in people]
    before = count_turnout(state, step, everybody)
    people, marked = dict(state.sector_counts), set(state.marked)
    vote.type_in(H, n=4)
    seq = follow(room, state, seq)
    assert count_turnout(state, step, everybody) == before
    assert (dict(state.sector_counts), state.marked) == (people, marked)
    told = show_done(state, step, everybody)
    assert told is not None
    assert (told.n, told.of, told.paper) == (15, 15, None)
    vote.type_in(Z, n=1)
    follow(room, state, seq)
    told = show_done(state, step, everybody)
    assert told is not None
    assert (told.n, told.of, told.paper) == (15, 15, 5)


def test_a_console_knows_number_and_o_of_a_paper_and_in_which_round_it_counts(vote: PaperVote) -> None:
    room, state = vote.room, State.load(vote.room.session.pk)
    seq = Session.objects.get(pk=room.session.pk).seq
    papers = vote.type_in(W, n=2)
    vote.remove(papers[1])
    follow(room, state, seq)
    for known in (state, State.load(room.session.pk)):
        shown = show_snapshot(known, Audience.CONSOLE, NowDoc()).participants
        told = {each.id: (each.tag, each.rounds, each.retired) for each in shown if each.source is Source.SCRIBED}
        assert told == {papers[0]: ("1", [vote.round.public_id], False), papers[1]: ("2", [], True)}
        assert all(each.rounds == [] for each in shown if each.source is not Source.SCRIBED)
        assert show_snapshot(known, Audience.STAGE, NowDoc()).participants == []
