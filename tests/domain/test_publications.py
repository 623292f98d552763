"""What was shown of a round stays: nobody can be computed from the difference of two of its results."""

from __future__ import annotations

import pytest

from sessions.domain.commands import (
    CloseStep,
    MoveParticipant,
    OpenStep,
    RemoveStep,
    RestoreParticipant,
    RetireParticipant,
    RevealStep,
    TickCard,
    UndoStep,
)
from sessions.domain.erasure import erase_person
from sessions.errors import Code
from sessions.models import Ballot, Publication, PublishedBallot, Round, Session

from .reveals import H, N, Vote, W, Z, refused


def test_one_more_voter_is_not_shown(vote: Vote) -> None:
    """FOUND.md A1: shown once, then one more comes and it is revealed again."""
    first = vote.reveal()
    assert vote.table(first) == {f"{W}+{H}": (6, 8), N: (2, 6)}
    vote.conceal()
    vote.cast(H, yes=1, no=0)
    again = vote.reveal()
    assert vote.table(again) == vote.table(first)
    assert (again.n, again.late) == (14, 1)
    assert Publication.objects.filter(round=vote.round).count() == 1


def test_a_vote_moved_by_one_person_is_not_shown(vote: Vote) -> None:
    first = vote.reveal()
    vote.conceal()
    vote.room.vote(vote.people[W][0], vote.round, vote.items[0], 0, tap=90)
    again = vote.reveal()
    assert (vote.table(again), again.late) == (vote.table(first), 1)


def test_nothing_changed_is_the_same_publication(vote: Vote) -> None:
    first = vote.reveal()
    vote.conceal()
    assert vote.reveal() == first
    assert Publication.objects.filter(round=vote.round).count() == 1


def test_a_card_that_came_into_the_vote_since_is_shown_with_its_zero(vote: Vote) -> None:
    """Nobody voted on it, so showing it tells nothing; and whoever wrote it finds it in their receipt."""
    first = vote.reveal()
    vote.conceal()
    (card,) = vote.room.scribe(vote.room.session.steps.get(kind="collect"), W)
    vote.room.lead(TickCard(round=vote.round.public_id, card=card, on=True))
    told = vote.reveal()
    assert (vote.table(told), len(told.items), told.late) == (vote.table(first), 3, 0)
    assert [item.heads for item in told.items][-1] == 0


@pytest.mark.parametrize("act", ["retire", "move", "restore"])
def test_who_counts_is_frozen_from_the_first_figure_on(vote: Vote, act: str) -> None:
    """FOUND.md G1: retired, moved or restored between two reveals, also with the reveal undone."""
    room = vote.room
    if act == "restore":
        room.lead(RetireParticipant(participant=vote.name(N)))
    first = vote.reveal()
    vote.conceal()
    commands = {
        "retire": RetireParticipant(participant=vote.name(W)),
        "move": MoveParticipant(participant=vote.name(W), sector=room.sectors[H].public_id),
        "restore": RestoreParticipant(participant=vote.name(N)),
    }
    room.lead(commands[act])
    assert vote.reveal() == first
    assert Ballot.objects.filter(round=vote.round, counted=False).count() == (act == "restore")


def test_who_was_retired_before_and_votes_again_counts_from_then_on(vote: Vote) -> None:
    vote.room.lead(RetireParticipant(participant=vote.name(N)))
    assert vote.reveal().n == 13
    vote.conceal()
    vote.room.lead(RestoreParticipant(participant=vote.name(N)))
    vote.room.vote(vote.people[N][0], vote.round, vote.items[1], 0, tap=91)
    told = vote.reveal()
    assert (told.n, told.late) == (13, 1), "counted, and not shown: it is one ballot"


def test_an_absent_o_has_no_pool_and_no_weight(database: str) -> None:
    """FOUND.md A5."""
    vote = Vote()
    vote.cast(Z, yes=9, no=0)
    vote.cast(N, yes=0, no=9)
    vote.cast(H, yes=0, no=9)
    told = vote.reveal()
    assert vote.table(told) == {Z: (9, 9), N: (0, 9), H: (0, 9)}
    assert told.absent == [vote.room.sectors[W].public_id]
    first = next(found for found in told.items if found.item == vote.items[0])
    assert first.balanced == pytest.approx(1 / 3)


