"""Paper that comes after the reveal: it joins what is shown when that exposes nobody, and not before."""

from __future__ import annotations

import pytest

from sessions.ballots.opinion import OpinionRules
from sessions.errors import Code, Refused

from .papers import PaperVote
from .reveals import N, W


@pytest.fixture
def vote(database: str) -> PaperVote:
    made = PaperVote()
    made.cast(W, yes=6, no=2)
    made.cast(N, yes=2, no=5)
    return made


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
