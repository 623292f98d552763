"""`manage.py results --json` prints what was published, figures of whole ballots once, and reasons for the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sessions.ballots.dots import DotsRules
from sessions.ballots.opinion import OpinionRules
from sessions.domain.actor import Actor
from sessions.domain.commands import CastVote, CloseStep, MarkGiven, RetireParticipant, RevealStep, UndoStep
from sessions.domain.erasure import erase_person
from sessions.models import BallotFigure, Participant, Programme, Vote

from ..factory import SessionHarness, make_programme, make_room, make_session
from .test_imports import results, take

pytestmark = pytest.mark.django_db(transaction=True)
FIGURES = {"majority", "typical", "groups", "shortlist", "strengths", "position_effect"}
PER_ITEM = {"heads", "balanced", "support", "consensus", "spread", "beyond_chance", "vetoes", "minority", "dispersion"}


class Room:
    """Six of onderwijs want A, six of ondernemers B, three of onderzoek and two of overheden C."""

    def __init__(self, rules: Any) -> None:
        self.room: SessionHarness = make_room()
        self.round, self.items = self.room.open_vote(items=3, rules=rules)
        self.step = self.round.step.public_id
        self.people: list[Actor] = []
        self.tap = 0
        for sector, n, item in (("onderwijs", 6, 0), ("ondernemers", 6, 1), ("onderzoek", 3, 2), ("overheden", 2, 2)):
            for person in self.room.join(sector, n=n):
                self.people.append(person)
                self.vote(person, item)

    def vote(self, person: Actor, item: int) -> None:
        self.tap += 1
        first, *others = [MarkGiven(item=name, value=int(place == item)) for place, name in enumerate(self.items)]
        command = CastVote(round=self.round.public_id, item=first.item, value=first.value, tap=self.tap, marks=others)
        self.room.ask(person, command)

    def close(self) -> None:
        self.room.lead(CloseStep(step=self.step))

    def reveal(self) -> None:
        self.room.lead(RevealStep(step=self.step))

    def tell(self, *more: str) -> dict[str, Any]:
        (told,) = results(self.room.session, *more)["rounds"]
        found: dict[str, Any] = told
        return found


@pytest.fixture
def dots() -> Room:
    return Room(DotsRules(budget=1))


def reasons(told: dict[str, Any]) -> dict[str, str]:
    return {name: left["reason"] for name, left in told["left_out"].items()}


def test_a_round_that_was_not_revealed_tells_nothing(dots: Room) -> None:
    dots.close()
    told = dots.tell("--k", "2")
    assert reasons(told) == {"all": "not_revealed"}
    assert (told["n"], told["items"]) == (None, [])
    assert not BallotFigure.objects.exists(), "looking publishes nothing"


def test_every_figure_is_told_by_the_groups_that_were_shown(dots: Room) -> None:
    dots.close()
    dots.reveal()
    told = dots.tell("--k", "2")
    pool = ["onderzoek", "overheden"]
    assert [(group["sectors"], group["n"]) for group in told["groups_shown"]] == [
        (["onderwijs"], 6),
        (pool, 5),
        (["ondernemers"], 6),
    ]
    assert told.keys() >= FIGURES and all(item.keys() >= PER_ITEM for item in told["items"])
    items = {item["item"]: item for item in told["items"]}
    assert [(one["sectors"], one["hits"], one["of"]) for one in items[dots.items[2]]["support"]] == [
        (["onderwijs"], 0, 6),
        (pool, 5, 5),
        (["ondernemers"], 0, 6),
    ]
    # By hand: (0 + 1) / (6 + 2) twice, and (5 + 1) / (5 + 2); a pool of two O's counts twice.
    assert items[dots.items[2]]["consensus"] == pytest.approx(6 / 7 / 64)
    assert items[dots.items[2]]["balanced"] == pytest.approx(1 / 2)
    assert {tuple(one["sectors"]): one["items"][0]["item"] for one in told["typical"]} == {
        ("onderwijs",): dots.items[0],
        tuple(pool): dots.items[2],
        ("ondernemers",): dots.items[1],
    }
    equal = told["shortlist"]["each_o_equal"]["items"]
    assert equal[0] == {"item": dots.items[2], "source_id": "", "paid": {"onderzoek+overheden": 1.0}}
    assert reasons(told) == {"groups": "not_of_this_ballot", "strengths": "not_of_this_ballot"}


def test_a_shortlist_is_told_once_and_then_as_it_was(dots: Room) -> None:
    dots.close()
    dots.reveal()
    assert reasons(dots.tell())["shortlist"] == "not_asked"
    told = dots.tell("--k", "2")["shortlist"]
    assert (told["k"], told["publication"]) == (2, 1)
    another = dots.tell("--k", "1")
    assert another["shortlist"] is None and reasons(another)["shortlist"] == "another_size"
    assert dots.tell()["shortlist"] == dots.tell("--k", "2")["shortlist"] == told
    assert BallotFigure.objects.filter(round=dots.round, name="shortlist").count() == 1


def test_what_was_not_told_before_a_ballot_changed_is_told_no_more(dots: Room) -> None:
    """The reveal is undone, somebody thinks again, and the earlier result stands."""
    dots.reveal()
    before = dots.tell()
    dots.room.lead(UndoStep())
    dots.vote(dots.people[0], 1)
    dots.close()
    dots.reveal()
    told = dots.tell("--k", "2")
    assert (told["late"], told["items"]) == (1, before["items"])
    assert reasons(told)["shortlist"] == "ballots_changed"
    assert told["position_effect"] == before["position_effect"], "it was told, and stands"


def test_who_counts_is_frozen(dots: Room) -> None:
    dots.close()
    dots.reveal()
    dots.room.lead(RetireParticipant(participant=dots.room.person(dots.people[0]).public_id))
    assert dots.tell("--k", "2")["shortlist"]["count"]["people_without"] == 5
    assert dots.tell()["n"] == 17


def test_too_few_people_are_told_of_nothing() -> None:
    room = make_room()
    round_, items = room.open_vote(items=2)
    for person in room.join("onderwijs", n=4):
        room.vote(person, round_, items[0], tap=1)
    room.lead(CloseStep(step=round_.step.public_id))
    room.lead(RevealStep(step=round_.step.public_id))
    (told,) = results(room.session, "--k", "1")["rounds"]
    assert reasons(told) == {"all": "too_few"}
    assert told["shortlist"] is None and not BallotFigure.objects.exists()


def test_who_disagrees_is_told_where_it_is_a_cell() -> None:
    """By hand: A is for one O and against two others; of C one of the pool disagrees, so C is looked at by agreeing."""
    opinions = Room(OpinionRules())
    Vote.objects.filter(round_item__item__public_id=opinions.items[0], value=0).update(value=-1)
    few = Vote.objects.filter(round_item__item__public_id=opinions.items[2], value=1).order_by("pk").first()
    assert few is not None
    Vote.objects.filter(pk=few.pk).update(value=-1)
    opinions.close()
    opinions.reveal()
    told = opinions.tell()
    assert reasons(told)["typical_disagreeing"] == "small_cells"
    typical = {tuple(one["sectors"]): one["items"] for one in told["typical"]}
    against = [(item["item"], item["hits"], item["of"]) for item in typical["ondernemers",] if not item["agrees"]]
    assert against == [(opinions.items[0], 6, 6)]
    assert all(item["agrees"] for found in typical.values() for item in found if item["item"] == opinions.items[2])
    assert told["groups"]["found"] in (True, False)


def test_an_imported_round_goes_on_telling_the_same(tmp_path: Path) -> None:
    """It is told without a reveal, so who counts in it stays, and so does from how many people on a group is shown."""
    session = make_session(make_programme())
    voters = [f"{n},{min(n // 5, 3)},1,1,1,0,{1 if n < 7 else -1}" for n in range(18)]
    votes = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0"
    (tmp_path / "comments.csv").write_text(
        "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n1,0,0,7,7,1,Meer bomen\n"
    )
    (tmp_path / "participants-votes.csv").write_text("\n".join([votes, *voters, ""]))
    take(tmp_path, session, "--groups", "0=onderwijs,1=overheden,2=ondernemers,3=onderzoek")
    before = results(session)
    assert before["rounds"][0]["n"] == 18
    Programme.objects.update(threshold=3)
    assert results(session) == before
    erase_person(session_id=session.pk, person_id=Participant.objects.filter(session=session).earliest("pk").pk)
    assert [round_["items"] for round_ in results(session)["rounds"]] == [[]]
