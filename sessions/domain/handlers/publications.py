"""Publications of rounds: another one with later ballots, and the comparison with chance of one that there is."""

from __future__ import annotations

from ...models import Publication
from .. import rules
from ..actor import Actor
from ..commands import AdoptRounds, CompareRound, PublishRound
from ..documents import ChanceDoc
from ..log import LogKind
from ..publication import add_comparison, adopt, judge_next
from ..world import World
from .missing import tell_missing
from .paper_ballots import newest_opened
from .voting import publish_again


def publish_round(*, world: World, actor: Actor, command: PublishRound) -> None:
    """Show a revealed round anew, with the paper that was typed in since, or say why that has to wait. Its step may be
    closed for good: no more paper comes then, and what came still joins.
    """
    round_ = world.structure.round(command.round)
    step = world.structure.by_pk[round_.step_id]
    rules.check_is_newest(round_=round_, step=step, newest=newest_opened(world=world, step=step))
    rules.check_was_revealed(round_)
    world.flush_votes()
    sectors = world.structure.sectors_in_order()
    found = judge_next(round_=round_, sectors=sectors, threshold=world.session.programme.threshold)
    rules.check_may_publish(
        late=found.late,
        is_per_item=found.is_per_item,
        may_follow=found.may_follow,
        missing=tell_missing(missing=found.missing, sectors=sectors),
    )
    publish_again(world=world, round_=round_)
    world.note(LogKind.ROUND_PUBLISHED, step=step.public_id, round=command.round)


def compare_round(*, world: World, actor: Actor, command: CompareRound) -> None:
    """Complete a publication by its comparison with chance. Two processes may both have made it: the first counts."""
    round_ = world.structure.round(command.round)
    publication = Publication.objects.filter(round=round_, number=command.publication, untested=True).first()
    if publication is None:
        return
    chance = None if command.line is None else ChanceDoc(line=command.line, runs=command.runs, seed=command.seed)
    add_comparison(publication=publication, chance=chance)
    world.note(LogKind.ROUND_PUBLISHED, step=world.structure.by_pk[round_.step_id].public_id, round=command.round)


def adopt_rounds(*, world: World, actor: Actor, command: AdoptRounds) -> None:
    """Make publications of rounds that were revealed without one, by code of before."""
    for round_ in adopt(session_id=world.session.pk):
        own = world.structure.round(round_.public_id)
        own.threshold = round_.threshold
        world.note(LogKind.ROUND_PUBLISHED, step=world.structure.by_pk[own.step_id].public_id, round=own.public_id)
