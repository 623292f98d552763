"""Paper that comes after the reveal: it joins what is shown when that exposes nobody, and not before."""

from __future__ import annotations

import pytest

from sessions.ballots.opinion import OpinionRules
from sessions.domain.commands import CloseStep, SealStep, UndoStep
from sessions.domain.revealed import is_revealed
from sessions.enums import Source
from sessions.errors import Code, Refused
from sessions.models import Ballot, Participant, Round, Vote

from .papers import PaperVote
from .reveals import H, N, W, refused


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


def test_paper_that_waits_joins_also_once_the_step_is_closed_for_good(vote: PaperVote) -> None:
    vote.reveal()
    vote.type_in(W, n=5)
    vote.room.lead(CloseStep(step=vote.step))
    vote.room.lead(SealStep(step=vote.step))
    assert vote.shown().late == 5
    vote.publish()
    assert (vote.shown().n, vote.shown().late) == (20, 0)


def test_a_paper_put_under_another_o_is_one_ballot_that_came_later(vote: PaperVote) -> None:
    papers = vote.type_in(W, n=5)
    vote.reveal()
    vote.edit(papers[0], N, {vote.items[0]: 1})
    assert vote.shown().late == 1


def test_a_paper_taken_back_after_the_reveal_counts_as_changed(vote: PaperVote) -> None:
    papers = vote.type_in(W, n=5)
    first = vote.reveal()
    assert (first.n, first.scribed) == (20, 5)
    vote.remove(papers[0])
    told = vote.shown()
    assert (vote.table(told), told.n, told.late) == (vote.table(first), 20, 1)


def test_a_paper_that_was_taken_back_counts_again_as_it_stood(vote: PaperVote) -> None:
    papers = vote.type_in(W, n=5)
    vote.reveal()
    before = vote.shown()
    vote.remove(papers[0])
    assert vote.shown().late == 1
    vote.room.lead(UndoStep())
    again = vote.shown()
    assert (vote.table(again), again.n, again.scribed, again.late) == (vote.table(before), 20, 5, 0)
    assert not Participant.objects.filter(public_id=papers[0], retired_at__isnull=False).exists()
    assert Vote.objects.get(participant__public_id=papers[0]).value == 1
    # Under it the reveal can still be taken back.
    vote.room.lead(UndoStep())
    assert not is_revealed(Round.objects.get(pk=vote.round.pk))


def test_only_the_last_paper_that_was_taken_back_can_be_undone(vote: PaperVote) -> None:
    papers = vote.type_in(W, n=3)
    for paper in papers[:2]:
        vote.remove(paper)
    vote.room.lead(UndoStep())
    counted = Ballot.objects.filter(participant__public_id__in=papers, counted=True)
    assert set(counted.values_list("participant__public_id", flat=True)) == set(papers[1:])


def test_a_number_that_was_given_to_another_paper_is_not_given_back(vote: PaperVote) -> None:
    papers = vote.type_in(W, n=2)
    vote.remove(papers[1])
    vote.add(H, {vote.items[0]: 1}, number=2)
    assert refused(vote.room, UndoStep()) is Code.BALLOT_NUMBER
    assert Ballot.objects.filter(round=vote.round, participant__source=Source.SCRIBED, counted=True).count() == 2


def test_no_paper_comes_back_into_a_vote_that_was_closed_for_good(vote: PaperVote) -> None:
    paper = vote.type_in(W)[0]
    vote.room.lead(CloseStep(step=vote.step))
    vote.reveal()
    vote.remove(paper)
    vote.room.lead(SealStep(step=vote.step))
    assert refused(vote.room, UndoStep()) is Code.STEP_SEALED


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
