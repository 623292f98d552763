"""What happens to the newest round of a step as the step is opened, closed and revealed: for kinds that take marks."""

from __future__ import annotations

from ...models import Round, Step
from .. import rules
from ..kind import kind_of
from ..log import LogKind
from ..publication import publish
from ..voting import freeze_rules
from ..world import World

ROUND = ("rules", "opened_at", "closed_at", "revealed_at", "seen")
"""The fields of a round that a step change changes."""


def check_ballot(*, world: World, step: Step, ballot: str) -> None:
    """A step asks for another ballot only before its first round was opened."""
    round_ = _newest(world, step)
    rules.check_same_ballot(round_=round_, ballot=ballot, has_begun=lambda: world.has_begun(round_))


def fit_rounds(*, world: World, step: Step) -> None:
    """Let a step have the round that its settings ask for, voted on as they say, or none. Checked before: a kind
    freezes what decides on it.
    """
    kind, round_ = kind_of(step), world.structure.round_of(step)
    if not kind.has_rounds(step):
        if round_ is not None:
            drop_round(world=world, round_=round_)
            world.note(LogKind.ROUND_REMOVED, step=step.public_id, round=round_.public_id)
        return
    ballot = kind.ballot(step)
    if round_ is None:
        made = Round.objects.create(session=world.session, step=step, ballot=ballot)
        world.structure.rounds[made.public_id] = made
    elif ballot != round_.ballot:
        round_.ballot, round_.rules = ballot, None
        world.change(round_, "ballot", "rules")
        world.forget_voting(round_)


def drop_round(*, world: World, round_: Round) -> None:
    """Delete a round that nobody voted in, and what lay in it."""
    for item in world.structure.items_of(round_):
        world.remove_item(round_=round_, item=item)
    del world.structure.rounds[round_.public_id]
    Round.objects.filter(pk=round_.pk).delete()
    world.restructure()


def check_open(*, world: World, step: Step) -> None:
    """A round is opened with items, and not again once its result was shown."""
    round_ = _newest(world, step)
    rules.check_may_open(round_=round_, items=len(world.structure.items_of(round_)))


def open_round(*, world: World, step: Step, live: bool) -> None:
    """Open the newest round. The rules that people voted by stay."""
    round_ = _newest(world, step)
    if round_.opened_at is None:
        freeze_rules(round_=round_, step=step, items=len(world.structure.items_of(round_)))
        world.forget_voting(round_)
        round_.opened_at = world.at
    round_.closed_at = None
    if live:
        freeze(world=world, round_=round_)
    world.change(round_, *ROUND)
    # Of an earlier round it may have been true.
    step.revealed_at = None


def close_round(*, world: World, step: Step, compare: bool = True) -> None:
    """Close the newest round, if it is open, and have its differences compared with chance."""
    round_ = _newest(world, step)
    if round_.opened_at is not None and round_.closed_at is None:
        round_.closed_at = world.at
        world.change(round_, *ROUND)
        if compare:
            world.compare.append(round_.pk)


def reveal_round(*, world: World, step: Step) -> None:
    """Publish the newest round's figures."""
    round_ = _newest(world, step)
    _publish(world=world, round_=round_)
    round_.revealed_at = world.at
    round_.closed_at = round_.closed_at or world.at
    world.change(round_, *ROUND, "threshold")


def has_begun(*, world: World, step: Step) -> bool:
    """Whether people could see the items of the newest round."""
    return world.has_begun(_newest(world, step))


def freeze(*, world: World, round_: Round) -> None:
    """Keep who counts in a round, and under which O, as it is: its first figure is shown from now on."""
    if round_.threshold is None:
        round_.threshold = world.session.programme.threshold
        world.change(round_, "threshold")


def _publish(*, world: World, round_: Round) -> None:
    world.flush_votes()
    publication = publish(
        round_=round_,
        sectors=sorted(world.structure.sectors.values(), key=lambda sector: sector.position),
        threshold=world.session.programme.threshold,
        at=world.at,
    )
    if publication.untested:
        world.compare.append(round_.pk)


def _newest(world: World, step: Step) -> Round:
    round_ = world.structure.round_of(step)
    assert round_ is not None, "a step that takes marks has a round from the beginning"
    return round_
