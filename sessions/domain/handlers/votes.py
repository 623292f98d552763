"""Votes: cast, changed, taken back."""

from __future__ import annotations

from ...ballots.ballot import OwnMarks
from ...ballots.mark import NO_MARK, read_mark, write_mark
from ...limits import MOST_ITEMS
from .. import rules
from ..actor import Actor
from ..commands import CastVote
from ..log import LogKind
from ..world import BallotRow, VoteRow, World


def cast_vote(*, world: World, actor: Actor, command: CastVote) -> None:
    """Let these marks of a person stand, all or none of them. A tap older than one that is stored changes nothing."""
    structure = world.structure
    round_ = structure.round(command.round)
    given = command.given()
    places = {}
    for item, _ in given:
        places[item] = structure.round_item(round_, item)
    rules.check_takes_votes(round_=round_, step=structure.by_pk[round_.step_id], at=world.at)
    person = world.people[actor.id]
    before = {}
    for item, place in places.items():
        stored = world.votes.get((place.id, person.id))
        if stored is None:
            before[item] = NO_MARK
        elif command.tap <= stored.tap:
            return
        else:
            before[item] = stored.mark
    voting = world.voting(round_)
    if command.marks:
        rules.check_each_once(given=given, items=places)
        rules.check_values(marks=len(given), criteria=voting.criteria, most=MOST_ITEMS)
    marks = {}
    for item, value in given:
        marks[item] = read_mark(value, criteria=voting.criteria)
    ballot = world.ballots.get((round_.id, person.id))
    mine = OwnMarks(ballot.spent if ballot is not None else 0, before)
    spent = voting.kind.check(rules=voting.rules, mine=mine, marks=marks, prices=structure.prices_of(round_))
    # Who was retired when the round's counting was frozen and came back counts again from the next vote on: `begins`
    # makes hubs recount the round, because this ballot's old marks count again.
    more = {"begins": True} if ballot is not None and not ballot.counted else {}
    if ballot is None:
        ballot = BallotRow(spent, voting.budget, person.sector_id, True)
    else:
        ballot.spent, ballot.budget, ballot.counted = spent, voting.budget, True
    world.put_ballot(round_=round_, participant=person, ballot=ballot)
    for item, mark in marks.items():
        world.put_vote(place=places[item], participant=person, vote=VoteRow(mark, command.tap))
        was = write_mark(before[item]) if before[item] else voting.kind.none
        world.note(
            LogKind.VOTE_CAST, round=command.round, item=item, was=was, value=write_mark(mark), tap=command.tap, **more
        )
        more = {}
