"""Results of a round that follow each other with other groups of O's, or with other ballots in them."""

from __future__ import annotations

from sessions.domain.documents import ChanceDoc
from sessions.domain.publication import add_comparison, compare_with_chance
from sessions.domain.publication.figures import decode_figures
from sessions.models import Publication

from .reveals import H, N, Vote, W, Z


def test_enough_new_ballots_join_the_result(vote: Vote) -> None:
    vote.reveal()
    vote.conceal()
    vote.cast(N, yes=0, no=5)
    told = vote.reveal()
    assert (told.n, told.late) == (19, 0)
    assert vote.table(told) == {f"{W}+{H}": (6, 8), N: (2, 11)}


def test_a_pool_is_not_parted_beside_an_o_that_did_not_change(vote: Vote) -> None:
    """Onderwijs alone, 3 of 5, from 6 of 8 would be overheden at the first reveal, 3 of 3: the five join the pool."""
    vote.reveal()
    vote.conceal()
    vote.cast(H, yes=0, no=5)
    told = vote.reveal()
    assert (told.n, told.late) == (19, 0)
    assert vote.table(told) == {f"{W}+{H}": (6, 13), N: (2, 6)}


def test_a_pool_is_parted_when_enough_of_each_part_is_new(vote: Vote) -> None:
    vote.reveal()
    vote.conceal()
    vote.cast(H, yes=0, no=5)
    vote.cast(W, yes=5, no=0)
    told = vote.reveal()
    assert (told.n, told.late) == (24, 0)
    assert vote.table(told) == {W: (8, 10), N: (2, 6), H: (3, 8)}


def test_a_reveal_by_mistake_does_not_take_the_groups_of_a_round(database: str) -> None:
    """Heads only of the first eight; then the room votes. Of onderzoek three are new, so it goes with the smallest."""
    vote = Vote()
    for sector, n in ((W, 3), (Z, 2), (N, 2), (H, 1)):
        vote.cast(sector, yes=n, no=0)
    assert vote.reveal().groups == []
    vote.conceal()
    for sector, n in ((W, 9), (Z, 3), (N, 7), (H, 5)):
        vote.cast(sector, yes=0, no=n)
    told = vote.reveal()
    assert vote.table(told) == {W: (3, 12), f"{Z}+{H}": (3, 11), N: (2, 9)}
    assert compare_with_chance(round_=vote.round).groups == told.groups, "compared as it is shown"


def test_heads_are_not_parted_when_only_one_o_came(database: str) -> None:
    """Three and five: heads only. Five more of the one: 8 and 5 would give the three away."""
    vote = Vote()
    vote.cast(W, yes=1, no=2)
    vote.cast(N, yes=2, no=3)
    assert vote.reveal().groups == []
    vote.conceal()
    vote.cast(W, yes=5, no=0)
    told = vote.reveal()
    assert (told.n, told.groups, told.items[0].heads, told.late) == (13, [], 8, 0)


def test_the_line_of_chance_is_told_once(vote: Vote) -> None:
    """It is made of the ballots themselves: of other groups it would be a second figure of them."""
    first = vote.reveal_compared()
    assert first.chance is not None
    vote.conceal()
    vote.cast(H, yes=0, no=5)
    joined = vote.reveal_compared()
    assert (len(joined.groups), joined.n, joined.chance) == (2, 19, first.chance)
    vote.conceal()
    for sector in (W, H):
        vote.cast(sector, yes=0, no=5)
    parted = vote.reveal_compared()
    assert (len(parted.groups), parted.chance, {item.differs for item in parted.items}) == (3, None, {None})
    newest = Publication.objects.filter(round=vote.round).latest("number")
    assert not newest.untested


def test_a_comparison_that_comes_after_another_one_was_told_says_nothing(vote: Vote) -> None:
    vote.reveal_compared()
    vote.conceal()
    for sector in (W, H):
        vote.cast(sector, yes=0, no=5)
    vote.reveal()
    newest = Publication.objects.filter(round=vote.round).latest("number")
    add_comparison(publication=newest, chance=ChanceDoc(line=0.0, runs=1000, seed=1))
    assert decode_figures(newest).chance is None


def test_a_result_is_compared_with_every_earlier_one(vote: Vote) -> None:
    """Six of ondernemers change their vote, and five change it back: beside the first result that is one ballot."""
    vote.reveal()
    for number, late in ((6, 0), (5, 5)):
        vote.conceal()
        vote.swap(N, number)
        assert vote.reveal().late == late
    assert Publication.objects.filter(round=vote.round).count() == 2


def test_late_ballots_join_as_soon_as_there_are_enough(vote: Vote) -> None:
    vote.reveal()
    for more, late in ((2, 2), (2, 4)):
        vote.conceal()
        vote.cast(N, yes=more, no=0)
        assert vote.reveal().late == late
    vote.conceal()
    vote.cast(N, yes=1, no=0)
    told = vote.reveal()
    assert (told.late, vote.table(told)[N]) == (0, (7, 11))


def test_blocks_that_overlap_are_never_shown_one_after_the_other(vote: Vote) -> None:
    """Onderwijs grows, so that overheden would go together with ondernemers: the parts could be computed. They stay
    where they were.
    """
    vote.reveal()
    vote.conceal()
    vote.cast(W, yes=9, no=0)
    again = vote.reveal()
    assert (vote.table(again), again.late) == ({f"{W}+{H}": (15, 17), N: (2, 6)}, 0)


def test_erased_ballots_do_not_uncover_those_that_came(vote: Vote) -> None:
    """Five go and four come: what is added to onderwijs + overheden would be the four."""
    first = vote.reveal()
    vote.conceal()
    for person in vote.people[W]:
        vote.room.person(person).delete()
    vote.cast(H, yes=4, no=0)
    again = vote.reveal()
    assert (vote.table(again), again.late) == (vote.table(first), 9)
    vote.conceal()
    vote.cast(H, yes=0, no=1)
    assert vote.table(vote.reveal()) == {H: (7, 8), N: (2, 6)}
