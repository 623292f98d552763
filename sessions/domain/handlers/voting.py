"""What happens to the newest round of a step as the step is opened, closed and revealed: for kinds that take marks."""

from __future__ import annotations

from collections.abc import Sequence

from ...models import Round, Step
from .. import rules
from ..kind import Offered, kind_of
from ..publication import publish
from ..voting import freeze_rules, offered_item
from ..world import World
from .items import Put, put_items

ROUND = ("rules", "opened_at", "closed_at", "revealed_at", "seen")
"""The fields of a round that a step change changes."""


def check_ballot(*, world: World, step: Step, ballot: str) -> None:
    """A step asks for another ballot only before its first round was opened."""
    round_ = _newest(world, step)
    rules.check_same_ballot(round_=round_, ballot=ballot, has_begun=lambda: world.has_begun(round_))


def fit_rounds(*, world: World, step: Step) -> list[str]:
    """Let a step have the round that its settings ask for, voted on as they say, or none. Checked before: a kind
    freezes what decides on it. Returns the rounds that are no more.
    """
    kind, round_ = kind_of(step), world.structure.round_of(step)
    if not kind.has_rounds(step):
        if round_ is None:
            return []
        drop_round(world=world, round_=round_)
        return [round_.public_id]
    ballot = kind.ballot(step)
    if round_ is None:
        round_ = Round.objects.create(session=world.session, step=step, ballot=ballot)
        world.structure.rounds[round_.public_id] = round_
    elif ballot != round_.ballot:
        round_.ballot, round_.rules = ballot, None
        world.change(round_, "ballot", "rules")
        world.forget_voting(round_)
    offered = kind.offers(step)
    if offered is not None and round_.number == 1 and not world.has_begun(round_):
        _fill(world=world, round_=round_, offered=offered)
    return []


def _fill(*, world: World, round_: Round, offered: Sequence[Offered]) -> None:
    """Let a round hold what its step puts to the vote, and nothing else."""
    placed = world.structure.items_of(round_)
    items = [world.structure.items[name] for name in placed]
    if [(item.text_nl, item.text_en) for item in items] == [tuple(words) for words in offered]:
        return
    for name in placed:
        world.remove_item(round_=round_, item=name)
    put_items(world=world, round_=round_, puts=[Put(offered_item(world.session, words), None) for words in offered])


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
    publish_again(world=world, round_=round_)
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


def publish_again(*, world: World, round_: Round) -> None:
    """Publish a round's figures as they stand now, for the first time or after an earlier time."""
    world.flush_votes()
    publication = publish(
        round_=round_,
        sectors=world.structure.sectors_in_order(),
        threshold=world.session.programme.threshold,
        at=world.at,
    )
    if publication.untested:
        world.compare.append(round_.pk)


def _newest(world: World, step: Step) -> Round:
    round_ = world.structure.round_of(step)
    assert round_ is not None, "a step that takes marks has a round from the beginning"
    return round_
