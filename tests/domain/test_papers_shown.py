"""What screens are told of paper ballots, and when a result with them is shown anew."""

from __future__ import annotations

import pytest

from sessions.ballots.opinion import OpinionRules
from sessions.domain.documents import NowDoc
from sessions.domain.log import read_entries
from sessions.domain.snapshot import show_done, show_snapshot
from sessions.domain.state import State
from sessions.domain.turnout import count_turnout
from sessions.enums import Audience, Source
from sessions.errors import Code, Refused
from sessions.models import Session

from ..factory import SessionHarness
from ..kinds.ballots import documented
from .papers import PaperVote
from .reveals import H, N, W, Z

__all__ = ["documented"]


@pytest.fixture
def vote(database: str) -> PaperVote:
    made = PaperVote()
    made.cast(W, yes=6, no=2)
    made.cast(N, yes=2, no=5)
    return made


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


# -- later publications ---------------------------------------------------------------------------------------------


def test_paper_after_the_reveal_joins_once_enough_came_to_each_group_it_came_to(vote: PaperVote) -> None:
    first = vote.reveal()
    assert (first.n, first.scribed) == (15, 0)
    vote.type_in(W, n=4)
    assert (vote.shown().n, vote.shown().late) == (15, 4)
    with pytest.raises(Refused) as waits:
        vote.publish()
    assert waits.value.code is Code.RESULT_WAITS
    assert waits.value.fields == {"missing_nl": "onderwijs 1", "missing_en": "onderwijs 1"}
    vote.type_in(W)
    vote.publish()
    told = vote.shown()
    assert (told.n, told.late, told.scribed) == (20, 0, 5)
    assert vote.table(told) == {W: (11, 13), N: (2, 7)}
    with pytest.raises(Refused) as same:
        vote.publish()
    assert same.value.code is Code.RESULT_SAME


def test_one_paper_in_another_group_holds_the_others_back(vote: PaperVote) -> None:
    vote.reveal()
    vote.type_in(W, n=5)
    vote.type_in(N, n=1)
    with pytest.raises(Refused) as waits:
        vote.publish()
    assert waits.value.fields["missing_nl"] == "ondernemers 4"
    assert vote.shown().late == 6


def test_a_paper_taken_back_after_the_reveal_counts_as_changed(vote: PaperVote) -> None:
    papers = vote.type_in(W, n=5)
    first = vote.reveal()
    assert (first.n, first.scribed) == (20, 5)
    vote.remove(papers[0])
    told = vote.shown()
    assert (vote.table(told), told.n, told.late) == (vote.table(first), 20, 1)


def test_where_items_have_their_own_people_the_result_stands(database: str) -> None:
    vote = PaperVote(OpinionRules())
    vote.cast(W, yes=6, no=2)
    vote.cast(N, yes=2, no=5)
    vote.reveal()
    vote.type_in(W, n=6)
    with pytest.raises(Refused) as stands:
        vote.publish()
    assert stands.value.code is Code.RESULT_STANDS
    assert vote.shown().late == 6


def test_only_what_was_revealed_is_shown_anew(vote: PaperVote) -> None:
    vote.type_in(W)
    with pytest.raises(Refused) as early:
        vote.publish()
    assert early.value.code is Code.ROUND_NOT_REVEALED
