"""Dots: put, moved, taken back."""

from __future__ import annotations

from .. import rules
from ..actor import Actor
from ..log import Kind
from ..verbs import CastVote
from ..world import BallotRow, VoteRow, World


def cast_vote(*, world: World, actor: Actor, verb: CastVote) -> None:
    """Let `value` dots of this person stand on the item. An older tap than the one stored changes nothing."""
    round_ = world.structure.round(verb.round)
    place = world.structure.round_item(round_, verb.item)
    rules.check_takes_votes(round_=round_, step=world.structure.by_pk[round_.step_id], at=world.at)
    person = world.people[actor.id]
    stored = world.votes.get((place.id, person.id))
    if stored is not None and verb.tap <= stored.tap:
        return
    rules.check_value(value=verb.value, round_=round_)
    was = stored.value if stored is not None else 0
    assert round_.budget is not None, "a round that was opened has a budget"
    ballot = world.ballots.get((round_.id, person.id))
    spent = (ballot.spent if ballot is not None else 0) - was + verb.value
    rules.check_budget(spent=spent, budget=round_.budget, more=verb.value > was)
    # Who was retired when the round's counting was frozen and came back counts again from the next vote on.
    begins = ballot is not None and not ballot.counted
    if ballot is None:
        ballot = BallotRow(spent, round_.budget, person.sector_id, True)
    else:
        ballot.spent, ballot.budget, ballot.counted = spent, round_.budget, True
    world.put_vote(place=place, participant=person, vote=VoteRow(verb.value, verb.tap))
    world.put_ballot(round_=round_, participant=person, ballot=ballot)
    more = {"begins": True} if begins else {}
    world.note(Kind.VOTE_CAST, round=verb.round, item=verb.item, was=was, value=verb.value, tap=verb.tap, **more)
