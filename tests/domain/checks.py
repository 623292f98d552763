"""What must hold of the tables whatever happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sessions.ballots import ballot_of
from sessions.ballots.ballot import OwnMarks
from sessions.domain.log import LogKind
from sessions.domain.voting import voting_of
from sessions.errors import Code, Refused
from sessions.live.writer import Result
from sessions.models import Ballot, Participant, Round, Session, Vote

from ..factory import SessionHarness


def check_stored(room: SessionHarness) -> None:
    """Hold what is stored against the limits, the ballots and the log."""
    for round_ in Round.objects.filter(session=room.session):
        voting = voting_of(round_)
        votes = Vote.objects.filter(round_item__round=round_)
        spent = Counter[int]()
        for person, value in votes.values_list("participant", "value"):
            spent[person] += voting.kind.cost(voting.rules, (value,), None)
        ballots = {ballot.participant_id: ballot for ballot in Ballot.objects.filter(round=round_)}
        assert {pk: spent.get(pk, 0) for pk in ballots} == {pk: ballot.spent for pk, ballot in ballots.items()}
        assert spent.keys() <= ballots.keys()
        for ballot in ballots.values():
            assert ballot.spent <= (voting.budget if voting.budget is not None else 0)
        for value in votes.values_list("value", flat=True):
            mine = OwnMarks(0, {"": ()})
            voting.kind.check(rules=voting.rules, mine=mine, marks={"": (value,)}, prices={})
    check_log(room)


def check_log(room: SessionHarness) -> None:
    """The numbers are contiguous, and the log alone gives the votes that are stored."""
    lines = list(room.session.events.order_by("seq"))
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert Session.objects.get(pk=room.session.pk).seq == len(lines)
    replayed: dict[tuple[str, str, int], tuple[int | None, int]] = {}
    rounds = Round.objects.filter(session=room.session)
    none = {found.public_id: ballot_of(found.ballot).none for found in rounds}
    people = dict(Participant.objects.filter(session=room.session).values_list("public_id", "pk"))
    for line in lines:
        if line.kind == LogKind.VOTE_CAST:
            paper = line.data.get("participant")
            voter = line.actor_id if paper is None else people[paper]
            place = (line.data["round"], line.data["item"], voter)
            was, tap = replayed.get(place, (none[line.data["round"]], -1))
            assert (line.data["was"], tap < line.data["tap"]) == (was, True)
            replayed[place] = (line.data["value"], line.data["tap"])
        elif line.kind == LogKind.ITEM_UNTICKED:
            left = line.data["round"], line.data["item"]
            replayed = {place: vote for place, vote in replayed.items() if place[:2] != left}
    stored = Vote.objects.filter(round_item__round__session=room.session).values_list(
        "round_item__round__public_id", "round_item__item__public_id", "participant", "value", "tap"
    )
    assert replayed == {(round_, item, person): (value, tap) for round_, item, person, value, tap in stored}


def codes(results: Sequence[Result]) -> list[Code | None]:
    return [result.code if isinstance(result, Refused) else None for result in results]
