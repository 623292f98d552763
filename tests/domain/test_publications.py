"""What was shown of a round stays: nobody can be computed from the difference of two of its results."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import pytest

from sessions.domain.documents import ResultDoc
from sessions.domain.publication import adopt, read_published
from sessions.domain.publication.rule import Partition, is_refinement, may_follow
from sessions.domain.verbs import (
    AddRound,
    CloseStep,
    EditStep,
    MoveParticipant,
    OpenStep,
    RemoveRound,
    RestoreParticipant,
    RetireParticipant,
    RevealStep,
    SealStep,
    TickCard,
    UndoStep,
)
from sessions.enums import StepKind
from sessions.errors import Code, Refused
from sessions.models import Ballot, Publication, PublishedBallot, Round, Session

from ..factory import Room, make_room

W, Z, N, H = "onderwijs", "onderzoek", "ondernemers", "overheden"


class Vote:
    """A vote on two items: `cast` lets people of an O come in and give a dot to the first (or the second) item."""

    def __init__(self, **fields: object) -> None:
        self.room = make_room()
        self.round, self.items = self.room.open_vote(items=2, budget=1, **fields)
        self.step = self.round.step.public_id
        self.people: dict[str, list[object]] = {W: [], Z: [], N: [], H: []}
        self._taps = 0

    def cast(self, sector: str, *, yes: int, no: int) -> None:
        people = self.room.join(sector, n=yes + no)
        self.people[sector] += people
        for number, person in enumerate(people):
            self._taps += 1
            self.room.vote(person, self.round, self.items[number >= yes], tap=self._taps)

    def reveal(self) -> ResultDoc:
        self.room.lead(RevealStep(step=self.step))
        return self.shown()

    def conceal(self) -> None:
        self.room.lead(UndoStep())

    def shown(self) -> ResultDoc:
        """Return what is shown, without the comparison with chance, which may come a moment later."""
        told = read_published(self.room.session.pk).results[self.round.public_id]
        items = [msgspec.structs.replace(item, differs=None) for item in told.items]
        return msgspec.structs.replace(told, items=items, chance=None)

    def name(self, sector: str, number: int = 0) -> str:
        return self.room.person(self.people[sector][number]).public_id  # type: ignore[arg-type]

    def table(self, told: ResultDoc, item: int = 0) -> dict[str, tuple[int, int]]:
        """Return group → (heads, n) of an item."""
        keys = {sector.public_id: key for key, sector in self.room.sectors.items()}
        figures = next(found for found in told.items if found.item == self.items[item])
        return {
            "+".join(keys[sector] for sector in group.sectors): (heads, group.n)
            for group, heads in zip(told.groups, figures.group_heads, strict=True)
        }


def refused(room: Room, verb: object) -> Code:
    with pytest.raises(Refused) as found:
        room.lead(verb)  # type: ignore[arg-type]
    return found.value.code


@pytest.fixture
def vote(database: str) -> Vote:
    """Onderwijs 3 of 5, ondernemers 2 of 6, overheden 3 of 3, nobody of onderzoek."""
    vote = Vote()
    vote.cast(W, yes=3, no=2)
    vote.cast(N, yes=2, no=4)
    vote.cast(H, yes=3, no=0)
    return vote


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


def test_enough_new_ballots_join_the_result(vote: Vote) -> None:
    vote.reveal()
    vote.conceal()
    vote.cast(H, yes=0, no=5)
    told = vote.reveal()
    assert (told.n, told.late) == (19, 0)
    assert vote.table(told) == {W: (3, 5), N: (2, 6), H: (3, 8)}


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
    """Onderwijs grows, so that overheden would go together with ondernemers: the parts could be computed."""
    first = vote.reveal()
    vote.conceal()
    vote.cast(W, yes=9, no=0)
    again = vote.reveal()
    assert (vote.table(again), again.late) == (vote.table(first), 9)


def test_a_vote_moved_by_one_person_is_not_shown(vote: Vote) -> None:
    first = vote.reveal()
    vote.conceal()
    vote.room.vote(vote.people[W][0], vote.round, vote.items[0], 0, tap=90)  # type: ignore[arg-type]
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
    verbs = {
        "retire": RetireParticipant(participant=vote.name(W)),
        "move": MoveParticipant(participant=vote.name(W), sector=room.sectors[H].public_id),
        "restore": RestoreParticipant(participant=vote.name(N)),
    }
    room.lead(verbs[act])
    assert vote.reveal() == first
    assert Ballot.objects.filter(round=vote.round, counted=False).count() == (act == "restore")


def test_who_was_retired_before_and_votes_again_counts_from_then_on(vote: Vote) -> None:
    vote.room.lead(RetireParticipant(participant=vote.name(N)))
    assert vote.reveal().n == 13
    vote.conceal()
    vote.room.lead(RestoreParticipant(participant=vote.name(N)))
    vote.room.vote(vote.people[N][0], vote.round, vote.items[1], 0, tap=91)  # type: ignore[arg-type]
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


def test_a_live_round_freezes_who_counts_at_its_opening(database: str) -> None:
    vote = Vote(live=True)
    vote.cast(W, yes=6, no=0)
    vote.room.lead(RetireParticipant(participant=vote.name(W)))
    assert Ballot.objects.filter(round=vote.round, counted=True).count() == 6


def test_live_is_not_switched_on_once_voting_began(vote: Vote) -> None:
    """Whoever voted did so in the belief that nobody sees a figure before the reveal."""
    on, off = EditStep(step=vote.step, live=True), EditStep(step=vote.step, live=False)
    assert refused(vote.room, on) is Code.STEP_HAS_ANSWERS
    vote.room.lead(off)
    vote.room.lead(CloseStep(step=vote.step))
    assert refused(vote.room, on) is Code.STEP_HAS_ANSWERS
    vote.reveal()
    assert refused(vote.room, on) is Code.STEP_HAS_ANSWERS
    planned = vote.room.step(StepKind.VOTE)
    vote.room.lead(EditStep(step=planned.public_id, live=True))


@pytest.mark.parametrize("silent", [True, False])
def test_silent_is_not_switched_after_an_undone_opening_in_which_somebody_wrote(database: str, silent: bool) -> None:
    """Whoever wrote did so in the belief that nobody sees it before the reveal, or that everybody does."""
    room = make_room()
    step = room.step(StepKind.COLLECT, silent=silent)
    room.lead(OpenStep(step=step.public_id))
    room.lead(UndoStep())
    room.lead(EditStep(step=step.public_id, silent=not silent))
    room.lead(EditStep(step=step.public_id, silent=silent))
    room.lead(OpenStep(step=step.public_id))
    room.scribe(step, W)
    room.lead(UndoStep())
    step.refresh_from_db()
    assert step.opened_at is None
    assert refused(room, EditStep(step=step.public_id, silent=not silent)) is Code.STEP_HAS_ANSWERS


def test_live_is_not_switched_on_after_an_undone_opening_in_which_somebody_voted(database: str) -> None:
    vote = Vote()
    vote.room.lead(UndoStep())
    vote.room.lead(EditStep(step=vote.step, live=True))
    vote.room.lead(EditStep(step=vote.step, live=False))
    vote.room.lead(OpenStep(step=vote.step))
    vote.cast(W, yes=1, no=0)
    vote.conceal()
    vote.round.refresh_from_db()
    assert vote.round.opened_at is None
    assert refused(vote.room, EditStep(step=vote.step, live=True)) is Code.STEP_HAS_ANSWERS


def test_whoever_is_erased_counts_as_changed(vote: Vote) -> None:
    """A publication drops the digest of an erased person; the ballot is one that changed."""
    first = vote.reveal()
    vote.conceal()
    person = vote.people[W][0]
    PublishedBallot.objects.filter(participant=person.id).update(participant=None, digest="")  # type: ignore[attr-defined]
    Ballot.objects.filter(participant=person.id).delete()  # type: ignore[attr-defined]
    again = vote.reveal()
    assert (vote.table(again), again.n, again.late) == (vote.table(first), 14, 1)


# -- the rule ----------------------------------------------------------------------------------------------------


def blocks(*names: str) -> Partition:
    return frozenset(frozenset(name) for name in names)


RULES: list[tuple[Partition, Partition, dict[str, int], bool]] = [
    # earlier, later, changed per O, may it follow (threshold 5)
    (blocks("w", "zn", "h"), blocks("w", "zn", "h"), {}, True),
    (blocks("w", "zn", "h"), blocks("w", "zn", "h"), {"w": 5}, True),
    (blocks("w", "zn", "h"), blocks("w", "zn", "h"), {"w": 4}, False),
    (blocks("w", "zn", "h"), blocks("w", "zn", "h"), {"z": 2, "n": 3}, True),
    (blocks("w", "zn", "h"), blocks("w", "z", "n", "h"), {"n": 5}, True),
    (blocks("w", "zn", "h"), blocks("w", "z", "n", "h"), {"n": 4}, False),
    (blocks("w", "z", "n", "h"), blocks("wz", "n", "h"), {"w": 2, "z": 3}, True),
    (blocks("w", "z", "n", "h"), blocks("wz", "n", "h"), {"w": 2, "z": 2}, False),
    (blocks("wz", "nh"), blocks("wn", "zh"), {"w": 9, "z": 9, "n": 9, "h": 9}, False),
    (blocks("wznh"), blocks("w", "znh"), {"w": 3, "z": 2}, True),
]


@pytest.mark.parametrize(("earlier", "later", "changed", "allowed"), RULES)
def test_what_may_follow(earlier: Partition, later: Partition, changed: Mapping[str, int], allowed: bool) -> None:
    assert may_follow(earlier=earlier, later=later, changed=changed, threshold=5) is allowed
    assert may_follow(earlier=later, later=earlier, changed=changed, threshold=5) is allowed
    assert is_refinement(fine=earlier, coarse=blocks("wznh"))


def test_what_showed_nothing_binds_nothing() -> None:
    assert may_follow(earlier=None, later=blocks("w", "znh"), changed={"w": 1}, threshold=5)


# -- another round -----------------------------------------------------------------------------------------------


def test_another_round_has_items_and_ballots_of_its_own(vote: Vote) -> None:
    room = vote.room
    assert refused(room, AddRound(step=vote.step)) is Code.ROUND_NOT_REVEALED
    first = vote.reveal()
    made = room.lead(AddRound(step=vote.step, items=[vote.items[0]])).id
    second = Round.objects.get(public_id=made)
    assert (second.number, list(second.round_items.values_list("item__public_id", flat=True))) == (2, [vote.items[0]])
    room.lead(OpenStep(step=vote.step))
    for tap, person in enumerate(vote.people[W] + vote.people[N], start=100):
        room.vote(person, second, vote.items[0], tap=tap)  # type: ignore[arg-type]
    room.lead(RevealStep(step=vote.step))
    told = read_published(room.session.pk).results
    assert vote.shown() == first
    assert (told[second.public_id].n, told[second.public_id].items[0].heads) == (11, 11)
    assert told[second.public_id].both is None, "three of onderwijs + overheden were left out"


def test_both_is_told_when_those_left_out_are_none_or_enough(database: str) -> None:
    vote = Vote()
    vote.cast(W, yes=6, no=6)
    vote.cast(N, yes=3, no=3)
    vote.reveal()
    made = vote.room.lead(AddRound(step=vote.step)).id
    second = Round.objects.get(public_id=made)
    vote.room.lead(OpenStep(step=vote.step))
    for tap, person in enumerate(vote.people[W][:6] + vote.people[N], start=100):
        vote.room.vote(person, second, vote.items[0], tap=tap)  # type: ignore[arg-type]
    vote.room.lead(RevealStep(step=vote.step))
    assert read_published(vote.room.session.pk).results[second.public_id].both == 12


def test_a_step_that_was_closed_for_good_can_have_another_round(vote: Vote) -> None:
    vote.reveal()
    vote.room.lead(SealStep(step=vote.step, confirmed=3, of=4))
    assert refused(vote.room, OpenStep(step=vote.step)) is Code.STEP_SEALED
    made = vote.room.lead(AddRound(step=vote.step)).id or ""
    assert refused(vote.room, SealStep(step=vote.step)) is Code.STEP_NOT_OPEN
    round_ = Round.objects.get(pk=vote.round.pk)
    assert (round_.sealed_confirmed, round_.sealed_of) == (3, 4)
    vote.room.lead(RemoveRound(round=made))
    vote.round.step.refresh_from_db()
    assert (vote.round.step.sealed_confirmed, vote.round.step.sealed_of) == (3, 4)
    assert refused(vote.room, RemoveRound(round=vote.round.public_id)) is Code.ROUND_STARTED


def test_opening_another_round_can_be_undone(vote: Vote) -> None:
    first = vote.reveal()
    vote.room.lead(AddRound(step=vote.step))
    vote.room.lead(OpenStep(step=vote.step))
    vote.room.lead(UndoStep())
    vote.round.step.refresh_from_db()
    assert (vote.round.step.state, vote.shown()) == ("closed", first)
    vote.room.lead(OpenStep(step=vote.step))
    vote.room.lead(CloseStep(step=vote.step))


# -- rounds of before --------------------------------------------------------------------------------------------


def test_a_round_revealed_by_code_of_before_becomes_a_publication_as_it_was_shown(database: str) -> None:
    """With the pool it had: onderwijs, of which nobody took part, weighed in it."""
    vote = Vote()
    vote.cast(Z, yes=9, no=0)
    vote.cast(N, yes=0, no=9)
    vote.cast(H, yes=0, no=9)
    told = vote.reveal()
    assert vote.table(told)[Z] == (9, 9)
    Publication.objects.filter(round=vote.round).delete()
    Round.objects.filter(pk=vote.round.pk).update(threshold=None)
    assert [found.pk for found in adopt(session_id=vote.room.session.pk)] == [vote.round.pk]
    shown = vote.shown()
    assert vote.table(shown) == {f"{W}+{Z}": (9, 9), N: (0, 9), H: (0, 9)}
    first = next(found for found in shown.items if found.item == vote.items[0])
    assert (first.balanced, shown.absent, first.differs) == (pytest.approx(1 / 2), [], None)
    assert adopt(session_id=vote.room.session.pk) == []