def test_places_are_exact_and_shared(database: str) -> None:
    """FOUND.md A3: 3/14 against 1/14 + 2/14, which floats tell apart."""
    vote = Vote()
    vote.cast(W, yes=3, no=3)
    vote.cast(N, yes=4, no=4)
    told = vote.reveal()
    assert [(found.place, found.heads_place) for found in told.items] == [(1, 1), (1, 1)]


def test_a_revealed_round_is_not_opened_again(vote: Vote) -> None:
    vote.reveal()
    assert refused(vote.room, OpenStep(step=vote.step)) is Code.ROUND_REVEALED
    Session.objects.filter(pk=vote.room.session.pk).update(undo=None)
    assert refused(vote.room, UndoStep()) is Code.UNDO_TOO_LATE
    assert refused(vote.room, OpenStep(step=vote.step)) is Code.ROUND_REVEALED


def test_the_threshold_is_that_of_the_first_figure(vote: Vote) -> None:
    first = vote.reveal()
    vote.conceal()
    programme = vote.room.session.programme
    programme.threshold = 3
    programme.save()
    assert vote.reveal() == first
    assert Round.objects.get(pk=vote.round.pk).threshold == 5


def test_a_live_round_freezes_who_counts_at_its_first_figure(database: str) -> None:
    vote = Vote(live=True)
    vote.cast(W, yes=6, no=0)
    vote.room.lead(RetireParticipant(participant=vote.name(W)))
    assert Ballot.objects.filter(round=vote.round, counted=True).count() == 6


def test_whoever_is_retired_before_a_live_round_shows_a_figure_is_not_one_of_the_threshold(database: str) -> None:
    vote = Vote(live=True)
    vote.cast(W, yes=2, no=0)
    vote.room.lead(RetireParticipant(participant=vote.name(W)))
    vote.cast(N, yes=3, no=0)
    assert vote.reveal().n is None, "four people vote"
    vote.conceal()
    vote.cast(H, yes=4, no=0)
    assert vote.reveal().n == 8


def test_a_live_round_stays_frozen_when_somebody_is_erased(database: str) -> None:
    vote = Vote(live=True)
    vote.cast(W, yes=5, no=0)
    erase_person(session_id=vote.room.session.pk, person_id=vote.people[W][0].id)
    vote.room.lead(RetireParticipant(participant=vote.name(W, 1)))
    assert Ballot.objects.filter(round=vote.round, counted=True).count() == 4


def test_a_move_before_a_live_round_shows_a_figure_takes_the_ballot_along(database: str) -> None:
    vote = Vote(live=True)
    vote.cast(W, yes=2, no=0)
    vote.room.lead(MoveParticipant(participant=vote.name(W), sector=vote.room.sectors[N].public_id))
    assert Ballot.objects.filter(round=vote.round, sector=vote.room.sectors[N]).count() == 1
    vote.cast(H, yes=6, no=0)
    vote.room.lead(MoveParticipant(participant=vote.name(W, 1), sector=vote.room.sectors[N].public_id))
    assert Ballot.objects.filter(round=vote.round, sector=vote.room.sectors[N]).count() == 1


def test_what_was_taken_out_of_the_agenda_is_not_revealed(vote: Vote) -> None:
    vote.room.lead(CloseStep(step=vote.step))
    vote.room.lead(RemoveStep(step=vote.step))
    assert refused(vote.room, RevealStep(step=vote.step)) is Code.STEP_UNKNOWN


def test_whoever_is_erased_counts_as_changed(vote: Vote) -> None:
    """A publication drops the digest of an erased person, of which its key would tell the ballot; and the ballot is one
    that changed.
    """
    first = vote.reveal()
    vote.conceal()
    person = vote.room.person(vote.people[W][0])
    published = PublishedBallot.objects.get(participant=person)
    assert published.digest
    person.delete()
    published.refresh_from_db()
    assert (published.participant, published.digest) == (None, "")
    again = vote.reveal()
    assert (vote.table(again), again.n, again.late) == (vote.table(first), 14, 1)
    others = PublishedBallot.objects.filter(publication__round=vote.round)
    assert others.exclude(digest="").count() == 13
